"""How a file writes the way to a department: which mark stands between the names."""

from collections.abc import Iterable

from organisations.names import clean_name

MARKS = ("/", ">", "»", "\\")
DASH = " - "


def mark_between_names(cells: Iterable[str]) -> str:
    """The mark of this column; "/" when there is none, for no name can hold it."""
    distinct = {clean_name(cell) for cell in cells if cell.strip()}
    counts = {mark: sum(mark in cell for cell in distinct) for mark in MARKS}
    best = max(MARKS, key=lambda mark: counts[mark])
    if counts[best]:
        return best
    return DASH if _is_clearly_a_path(distinct) else "/"


def _is_clearly_a_path(cells: set[str]) -> bool:
    """Dashes make paths when most cells have one and few words stand before them; "4100 - Keuken" is a name."""
    first = [cell.split(DASH)[0] for cell in cells if DASH in cell]
    has_codes = any(any(char.isdigit() for char in word) for word in first)
    return len(cells) >= 3 and len(first) >= len(cells) * 2 / 3 and len(set(first)) * 2 <= len(first) and not has_codes


def names_of(cell: str, mark: str) -> tuple[str, ...]:
    """A name cannot hold "/" itself: where another mark is used, a dash takes its place."""
    return tuple(name for part in cell.split(mark) if (name := clean_name(part.replace("/", DASH))))


def usual_mark(cells: Iterable[str], mark: str) -> str:
    """With or without spaces around it, as most cells of the column have it."""
    mark = mark.strip()
    with_mark = [cell for cell in cells if mark in cell]
    spaced = sum(f" {mark} " in cell for cell in with_mark)
    return f" {mark} " if spaced * 2 > len(with_mark) else mark
