"""How answers are divided: five small columns, from "strongly disagree" on, as SVG text."""

from collections.abc import Sequence

WIDTH, HEIGHT, BASE = 74, 16, 15
COLUMN, GAP = 12, 2.5
DARK = "<style>@media (prefers-color-scheme: dark){.base{stroke:#6b7280}.column{fill:#8fb4de}}</style>"


def draw_columns(tenths: Sequence[int], *, follows_theme: bool = False) -> str:
    """Heights in tenths of the people, 0 to 9; under a tenth only the base line is drawn."""
    columns = "".join(_column(place, share) for place, share in enumerate(tenths) if share)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}">'
        f"{DARK if follows_theme else ''}"
        f'<path class="base" d="{"".join(f"M{_left(place):g} {BASE}h{COLUMN}" for place in range(len(tenths)))}" '
        f'stroke="#6b7280"/>{columns}</svg>'
    )


def _left(place: int) -> float:
    return 1 + place * (COLUMN + GAP)


def _column(place: int, share: int) -> str:
    height = share * (BASE - 1) / 9
    return (
        f'<rect class="column" x="{_left(place):g}" y="{BASE - height:.1f}" width="{COLUMN}" '
        f'height="{height:.1f}" fill="#1f5fa8"/>'
    )
