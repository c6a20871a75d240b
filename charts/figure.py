"""A radar as data, in the form that plotly.js reads. The SVG is drawn from the same dict.

plotly.js reads markup in names, so they are escaped in here, and unescaped where the SVG is drawn.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from charts.palette import FILL_OPACITY, MAX_PROFILES, STYLES, with_opacity

Figure = dict[str, Any]
AXIS_MAXIMUM = 100
RINGS = (0, 25, 50, 75, 100)


@dataclass(frozen=True)
class Profile:
    """One line in a radar: a name and a value 0..100 per axis."""

    name: str
    values: Sequence[int]


def radar(title: str, axes: Sequence[str], profiles: Sequence[Profile]) -> Figure:
    """The same 0..100 axis always, at most four profiles. Raises ValueError on what cannot be drawn."""
    if not 1 <= len(profiles) <= MAX_PROFILES:
        raise ValueError(f"{len(profiles)} profiles; a radar holds 1 to {MAX_PROFILES}")
    if len(axes) < 3:
        raise ValueError(f"{len(axes)} axes; a radar needs at least 3")
    for profile in profiles:
        if len(profile.values) != len(axes):
            raise ValueError(f"{profile.name}: {len(profile.values)} values for {len(axes)} axes")
        if not all(0 <= value <= AXIS_MAXIMUM for value in profile.values):
            raise ValueError(f"{profile.name}: a value outside 0..{AXIS_MAXIMUM}")
    return {
        "data": [_trace(axes, profile, number) for number, profile in enumerate(profiles)],
        "layout": _layout(title, show_legend=len(profiles) > 1),
    }


def _trace(axes: Sequence[str], profile: Profile, number: int) -> dict[str, Any]:
    style = STYLES[number]
    return {
        "type": "scatterpolar",
        "mode": "lines+markers",
        "name": escape(profile.name, quote=False),
        "theta": [escape(axis, quote=False) for axis in (*axes, axes[0])],  # closed: the first point again
        "r": [*profile.values, profile.values[0]],
        "fill": "toself",
        "fillcolor": with_opacity(style.colour, FILL_OPACITY),
        "line": {"color": style.colour, "dash": style.dash, "width": 2},
        "marker": {"color": style.colour, "symbol": style.symbol, "size": 7},
        "hovertemplate": "%{theta}: %{r}<extra>%{fullData.name}</extra>",
    }


def _layout(title: str, *, show_legend: bool) -> dict[str, Any]:
    return {
        "title": {"text": escape(title, quote=False)},
        "showlegend": show_legend,
        "legend": {"orientation": "h", "y": -0.1},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "polar": {
            "bgcolor": "rgba(0,0,0,0)",
            "gridshape": "linear",
            "radialaxis": {"range": [0, AXIS_MAXIMUM], "tickvals": list(RINGS), "angle": 90},
            "angularaxis": {"rotation": 90, "direction": "clockwise"},
        },
    }
