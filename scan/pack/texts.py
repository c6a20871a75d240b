"""The communication pack: what is told about a round, by whom and when, made from its settings."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from questionnaires.texts import fill_in
from scan.mailing.texts import TEXTS
from scan.models import Round
from scan.pack.facts import pack_facts

GAP = {"nl": "[vul in: ", "en": "[fill in: "}
LANGUAGE_NAMES = {"nl": "Nederlands", "en": "English"}
BYTE_ORDER_MARK = "\ufeff"

Entry = Mapping[str, Any]


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
    del content["missing"]
    missing = {code: f"{GAP[language]}{what}]" for code, what in missing_in(facts, language).items()}
    known = {**facts, **missing}
    return [_text(code, entry, known, set(missing), language) for code, entry in content.items()]


def missing_in(facts: Mapping[str, str], language: str) -> dict[str, str]:
    """What still has to be filled in because a setting is empty: what each placeholder is called in this language."""
    return {code: what[language] for code, what in _content()["missing"].items() if not facts[code]}


def as_file(texts: Iterable[PackText]) -> bytes:
    """One text file that Word and Notepad open as it is."""
    blocks = [f"{text.title.upper()}\n{text.for_whom}\n{text.when}\n\n{text.text}\n" for text in texts]
    whole = f"\n{'-' * 72}\n\n".join(blocks)
    return (BYTE_ORDER_MARK + whole.replace("\n", "\r\n")).encode()


def _content() -> dict[str, Any]:
    return tomllib.loads((TEXTS / "pack.toml").read_text(encoding="utf-8"))


def _text(code: str, entry: Entry, facts: Mapping[str, str], missing: set[str], language: str) -> PackText:
    return PackText(
        code,
        title=fill_in(entry["title"][language], facts),
        for_whom=fill_in(entry["for_whom"][language], facts),
        when=" ".join(_paragraphs(entry["when"], facts, missing, language)),
        paragraphs=_paragraphs(entry["paragraphs"], facts, missing, language),
    )


def _paragraphs(entries: Iterable[Entry], facts: Mapping[str, str], missing: set[str], language: str) -> list[str]:
    """The paragraphs that fit the settings; what continues one that was left out begins a paragraph itself."""
    paragraphs: list[list[str]] = []
    for entry in entries:
        if not entry.get("continues") or not paragraphs:
            paragraphs.append([])
        there = {code for code, value in facts.items() if value} - missing
        if there.issuperset(entry.get("needs", ())) and there.isdisjoint(entry.get("unless", ())):
            paragraphs[-1].append(fill_in(entry[language], facts))
    return [" ".join(sentences) for sentences in paragraphs if sentences]
