"""The forms of a page, as a browser finds them: a new form is fuzzed without anybody thinking of it."""

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Field:
    name: str
    kind: str
    value: str = ""
    options: list[str] = field(default_factory=list)


@dataclass
class Form:
    action: str
    method: str
    fields: list[Field] = field(default_factory=list)


def forms_of(page: str, address: str) -> list[Form]:
    reader = _Reader(address)
    reader.feed(page)
    return reader.forms


class _Reader(HTMLParser):
    def __init__(self, address: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._address = address
        self._open: Form | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "form":
            action = found.get("action", "").partition("#")[0] or self._address
            self._open = Form(action, found.get("method", "get").lower())
            self.forms.append(self._open)
        elif tag == "option" and self._open and self._open.fields:
            self._open.fields[-1].options.append(found.get("value", ""))
        elif tag in {"input", "select", "textarea", "button"} and self._open and found.get("name"):
            self._add(self._open.fields, Field(found["name"], found.get("type", tag), found.get("value", "")))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None

    @staticmethod
    def _add(fields: list[Field], new: Field) -> None:
        """Choices of one name are one field."""
        same = next((known for known in fields if known.name == new.name), None)
        if same is None:
            fields.append(new)
            same = new
        same.options.append(new.value)
