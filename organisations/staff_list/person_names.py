"""Take apart a name that stands in one column: "Jansen, J. van", "Jan van Jansen"."""

import re
from typing import NamedTuple

from organisations.names import clean_name
from organisations.staff_list.fields import fold, values

INITIAL = re.compile(r"[A-Z]\.?|[a-z]\.")
CALLED = re.compile(r"\(([^)]+)\)")


class PersonName(NamedTuple):
    given_name: str
    infix: str
    family_name: str


def split_name(text: str) -> PersonName:
    """Family name first when there is a comma, else last; a first name between brackets goes before initials."""
    called = CALLED.search(text)
    words = clean_name(CALLED.sub(" ", text))
    family, comma, rest = words.partition(",")
    name = _family_first(family, rest) if comma else _family_last(words)
    return name._replace(given_name=clean_name(called[1])) if called else name


def _family_first(family: str, rest: str) -> PersonName:
    given = _without_titles(rest.replace(",", " ").split())
    infix = _infix_at_end(given)
    if infix:
        return PersonName(" ".join(given[: -len(infix)]), " ".join(infix), clean_name(family))
    parts = family.split()
    infix = _infix_at_start(parts) if len(parts) > 1 else _infix_at_end(parts)
    infix = infix or (_infix_at_end(parts) if len(parts) > 1 else [])
    if infix and parts[-len(infix) :] == infix:
        parts = [*infix, *parts[: -len(infix)]]
    return PersonName(" ".join(given), " ".join(infix), " ".join(parts[len(infix) :]))


def _family_last(text: str) -> PersonName:
    parts = _without_titles(text.split())
    if len(parts) < 2:
        return PersonName("", "", " ".join(parts))
    for start in range(1, len(parts) - 1):
        if infix := _infix_at_start(parts[start:]):
            return PersonName(" ".join(parts[:start]), " ".join(infix), " ".join(parts[start + len(infix) :]))
    # "Smits-de Boer" is one family name.
    start = len(parts) - (2 if len(parts) > 2 and _is_infix([parts[-2].rpartition("-")[2]]) else 1)
    return PersonName(" ".join(parts[:start]), "", " ".join(parts[start:]))


def _infix_at_start(parts: list[str]) -> list[str]:
    """The longest that leaves a family name behind it."""
    for length in range(min(3, len(parts) - 1), 0, -1):
        if _is_infix(parts[:length]):
            return parts[:length]
    return []


def _infix_at_end(parts: list[str]) -> list[str]:
    for length in range(min(3, len(parts) - 1), 0, -1):
        if _is_infix(parts[-length:]):
            return parts[-length:]
    return []


def _is_infix(parts: list[str]) -> bool:
    return fold(" ".join(parts)) in values("infixes") and not any(INITIAL.fullmatch(part) for part in parts)


def _without_titles(parts: list[str]) -> list[str]:
    while len(parts) > 1 and fold(parts[0]) in values("titles"):
        parts = parts[1:]
    return parts
