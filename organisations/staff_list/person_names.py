"""Take apart a name that stands in one column: "Jansen, J. van", "Jan van Jansen", "10001 - Jansen Piet"."""

import re
from typing import NamedTuple

from organisations.names import clean_name
from organisations.staff_list.fields import fold, values

INITIAL = re.compile(r"[A-Z]\.?|[a-z]\.")
# "A.B." and "Th.", but not "Jr.".
INITIALS = re.compile(r"(?![JjSs]r\.)(?:[^\W\d_]{1,2}\.)+")
IN_BRACKETS = re.compile(r"\(([^)]*)\)")
NUMBER_IN_FRONT = re.compile(r"\s*(\d{3,})\s*[-–:]?\s+(?=\D)")
# What joins two words into one family name.
JOINTS = frozenset({"-", "–", "e/v", "ev", "geb.", "geb"})
SHOUTED = 4


class PersonName(NamedTuple):
    given_name: str
    infix: str
    family_name: str


def split_name(text: str, *, family_first: bool = False) -> PersonName:
    """The family name stands first when there is a comma, or when that is known; else last.

    A first name between brackets goes before initials.
    """
    called = next((name for name in IN_BRACKETS.findall(text) if _is_a_name(name)), "")
    words = clean_name(IN_BRACKETS.sub(" ", NUMBER_IN_FRONT.sub("", text, count=1)))
    family, comma, rest = words.partition(",")
    if comma:
        name = _family_first(family, rest)
    else:
        parts = _joined(_without_titles(words.split()))
        length = _length_of_family(parts, known=family_first)
        name = _family_first(" ".join(parts[:length]), " ".join(parts[length:])) if length else _family_last(parts)
    return name._replace(given_name=clean_name(called)) if called else name


def number_in_front(text: str) -> str:
    found = NUMBER_IN_FRONT.match(text)
    return found[1] if found else ""


def remark_in(text: str) -> str:
    """Between the brackets behind a name, where it is no name: "On Leave"."""
    return next((remark for remark in IN_BRACKETS.findall(text) if not _is_a_name(remark)), "")


def split_family_name(text: str) -> tuple[str, str]:
    """Infix and family name, where "Vries, de" stands in a column of its own."""
    family, comma, infix = clean_name(text).partition(",")
    if comma and _is_infix(infix.split()):
        return clean_name(infix), clean_name(family)
    return "", clean_name(text)


def _is_a_name(text: str) -> bool:
    word = fold(text)
    is_remark = any(word in values(kind) for kind in ("in_service", "out_of_service", "remarks_behind_names"))
    return len(word) > 1 and not any(char.isdigit() for char in word) and not is_remark


def _family_first(family: str, rest: str) -> PersonName:
    between, comma, behind = rest.partition(",")
    if comma and _is_infix(between.split()):
        return PersonName(" ".join(_without_titles(behind.split())), clean_name(between), clean_name(family))
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


def _length_of_family(parts: list[str], *, known: bool) -> int:
    """How many words the family name in front has; 0: it stands last."""
    infix = len(_infix_at_start(parts))
    if len(parts) < 2:
        return 0
    if known:
        return min(infix + 1, len(parts) - 1)
    # "de Vries J."
    if INITIALS.fullmatch(parts[-1]) and not any(INITIALS.fullmatch(part) for part in parts[:-1]):
        return len(parts) - 1
    # "DE VRIES Jan"
    shouted = next((place for place, part in enumerate(parts) if not part.isupper()), len(parts))
    is_shouted = any(len(part) >= SHOUTED and "." not in part for part in parts[:shouted])
    return shouted if is_shouted and shouted < len(parts) else 0


def _family_last(parts: list[str]) -> PersonName:
    if len(parts) < 2:
        return PersonName("", "", " ".join(parts))
    for start in range(1, len(parts) - 1):
        if infix := _infix_at_start(parts[start:]):
            return PersonName(" ".join(parts[:start]), " ".join(infix), " ".join(parts[start + len(infix) :]))
    # "Smits-de Boer" is one family name.
    start = len(parts) - (2 if len(parts) > 2 and _is_infix([parts[-2].rpartition("-")[2]]) else 1)
    return PersonName(" ".join(parts[:start]), "", " ".join(parts[start:]))


def _joined(parts: list[str]) -> list[str]:
    """ "Jansen - Bakker" as one word."""
    for place in range(len(parts) - 2, 0, -1):
        if parts[place] in JOINTS:
            parts = [*parts[: place - 1], " ".join(parts[place - 1 : place + 2]), *parts[place + 2 :]]
    return parts


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
