"""The texts around the figures: headings, reading guide and codebook, as data in two languages."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from questionnaires.texts import Text

FILE = Path(__file__).resolve().parent.parent / "texts" / "exports.toml"
TABLES = ("column", "measure", "kind", "word")


@dataclass(frozen=True)
class Coded:
    """A code that stands in a file, and what it means."""

    code: str
    name: Text
    meaning: Text
    unit: Text | None


@dataclass(frozen=True)
class GuideLine:
    when: str
    """"" always; see the data file."""
    text: Text


@dataclass(frozen=True)
class Texts:
    named: Mapping[tuple[str, str], Text]
    """By table and code: of sheets, labels, values, headings of the codebook and groups of codes."""
    guide: Sequence[GuideLine]
    coded: Mapping[str, Mapping[str, Coded]]
    """By table (column, measure, kind, word) and code, in the order of the data file."""


class Phrases:
    """These texts, and any other, in one language and with the organisation's own words."""

    def __init__(self, language: str, own: Mapping[str, Mapping[str, str]]) -> None:
        self.language, self.texts = language, load()
        self._own = dict(own.get(language, {}))
        self._names = {
            (table, code): self.fill(one.name)
            for table, coded in self.texts.coded.items()
            for code, one in coded.items()
        }

    def __call__(self, table: str, code: str, **values: object) -> str:
        """What is called `code` in a table of named texts."""
        return self.fill(self.texts.named[table, code], **values)

    def name(self, table: str, code: str) -> str:
        """What a code of column, measure, kind or word is called."""
        return self._names[table, code]

    def fill(self, text: Text, **values: object) -> str:
        """Names and numbers are filled in as they are, also with braces in them."""
        said = {key: str(value) for key, value in values.items()}
        return text.in_language(self.language, {self.language: self._own | said})


@cache
def load() -> Texts:
    content = tomllib.loads(FILE.read_text(encoding="utf-8"))
    named = {
        (table, code): _text(entry)
        for table in ("sheet", "label", "value", "codebook", "group")
        for code, entry in content[table].items()
    }
    guide = [GuideLine(entry.get("when", ""), _text(entry["text"])) for entry in content["guide"]]
    return Texts(named, guide, {table: {entry["code"]: _coded(entry) for entry in content[table]} for table in TABLES})


def _coded(entry: Mapping[str, Any]) -> Coded:
    unit = _text(entry["unit"]) if "unit" in entry else None
    return Coded(entry["code"], _text(entry["name"]), _text(entry["meaning"]), unit)


def _text(entry: Mapping[str, str]) -> Text:
    return Text(nl=entry["nl"], en=entry["en"])
