"""Draw a dot plot (charts/dots.py) as SVG text: each name above its own line, so that it can be read on a phone."""

from typing import Any
from xml.sax.saxutils import escape, quoteattr

from charts.figure import AXIS_MAXIMUM, Figure
from charts.svg import DASHES, mark, plain, shorten, write

WIDTH, MARGIN = 400, 12
ROW, LEGEND_ROW, AXIS_ROW = 38, 20, 26
LONGEST_NAME = 52
DARK = (
    "<style>@media (prefers-color-scheme: dark){.ink{fill:#e5e7eb}.faint{fill:#aab2bf}.grid{stroke:#4b5563}"
    '[stroke="#1f5fa8"]{stroke:#6ea8e8}[fill="#1f5fa8"]{fill:#6ea8e8}[stroke="#6b7280"]{stroke:#9ca3af}'
    '[fill="#6b7280"]{fill:#9ca3af}[stroke="#c2570c"]{stroke:#f0913f}[fill="#c2570c"]{fill:#f0913f}}</style>'
)


def draw_dots(figure: Figure, *, follows_theme: bool = False) -> str:
    """The dot plot as one SVG element. `follows_theme`: light lines where the reader's screen is dark."""
    layout, traces = figure["layout"], figure["data"]
    lines = layout["shapes"]
    top = LEGEND_ROW * (len(traces) + len(lines)) + AXIS_ROW
    keys = layout["yaxis"]["categoryarray"]
    height = top + ROW * len(keys) + 8
    middles = {key: top + ROW * row + 26 for row, key in enumerate(keys)}
    opening = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        'font-family="Open Sans, system-ui, sans-serif" font-size="13">'
    )
    parts = [
        opening,
        f"<title>{escape(plain(layout['title']['text']))}</title>",
        DARK if follows_theme else "",
        *_legend(traces, lines),
        *_axis(layout["xaxis"]["tickvals"], top, height),
        *(_beside(line, top, height) for line in lines),
        *_names(layout["yaxis"], middles),
        *(_dots(trace, middles) for trace in traces),
        "</svg>",
    ]
    return "".join(parts)


def x_of(points: float) -> float:
    """What lies beyond the axis ends at it."""
    return MARGIN + (WIDTH - 2 * MARGIN) * min(AXIS_MAXIMUM, max(0, points)) / AXIS_MAXIMUM


def _legend(traces: list[dict[str, Any]], lines: list[dict[str, Any]]) -> list[str]:
    parts = []
    for row, trace in enumerate(traces):
        y = LEGEND_ROW * row + 12
        parts.append(mark((MARGIN + 14, y), trace["marker"]) + write(MARGIN + 32, y + 4, plain(trace["name"])))
    for row, line in enumerate(lines, len(traces)):
        y = LEGEND_ROW * row + 12
        parts.append(
            f'<path d="M{MARGIN + 14} {y - 8}v16"{_stroke(line["line"])}/>'
            + write(MARGIN + 32, y + 4, shorten(plain(line["label"]["text"]), LONGEST_NAME))
        )
    return parts


def _axis(ticks: list[int], top: int, height: int) -> list[str]:
    parts = []
    for value in ticks:
        x = x_of(value)
        anchor = {0: "start", AXIS_MAXIMUM: "end"}.get(value, "middle")
        parts.append(
            f'<path class="grid" d="M{x:.1f} {top}V{height - 4}" stroke="#d1d5db"/>'
            f'<text class="faint" x="{x:.1f}" y="{top - 6}" text-anchor="{anchor}" font-size="11" fill="#4b5563">'
            f"{value}</text>"
        )
    return parts


def _beside(line: dict[str, Any], top: int, height: int) -> str:
    return f'<path class="beside" d="M{x_of(line["x0"]):.1f} {top}V{height - 4}"{_stroke(line["line"])}/>'


def _stroke(line: dict[str, Any]) -> str:
    return f' stroke="{line["color"]}" stroke-width="{line["width"]}" stroke-dasharray="{DASHES[line["dash"]]}"'


def _names(axis: dict[str, Any], middles: dict[str, int]) -> list[str]:
    pairs = zip(axis["tickvals"], axis["ticktext"], strict=True)
    return [write(MARGIN, middles[key] - 10, shorten(plain(name), LONGEST_NAME)) for key, name in pairs]


def _dots(trace: dict[str, Any], middles: dict[str, int]) -> str:
    error, parts = trace["error_x"], []
    rows = zip(trace["x"], trace["y"], error["array"], trace["text"], strict=True)
    for value, key, margin, name in rows:
        y = middles[key]
        parts.append(
            f'<g data-name={quoteattr(plain(name))} data-value="{value}" data-margin="{margin}">'
            f'<path d="M{x_of(value - margin):.1f} {y}H{x_of(value + margin):.1f}" stroke="{error["color"]}" '
            f'stroke-width="{error["thickness"]}"/>{mark((x_of(value), y), trace["marker"])}</g>'
        )
    return "".join(parts)
