"""All texts of the questionnaire and the advice, with the place where each stands."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache

from questionnaires.loading import DATA, LEERSCAN
from questionnaires.texts import LANGUAGES, Text

Run = tuple[str, ...]
RUN_LENGTH = 5


@cache
def raw_texts() -> dict[str, object]:
    """Everything that holds, or should hold, a text in two languages, as the files have it: place -> value."""
    found: dict[str, object] = {}
    for path in sorted((DATA / LEERSCAN).rglob("*.toml")):
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        found.update(_texts_in(content, str(path.relative_to(DATA / LEERSCAN))))
    return found


def _texts_in(value: object, place: str) -> Iterator[tuple[str, object]]:
    if isinstance(value, dict):
        if value.keys() & set(LANGUAGES):
            yield place, value
        else:
            for key, below in value.items():
                yield from _texts_in(below, f"{place} {key}")
    elif isinstance(value, list):
        for number, below in enumerate(value, 1):
            yield from _texts_in(below, f"{place} {number}")


@cache
def texts_in(language: str) -> dict[str, str]:
    """Every text as people read it, with the default words: place -> text."""
    return {
        place: Text(**value).in_language(language) for place, value in raw_texts().items() if isinstance(value, dict)
    }


def words_of(text: str) -> list[str]:
    return re.findall(r"[\w'’-]+", text.lower())


def runs_of(text: str) -> frozenset[Run]:
    """All runs of five words that follow each other."""
    words = words_of(text)
    return frozenset(tuple(words[start : start + RUN_LENGTH]) for start in range(len(words) - RUN_LENGTH + 1))
