"""The HR adviser's browser, without a screen: reads pages, fills in forms, at whichever web process it is told."""

import http.client
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode, urlsplit

# What people type in; the balancer passes it on to whichever web process.
HOST = "leerscan.test"
BOUNDARY = "a-boundary-that-no-file-holds"


@dataclass
class Form:
    action: str
    fields: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Page:
    path: str
    status: int
    content: bytes
    content_type: str

    @property
    def text(self) -> str:
        return self.content.decode()

    def form(self, action: str) -> Form:
        """The form that goes there (the end of its address); without an action, to the page itself."""
        reader = _Forms(self.path)
        reader.feed(self.text)
        found = [form for form in reader.forms if form.action.endswith(action)]
        assert found, f"{self.path} ({self.status}) has forms to {[form.action for form in reader.forms]}"
        return found[0]


class Desk:
    def __init__(self, port: int) -> None:
        self.port = port
        self._cookies: dict[str, str] = {}

    def at(self, port: int) -> "Desk":
        """The same browser, sent to another web process by the balancer before them."""
        other = Desk(port)
        other._cookies = self._cookies
        return other

    def get(self, path: str) -> Page:
        return self._ask("GET", path, {}, b"")

    def submit(self, page: Page, action: str = "", /, file: tuple[str, bytes] | None = None, **values: str) -> Page:
        """Fill in this form and send it."""
        form = page.form(action or urlsplit(page.path).path)
        fields = [(name, value) for name, value in form.fields if name not in values] + list(values.items())
        if file is None:
            kind, body = "application/x-www-form-urlencoded", urlencode(fields).encode()
        else:
            kind, body = f"multipart/form-data; boundary={BOUNDARY}", b"".join(_parts(fields, file))
        return self._ask("POST", form.action, {"Content-Type": kind}, body)

    def log_in(self, email: str, password: str) -> Page:
        page = self.get("/accounts/login/")
        return self.submit(page, "/accounts/login/", login=email, password=password)

    def _ask(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> Page:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        cookies = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        sent = {"Host": HOST, "Accept-Language": "nl", "Cookie": cookies, **headers}
        if method == "POST":
            sent["Origin"] = f"http://{HOST}"
        line.request(method, path, body, sent)
        answer = line.getresponse()
        content = answer.read()
        line.close()
        self._keep_cookies(answer.headers.get_all("Set-Cookie") or [])
        if answer.status in (301, 302) and (where := answer.headers["Location"]):
            return self.get(where)
        return Page(path, answer.status, content, answer.headers.get("Content-Type", ""))

    def _keep_cookies(self, cookies: list[str]) -> None:
        for cookie in cookies:
            name, _equals, value = cookie.partition(";")[0].partition("=")
            if value.strip('"') and "max-age=0" not in cookie.lower():
                self._cookies[name] = value
            else:
                self._cookies.pop(name, None)


def _parts(fields: list[tuple[str, str]], file: tuple[str, bytes]) -> Iterator[bytes]:
    head = f"--{BOUNDARY}\r\nContent-Disposition: form-data; name="
    for name, value in fields:
        yield f'{head}"{name}"\r\n\r\n{value}\r\n'.encode()
    yield f'{head}"file"; filename="{file[0]}"\r\nContent-Type: text/csv\r\n\r\n'.encode() + file[1]
    yield f"\r\n--{BOUNDARY}--\r\n".encode()


class _Forms(HTMLParser):
    """What a browser would send of each form when nobody touches it."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self._path, self._select, self._area = path, "", ""
        self.forms: list[Form] = []
        self._is_open = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Form(given.get("action") or urlsplit(self._path).path))
            self._is_open = True
        elif self._is_open and (name := given.get("name")):
            self._field(tag, name, given)
        elif self._select and tag == "option" and "selected" in given:
            self.forms[-1].fields.append((self._select, given.get("value", "")))

    def _field(self, tag: str, name: str, given: Mapping[str, str]) -> None:
        if tag == "select":
            self._select = name
        elif tag == "textarea":
            self._area = name
        elif tag == "input" and given.get("type") not in ("file", "submit"):
            is_choice = given.get("type") in ("checkbox", "radio")
            if not is_choice or "checked" in given:
                self.forms[-1].fields.append((name, given.get("value", "on" if is_choice else "")))

    def handle_data(self, data: str) -> None:
        if self._area:
            self.forms[-1].fields.append((self._area, re.sub(r"^\n", "", data)))
            self._area = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._is_open = False
        elif tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._area = ""
