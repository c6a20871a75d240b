"""Scores over time with their margins: as data that plotly.js reads, and drawn from the same dict as SVG.

At most four lines, told apart by dash and mark, so that a print in black and white can be read. Where there is no
figure the line is broken: nobody knows how it went in between.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape as escape_markup
from itertools import pairwise
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from charts.figure import AXIS_MAXIMUM, RINGS, Figure
from charts.geometry import Point
from charts.palette import MAX_PROFILES, STYLES
from charts.svg import DARK, dash, mark, plain, shorten

WIDTH, HEIGHT = 520, 338
LEFT, RIGHT, TOP, BOTTOM = 36, 512, 24, 252
LABEL_TOP, LEGEND_TOP = 272, 308
FONT_SIZE, CHARACTER = 15, 7.9
MOST_MOMENTS = 8
APART = 0.07
"""Between lines at one moment, so that margins do not cover each other; in parts of a moment's room."""
CAP = 4
GRID = "rgba(128,128,128,0.4)"
"""In light and in dark colours."""
LIGHTER = ("#7fb0ea", "#b6bdc9", "#f0a56b", "#c49be0")
"""On a dark screen, for the lines of charts/palette.py."""
DARK_LINES = "".join(
    f".line-{number} path{{stroke:{colour}}}.line-{number} :is(circle,rect,polygon){{fill:{colour}}}"
    for number, colour in enumerate(LIGHTER)
)


@dataclass(frozen=True)
class Mark:
    """A figure at one moment, all 0..100. `text`: how it is written, where a bound is no exact figure."""

    value: int
    low: int
    high: int
    text: str


@dataclass(frozen=True)
class Line:
    name: str
    marks: Sequence[Mark | None]
    """One for each moment; None where there is no figure."""


def over_time(title: str, moments: Sequence[str], lines: Sequence[Line]) -> Figure:
    """The same 0..100 axis always. Raises ValueError on what cannot be drawn."""
    if not 1 <= len(lines) <= MAX_PROFILES:
        raise ValueError(f"{len(lines)} lines; a chart holds 1 to {MAX_PROFILES}")
    if not 1 <= len(moments) <= MOST_MOMENTS:
        raise ValueError(f"{len(moments)} moments; a chart holds 1 to {MOST_MOMENTS}")
    for line in lines:
        if len(line.marks) != len(moments):
            raise ValueError(f"{line.name}: {len(line.marks)} figures for {len(moments)} moments")
        if not all(0 <= one.low <= one.value <= one.high <= AXIS_MAXIMUM for one in line.marks if one):
            raise ValueError(f"{line.name}: a figure outside 0..{AXIS_MAXIMUM}, or outside its own margin")
    return {
        "data": [_trace(line, number, len(lines)) for number, line in enumerate(lines)],
        "layout": _layout(title, moments, show_legend=len(lines) > 1),
    }


def _trace(line: Line, number: int, count: int) -> dict[str, Any]:
    style = STYLES[number]
    aside = (number - (count - 1) / 2) * APART
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": escape_markup(line.name, quote=False),
        # Numbers, not titles: two scans may have the same one.
        "x": [round(moment + aside, 3) for moment in range(len(line.marks))],
        "y": [one.value if one else None for one in line.marks],
        "text": [escape_markup(one.text, quote=False) if one else "" for one in line.marks],
        "error_y": {
            "type": "data",
            "symmetric": False,
            "array": [one.high - one.value if one else None for one in line.marks],
            "arrayminus": [one.value - one.low if one else None for one in line.marks],
            "color": style.colour,
            "thickness": 1.5,
            "width": CAP,
        },
        "connectgaps": False,
        "line": {"color": style.colour, "dash": style.dash, "width": 2},
        "marker": {"color": style.colour, "symbol": style.symbol, "size": 9},
        "hovertemplate": "%{text}<extra>%{fullData.name}</extra>",
    }


def _layout(title: str, moments: Sequence[str], *, show_legend: bool) -> dict[str, Any]:
    return {
        "title": {"text": escape_markup(title, quote=False)},
        "showlegend": show_legend,
        "legend": {"orientation": "h", "y": -0.2},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "xaxis": {
            "range": [-0.5, len(moments) - 0.5],
            "tickvals": list(range(len(moments))),
            "ticktext": [escape_markup(moment, quote=False) for moment in moments],
            "showgrid": False,
            "zeroline": False,
        },
        "yaxis": {"range": [0, AXIS_MAXIMUM], "tickvals": list(RINGS), "gridcolor": GRID, "zerolinecolor": GRID},
    }


def draw_over_time(figure: Figure, *, follows_theme: bool = False) -> str:
    """The chart as one SVG element. `follows_theme`: light lines where the reader's screen is dark."""
    traces, moments = figure["data"], [plain(text) for text in figure["layout"]["xaxis"]["ticktext"]]
    opening = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
        f'font-family="Open Sans, system-ui, sans-serif" font-size="{FONT_SIZE}">'
    )
    parts = [
        opening,
        f"<title>{escape(plain(figure['layout']['title']['text']))}</title>",
        DARK.replace("</style>", f"@media (prefers-color-scheme: dark){{{DARK_LINES}}}</style>")
        if follows_theme
        else "",
        *_axis(figure["layout"]["yaxis"]["tickvals"]),
        *_labels(moments),
        *(_group(number, _line(trace, len(moments))) for number, trace in enumerate(traces)),
        *(_values(traces[0], len(moments)) if len(traces) == 1 else ()),
        *(_legend(traces) if figure["layout"]["showlegend"] else ()),
        "</svg>",
    ]
    return "".join(parts)


def _place(moment: float, value: float, count: int) -> Point:
    return LEFT + (RIGHT - LEFT) * (moment + 0.5) / count, BOTTOM - (BOTTOM - TOP) * value / AXIS_MAXIMUM


def _axis(values: Sequence[int]) -> Iterator[str]:
    for value in values:
        y = _place(0, value, 1)[1]
        yield f'<path class="grid" d="M{LEFT} {y:.1f}H{RIGHT}" stroke="#d1d5db"/>'
        yield (
            f'<text class="faint" x="{LEFT - 6}" y="{y + 4:.1f}" font-size="12" text-anchor="end" fill="#4b5563">'
            f"{value}</text>"
        )


def _labels(moments: Sequence[str]) -> Iterator[str]:
    """Titles under the axis, on two rows where one is too short."""
    room = max(4, int((RIGHT - LEFT) / len(moments) / CHARACTER))
    for number, moment in enumerate(moments):
        x = _place(number, 0, len(moments))[0]
        for row, text in enumerate(_rows(moment, room)):
            yield (
                f'<text class="ink" x="{x:.1f}" y="{LABEL_TOP + 17 * row}" text-anchor="middle" fill="#1f2937">'
                f"{escape(text)}</text>"
            )


def _rows(text: str, room: int) -> list[str]:
    """As many of the first words as fit, and as many of the last ones, which often hold the year."""
    if len(text) <= room:
        return [text]
    first = text[: room + 1].rpartition(" ")[0]
    rest = text[len(first) :].strip() if first else text.partition(" ")[2]
    while len(rest) > room and " " in rest:
        rest = rest.partition(" ")[2]
    return [row for row in (first or shorten(text, room), shorten(rest, room)) if row]


def _group(number: int, parts: Iterator[str]) -> str:
    return f'<g class="line-{number}">{"".join(parts)}</g>'


def _line(trace: dict[str, Any], count: int) -> Iterator[str]:
    line = trace["line"]
    places = [_place(x, y, count) if y is not None else None for x, y in zip(trace["x"], trace["y"], strict=True)]
    for first, second in pairwise(places):
        if first and second:
            yield (
                f'<path class="line" d="M{first[0]:.1f} {first[1]:.1f}L{second[0]:.1f} {second[1]:.1f}" fill="none" '
                f'stroke="{line["color"]}" stroke-width="{line["width"]}"{dash(line["dash"])}/>'
            )
    for place, top, bottom in zip(places, *_ends(trace, count), strict=True):
        if place:
            yield _whisker(place[0], top, bottom, trace)
            yield mark(place, trace["marker"])


def _ends(trace: dict[str, Any], count: int) -> tuple[list[float], list[float]]:
    """Where the margins end, upper and lower ones; 0 where there is no figure."""
    error = trace["error_y"]
    rows = list(zip(trace["y"], error["array"], error["arrayminus"], strict=True))
    tops = [_place(0, value + above, count)[1] if value is not None else 0.0 for value, above, _below in rows]
    bottoms = [_place(0, value - below, count)[1] if value is not None else 0.0 for value, _above, below in rows]
    return tops, bottoms


def _values(trace: dict[str, Any], count: int) -> Iterator[str]:
    """Above each margin the figure as it is written."""
    for x, top, text in zip(trace["x"], _ends(trace, count)[0], trace["text"], strict=True):
        if text:
            yield (
                f'<text class="ink" x="{_place(x, 0, count)[0]:.1f}" y="{top - 6:.1f}" text-anchor="middle" '
                f'fill="#1f2937">{escape(plain(text))}</text>'
            )


def _whisker(x: float, top: float, bottom: float, trace: dict[str, Any]) -> str:
    return (
        f'<path class="whisker" d="M{x:.1f} {top:.1f}V{bottom:.1f}M{x - CAP:.1f} {top:.1f}h{2 * CAP}'
        f'M{x - CAP:.1f} {bottom:.1f}h{2 * CAP}" stroke="{trace["error_y"]["color"]}" stroke-width="1.5" '
        f"data-name={quoteattr(plain(trace['name']))}/>"
    )


def _legend(traces: Sequence[dict[str, Any]]) -> Iterator[str]:
    """Names below the chart, two on a row."""
    room = (RIGHT - LEFT) / 2
    for number, trace in enumerate(traces):
        x, y, line = LEFT + number % 2 * room, LEGEND_TOP + number // 2 * 18, trace["line"]
        name = shorten(plain(trace["name"]), int((room - 34) / CHARACTER))
        sample = f'<path d="M{x:.1f} {y}h24" stroke="{line["color"]}" stroke-width="2"{dash(line["dash"])}/>'
        yield _group(number, iter((sample, mark((x + 12, y), trace["marker"]))))
        yield f'<text class="ink" x="{x + 30:.1f}" y="{y + 4}" fill="#1f2937">{escape(name)}</text>'
