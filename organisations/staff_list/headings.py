"""How well a heading fits the words for what a column can hold."""

import re
from dataclasses import dataclass
from functools import cache

from organisations.staff_list.fields import Field, fold, words

WHOLE = 1000
PARENTHESES = re.compile(r"\([^)]*\)")
NUMBER = re.compile(r"(?<!\d)([1-9])(?!\d)")


@dataclass(frozen=True)
class Term:
    text: str
    field: Field
    order: int
    """Place among the terms of its field: the first fits best."""
    level: int = 0
    """Of a department: the highest is 0."""

    @property
    def words(self) -> frozenset[str]:
        return frozenset(self.text.split())


@dataclass(frozen=True)
class Match:
    field: Field
    score: int
    level: int = 0
    number: int = 0
    """Of a department: the number in the heading, as in "Level 2"."""


@cache
def _terms() -> tuple[Term, ...]:
    terms = [
        Term(fold(text), Field(name), order)
        for name, texts in words()["headings"].items()
        for order, text in enumerate(texts)
    ]
    terms += [
        Term(fold(text), Field.DEPARTMENT, order, level)
        for level, group in enumerate(words()["departments"])
        for order, text in enumerate(group["headings"])
    ]
    return tuple(terms)


@cache
def _rule(name: str) -> frozenset[str]:
    return frozenset(fold(text) for text in words()["rules"][name])


def matches(heading: str) -> list[Match]:
    """What this heading may mean, each field once, the best first."""
    best: dict[tuple[Field, int], Match] = {}
    for term in _terms():
        number = _number(heading) if term.field == Field.DEPARTMENT else 0
        score = _score(NUMBER.sub(" ", heading) if number else heading, term)
        key = (term.field, term.level)
        if score and (key not in best or score > best[key].score):
            best[key] = Match(term.field, score, term.level, number)
    return sorted(best.values(), key=lambda match: -match.score)


def _number(heading: str) -> int:
    found = NUMBER.search(heading)
    return int(found[1]) if found else 0


def _score(heading: str, term: Term) -> int:
    whole = fold(heading)
    for text in (whole, fold(PARENTHESES.sub(" ", heading))):
        if text.replace(" ", "") == term.text.replace(" ", ""):
            return WHOLE - term.order
    found = frozenset(whole.split())
    if (
        term.text in _rule("whole_heading_only")
        or not term.words <= found
        or _rule("other_matter") & (found - term.words)
    ):
        return 0
    return 100 * len(term.words) + 90 - term.order
