"""How well a heading fits the words for what a column can hold."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from organisations.staff_list.fields import Field, fold, words

WHOLE = 1000
PARENTHESES = re.compile(r"\([^)]*\)")
NUMBER = re.compile(r"(?<!\d)0?(\d|[1-9]\d)(?!\d)")
NO_NUMBER = -1


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
    number: int = NO_NUMBER
    """In the heading, as in "Level 2"; it orders columns of the same kind."""


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


@lru_cache(maxsize=5_000)
def matches(heading: str) -> tuple[Match, ...]:
    """What this heading may mean, each field once, the best first."""
    best: dict[tuple[Field, int], Match] = {}
    number = _number(heading)
    for term in _terms():
        is_level = term.field == Field.DEPARTMENT and number != NO_NUMBER
        score = _score(NUMBER.sub(" ", heading) if is_level else heading, term)
        key = (term.field, term.level)
        if score and (key not in best or score > best[key].score):
            best[key] = Match(term.field, score, term.level, number)
    return tuple(sorted(best.values(), key=lambda match: -match.score))


def is_about_other_life(heading: str) -> bool:
    """Whether it is about somebody else, or about the life outside work."""
    return _has_other_life(frozenset(fold(heading).split()))


def says_family_first(heading: str) -> bool:
    return fold(heading) in _rule("family_first")


def describes_neighbour(heading: str) -> bool:
    return fold(heading) in _rule("describes_neighbour")


def _has_other_life(found: frozenset[str]) -> bool:
    return bool(found & _rule("other_life")) or any(word.startswith("prive") for word in found)


def _number(heading: str) -> int:
    found = NUMBER.search(heading)
    return int(found[1]) if found else NO_NUMBER


def _score(heading: str, term: Term) -> int:
    whole = fold(heading)
    found = frozenset(whole.split())
    besides = found - term.words
    texts = [whole] if _has_other_life(besides) else [whole, fold(PARENTHESES.sub(" ", heading))]
    if any(_is_same(text, term) for text in texts):
        return WHOLE - term.order
    if (
        term.text in _rule("whole_heading_only")
        or not term.words <= found
        or _rule("other_matter") & besides
        or _has_other_life(besides)
    ):
        return 0
    return 100 * len(term.words) + 90 - term.order


def _is_same(text: str, term: Term) -> bool:
    """Whatever the order of the words; nor do the spaces between them matter."""
    return text.replace(" ", "") == term.text.replace(" ", "") or sorted(text.split()) == sorted(term.text.split())
