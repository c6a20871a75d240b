"""The communication pack: what is told about a round, by whom and when, made from its settings."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from scan import fitted_texts
from scan.fitted_texts import Entry, Fitting
from scan.mailing.texts import TEXTS
from scan.models import Round
from scan.pack.facts import pack_facts

LANGUAGE_NAMES = {"nl": "Nederlands", "en": "English"}
BYTE_ORDER_MARK = "\ufeff"


@dataclass(frozen=True)
class PackText:
    code: str
    title: str
    for_whom: str
    when: str
    paragraphs: list[str]

    @property
    def text(self) -> str:
        return "\n\n".join(self.paragraphs)


def pack_for(round_: Round, language: str) -> list[PackText]:
    """All texts in the order in which they are sent. Call it inside the organisation's scope."""
    return texts_from(pack_facts(round_, language), language)


def texts_from(facts: Mapping[str, str], language: str) -> list[PackText]:
    content = _content()
    fitting = Fitting(facts, content.pop("missing"), language)
    return [_text(code, entry, fitting) for code, entry in content.items()]


def missing_in(facts: Mapping[str, str], language: str) -> dict[str, str]:
    return fitted_texts.missing_in(_content()["missing"], facts, language)


def as_file(texts: Iterable[PackText]) -> bytes:
    """One text file that Word and Notepad open as it is."""
    blocks = [f"{text.title.upper()}\n{text.for_whom}\n{text.when}\n\n{text.text}\n" for text in texts]
    whole = f"\n{'-' * 72}\n\n".join(blocks)
    return (BYTE_ORDER_MARK + whole.replace("\n", "\r\n")).encode()


def _content() -> dict[str, Any]:
    return tomllib.loads((TEXTS / "pack.toml").read_text(encoding="utf-8"))


def _text(code: str, entry: Entry, fitting: Fitting) -> PackText:
    return PackText(
        code,
        title=fitting.text(entry["title"]),
        for_whom=fitting.text(entry["for_whom"]),
        when=" ".join(fitting.paragraphs(entry["when"])),
        paragraphs=fitting.paragraphs(entry["paragraphs"]),
    )
