"""How a file writes the way to a department: which mark stands between the names, if any."""

from collections.abc import Iterable
from dataclasses import dataclass

from organisations.names import clean_name

SURE = (" / ", " > ", "\\", "|", "→", "»", "::", ">")
"""These stand in no name: one is enough."""
PROVEN = ("/", " - ", " – ", " : ", ":")
"""These do: they make paths only when names before them come back."""
MARKS = ("/", ">", "\\", "|", "→", "»", "::", ":", " - ", " – ")
"""To choose from, on screen."""
DASH = " - "
NO_MARK = ""
LONGEST_CODE = 3


@dataclass(frozen=True)
class Separator:
    """Between the names of a column; without a mark each cell is one name."""

    mark: str
    example: str = ""
    """A cell that could be read otherwise; empty: it is clear."""


def separator_of(cells: Iterable[str]) -> Separator:
    distinct = {clean_name(cell) for cell in cells if cell.strip()}
    counts = {mark: sum(mark in cell for cell in distinct) for mark in SURE}
    best = max(SURE, key=lambda mark: counts[mark])
    if counts[best]:
        is_doubtful = counts[best] * 2 < len(distinct)
        return Separator(best.strip(), _example(distinct, best) if is_doubtful else "")
    if distinct and all(cell.startswith("/") for cell in distinct):
        return Separator("/")
    for mark in PROVEN:
        if _makes_a_tree(distinct, mark):
            return Separator(mark, _example(distinct, mark))
    doubtful = next((mark for mark in ("/", *PROVEN[1:3]) if _may_be_a_path(distinct, mark)), "")
    return Separator(NO_MARK, _example(distinct, doubtful) if doubtful else "")


def _makes_a_tree(cells: set[str], mark: str) -> bool:
    """Most cells have it, and few names stand before it; "4100 - Keuken" and "NL - Keuken" are single names."""
    first = [cell.split(mark)[0] for cell in cells if mark in cell]
    return (
        len(first) >= 2
        and len(first) >= len(cells) * 2 / 3
        and len(set(first)) * 2 <= len(first)
        and not any(_is_code(name) for name in first)
    )


def _may_be_a_path(cells: set[str], mark: str) -> bool:
    return any(mark in cell and (mark == "/" or not _is_code(cell.split(mark)[0])) for cell in cells)


def _is_code(name: str) -> bool:
    return any(char.isdigit() for char in name) or (name.isupper() and len(name) <= LONGEST_CODE)


def _example(cells: set[str], mark: str) -> str:
    return min(cell for cell in cells if mark in cell)


def names_of(cell: str, mark: str) -> tuple[str, ...]:
    """A name cannot hold "/" itself: where another mark is used, a dash takes its place."""
    parts = cell.split(mark) if mark else [cell]
    return tuple(name for part in parts if (name := clean_name(part.replace("/", DASH))))


def usual_mark(cells: Iterable[str], mark: str) -> str:
    """With or without spaces around it, as most cells of the column have it."""
    mark = mark.strip()
    with_mark = [cell for cell in cells if mark in cell]
    spaced = sum(f" {mark} " in cell for cell in with_mark)
    return f" {mark} " if spaced * 2 > len(with_mark) else mark
