"""Texts as data, Dutch and English side by side, that fit the settings of a round.

Of an entry: `needs` names facts that have to be there, `unless` facts that must not be, and `continues` makes it go on
in the paragraph before it. A fact that is empty and has a name (`[missing]` in the file) reads "[fill in: ...]".
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from questionnaires.texts import fill_in

GAP = {"nl": "[vul in: ", "en": "[fill in: "}

Entry = Mapping[str, Any]


def missing_in(names: Mapping[str, Entry], facts: Mapping[str, str], language: str) -> dict[str, str]:
    """What still has to be filled in because a setting is empty: what each placeholder is called in this language."""
    return {code: what[language] for code, what in names.items() if not facts[code]}


@dataclass(frozen=True)
class Fitting:
    """The facts of one round in one language, and the names of those that are missing."""

    facts: Mapping[str, str]
    names: Mapping[str, Entry]
    language: str

    @cached_property
    def known(self) -> dict[str, str]:
        """The facts, with a gap to fill in where one is missing."""
        missing = missing_in(self.names, self.facts, self.language)
        return {**self.facts, **{code: f"{GAP[self.language]}{what}]" for code, what in missing.items()}}

    def fits(self, entry: Entry) -> bool:
        there = {code for code, value in self.facts.items() if value}
        return there.issuperset(entry.get("needs", ())) and there.isdisjoint(entry.get("unless", ()))

    def text(self, entry: Entry) -> str:
        return fill_in(entry[self.language], self.known)

    def texts(self, entry: Entry) -> list[str]:
        """Of an entry that holds a list: the cells of a row."""
        return [fill_in(text, self.known) for text in entry[self.language]]

    def paragraphs(self, entries: Iterable[Entry]) -> list[str]:
        """The paragraphs that fit; what continues one that was left out begins a paragraph itself."""
        paragraphs: list[list[str]] = []
        for entry in entries:
            if not entry.get("continues") or not paragraphs:
                paragraphs.append([])
            if self.fits(entry):
                paragraphs[-1].append(self.text(entry))
        return [" ".join(sentences) for sentences in paragraphs if sentences]
