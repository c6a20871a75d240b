"""Draw a figure as SVG text, for the PDF and for the page's first paint."""

import base64
import re
from collections.abc import Sequence
from html import unescape
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from charts.figure import AXIS_MAXIMUM, Figure
from charts.geometry import Point, anchor, baseline, on_circle

WIDTH, HEIGHT = 520, 352
RADIUS = 128
LABEL_GAP = 12
FONT_SIZE = 15
LEGEND_TOP = 326
DASHES = {"solid": "", "dash": "7 4", "dot": "2 3", "dashdot": "7 3 2 3"}
# A page in dark colours shows the same picture with light lines.
DARK = "<style>@media (prefers-color-scheme: dark){.ink{fill:#e5e7eb}.faint{fill:#aab2bf}.grid{stroke:#4b5563}}</style>"


def draw_radar(figure: Figure, *, follows_theme: bool = False) -> str:
    """The radar as one SVG element. `follows_theme`: light lines where the reader's screen is dark."""
    traces = figure["data"]
    axes = [plain(axis) for axis in traces[0]["theta"][:-1]]
    centre = (WIDTH / 2, LEGEND_TOP / 2 + 2)
    parts = [
        _opening_tag(),
        f"<title>{escape(plain(figure['layout']['title']['text']))}</title>",
        DARK if follows_theme else "",
        *_rings(figure, len(axes), centre),
        *(_label(text, index, len(axes), centre) for index, text in enumerate(axes)),
        *(_profile(trace, centre) for trace in traces),
        *(_legend(traces) if figure["layout"]["showlegend"] else ()),
        "</svg>",
    ]
    return "".join(parts)


def _opening_tag() -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
        f'font-family="Open Sans, system-ui, sans-serif" font-size="{FONT_SIZE}">'
    )


def write(x: float, y: float, text: str, attributes: str = "") -> str:
    return f'<text class="ink" x="{x:.1f}" y="{y:.1f}" fill="#1f2937"{attributes}>{escape(text)}</text>'


# What XML 1.0 has no place for: a drawing with it could not be read at all.
NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def plain(text: str) -> str:
    """A name of the figure as people wrote it (charts/figure.py escapes names for plotly.js)."""
    return NO_XML.sub("", unescape(text))


def data_uri(svg: str) -> str:
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


def _rings(figure: Figure, count: int, centre: Point) -> list[str]:
    parts = []
    for value in figure["layout"]["polar"]["radialaxis"]["tickvals"]:
        radius = RADIUS * value / AXIS_MAXIMUM
        ring = _points([on_circle(centre, radius, index, count) for index in range(count)])
        if value:
            parts.append(f'<polygon class="grid" points="{ring}" fill="none" stroke="#d1d5db"/>')
    for index in range(count):
        (x1, y1), (x2, y2) = centre, on_circle(centre, RADIUS, index, count)
        parts.append(f'<path class="grid" d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}" stroke="#d1d5db"/>')
    for value in (50, 100):
        y = centre[1] - RADIUS * value / AXIS_MAXIMUM
        parts.append(
            f'<text class="faint" x="{centre[0] + 4:.1f}" y="{y + 11:.1f}" font-size="11" fill="#4b5563">{value}</text>'
        )
    return parts


def _label(text: str, index: int, count: int, centre: Point) -> str:
    x, y = on_circle(centre, RADIUS + LABEL_GAP, index, count)
    y += FONT_SIZE * baseline(index, count)
    return write(x, y, text, f' text-anchor="{anchor(index, count)}"')


def _profile(trace: dict[str, Any], centre: Point) -> str:
    values = trace["r"][:-1]
    points = [
        on_circle(centre, RADIUS * value / AXIS_MAXIMUM, index, len(values)) for index, value in enumerate(values)
    ]
    line, marker = trace["line"], trace["marker"]
    shape = (
        f'<polygon points="{_points(points)}" fill={quoteattr(trace["fillcolor"])} stroke="{line["color"]}" '
        f'stroke-width="{line["width"]}" stroke-linejoin="round"{dash(line["dash"])} '
        f'data-name={quoteattr(plain(trace["name"]))} data-values="{" ".join(map(str, values))}"/>'
    )
    return shape + "".join(mark(point, marker) for point in points)


def dash(name: str) -> str:
    return f' stroke-dasharray="{DASHES[name]}"' if DASHES[name] else ""


def mark(point: Point, marker: dict[str, Any]) -> str:
    x, y = point
    half = marker["size"] / 2
    shapes = {
        "circle": f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{half}"',
        "square": f'<rect x="{x - half:.1f}" y="{y - half:.1f}" width="{2 * half}" height="{2 * half}"',
        "diamond": f'<polygon points="{_points([(x, y - half), (x + half, y), (x, y + half), (x - half, y)])}"',
        "triangle-up": f'<polygon points="{_points([(x, y - half), (x + half, y + half), (x - half, y + half)])}"',
    }
    return f'{shapes[marker["symbol"]]} fill="{marker["color"]}"/>'


def _legend(traces: Sequence[dict[str, Any]]) -> list[str]:
    """Names below the chart, side by side; two rows when there are more than two."""
    parts = []
    columns = min(2, len(traces))
    for index, trace in enumerate(traces):
        x = 20 + (index % columns) * (WIDTH - 20) / columns
        # Close, so that the tails of letters in the second row stay inside the drawing.
        y = LEGEND_TOP + 4 + (index // columns) * 14
        line = trace["line"]
        parts.append(
            f'<path d="M{x:.1f} {y}h28" stroke="{line["color"]}" stroke-width="2"{dash(line["dash"])}/>'
            f"{mark((x + 14, y), trace['marker'])}"
            + write(x + 36, y + 4, shorten(plain(trace["name"])), ' font-size="13.5"')
        )
    return parts


def shorten(text: str, length: int = 26) -> str:
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def _points(points: Sequence[Point]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
