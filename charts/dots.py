"""A dot plot as data, in the form that plotly.js reads: one line for each name, a dot with its margin on it.

The SVG (charts/dots_svg.py) is drawn from the same dict. Names are escaped, as in charts/figure.py.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from charts.figure import AXIS_MAXIMUM, RINGS, Figure
from charts.palette import STYLES, Style

MARKS = {"higher": STYLES[0], "none": STYLES[1], "lower": STYLES[2]}
"""Blue, grey and orange, and another shape for each."""
SYMBOLS = {"higher": "triangle-up", "none": "circle", "lower": "diamond"}


@dataclass(frozen=True)
class Dot:
    key: str
    """Unlike that of any other dot: names may be the same."""
    name: str
    value: int
    margin: int
    """To both sides of the dot; where it goes beyond the axis, the axis ends it."""
    kind: str
    """A key of MARKS."""


@dataclass(frozen=True)
class Line:
    """What the dots are looked at beside."""

    label: str
    value: int


def dot_plot(title: str, dots: Sequence[Dot], kinds: dict[str, str], beside: Line | None = None) -> Figure:
    """`kinds`: what each kind is called, in the order of the legend. Raises ValueError on what cannot be drawn."""
    for dot in dots:
        if not 0 <= dot.value <= AXIS_MAXIMUM or dot.margin < 0:
            raise ValueError(f"{dot.name}: {dot.value} ± {dot.margin} has no place on an axis of 0..{AXIS_MAXIMUM}")
    if len({dot.key for dot in dots}) < len(dots):
        raise ValueError("two dots have the same key")
    traces = [_trace(name, kind, [dot for dot in dots if dot.kind == kind]) for kind, name in kinds.items()]
    return {"data": [trace for trace in traces if trace["x"]], "layout": _layout(title, dots, beside)}


def _trace(name: str, kind: str, dots: Sequence[Dot]) -> dict[str, Any]:
    style: Style = MARKS[kind]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": escape(name, quote=False),
        "x": [dot.value for dot in dots],
        "y": [escape(dot.key, quote=False) for dot in dots],
        "text": [escape(dot.name, quote=False) for dot in dots],
        "customdata": [dot.margin for dot in dots],
        "error_x": {
            "type": "data",
            "array": [dot.margin for dot in dots],
            "color": style.colour,
            "thickness": 2,
            "width": 0,
        },
        "marker": {"color": style.colour, "symbol": SYMBOLS[kind], "size": 10},
        "hovertemplate": "%{text}: %{x} ± %{customdata}<extra>%{fullData.name}</extra>",
    }


def _layout(title: str, dots: Sequence[Dot], beside: Line | None) -> dict[str, Any]:
    keys = [escape(dot.key, quote=False) for dot in dots]
    return {
        "title": {"text": escape(title, quote=False)},
        "showlegend": True,
        "legend": {"orientation": "h", "y": 0, "yanchor": "top"},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "xaxis": {
            "range": [0, AXIS_MAXIMUM],
            "tickvals": list(RINGS),
            "side": "top",
            "zeroline": False,
            "fixedrange": True,
        },
        "yaxis": {
            "type": "category",
            "categoryorder": "array",
            "categoryarray": keys,
            "tickvals": keys,
            "ticktext": [escape(dot.name, quote=False) for dot in dots],
            "autorange": "reversed",
            "automargin": True,
            "fixedrange": True,
        },
        "shapes": [_line(beside)] if beside else [],
    }


def _line(beside: Line) -> dict[str, Any]:
    return {
        "type": "line",
        "x0": beside.value,
        "x1": beside.value,
        "y0": 0,
        "y1": 1,
        "yref": "paper",
        "line": {"color": MARKS["none"].colour, "dash": "dash", "width": 1},
        "label": {"text": escape(beside.label, quote=False), "textposition": "start", "textangle": 0},
    }
