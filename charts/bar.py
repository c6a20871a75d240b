"""A score with its margin on a line from 0 to 100, as SVG text."""

WIDTH, HEIGHT = 170, 16
DARK = (
    "<style>@media (prefers-color-scheme: dark){.track{fill:#374151}.margin{fill:#5b8bc4}.beside{stroke:#d1d5db}"
    ".dot{fill:#dbeafe}}</style>"
)


def draw_bar(value: int, low: int, high: int, beside: int | None = None, *, follows_theme: bool = False) -> str:
    """A dot at `value`, a broad line from `low` to `high`, and a thin mark at `beside`; all 0..100."""
    mark = ""
    if beside is not None:
        mark = (
            f'<path class="beside" d="M{_x(beside)} 1v14" stroke="#6b7280" stroke-width="1.5" stroke-dasharray="3 2"/>'
        )
    width = max(1.0, _x(high) - _x(low))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}">'
        f"{DARK if follows_theme else ''}"
        f'<rect class="track" x="{_x(0)}" y="6.5" width="{_x(100) - _x(0)}" height="3" rx="1.5" fill="#e5e7eb"/>'
        f'<rect class="margin" x="{_x(low)}" y="5" width="{width:.1f}" height="6" rx="3" fill="#9dbde0"/>'
        f"{mark}"
        f'<circle class="dot" cx="{_x(value)}" cy="8" r="4.5" fill="#1f5fa8"/></svg>'
    )


def _x(points: int) -> float:
    return round(6 + (WIDTH - 12) * points / 100, 1)
