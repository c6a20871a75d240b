"""In which row the headings stand."""

from collections import Counter
from collections.abc import Collection, Sequence

from organisations.staff_list.fields import heading_key
from organisations.staff_list.headings import matches
from organisations.staff_list.tables import Row

LOOK_FOR_HEADINGS = 30
LONGEST_HEADING = 80


def heading_place(rows: Sequence[Row], known: Collection[str]) -> int | None:
    """The first row with nearly the most known words, else the first row as wide as the others.

    Not simply the row with the most: "Directie; Manager; Actief" may well be a person.
    """
    scores = [_known_headings(row, known) for row in rows]
    most = max(scores, default=0)
    if most >= 2:
        return next(place for place, score in enumerate(scores) if score >= max(2, 0.6 * most))
    if not rows:
        return None
    widths = Counter(len(row.cells) for row in rows)
    usual = max(widths, key=lambda width: (widths[width], width))
    first = next(place for place, row in enumerate(rows) if len(row.cells) >= usual)
    return None if any("@" in cell for cell in rows[first].cells) else first


def _known_headings(row: Row, known: Collection[str]) -> int:
    found: set[str] = set()
    for cell in row.cells:
        if heading_key(cell) in known:
            found.add(cell)
        elif len(cell) <= LONGEST_HEADING and (match := next(iter(matches(cell)), None)):
            found.add(f"{match.field} {match.level} {match.number}")
    return len(found)
