"""Colours of profiles: blue, grey, orange, brown; told apart without colour by dash and mark."""

from dataclasses import dataclass

MAX_PROFILES = 4


@dataclass(frozen=True)
class Style:
    colour: str
    dash: str
    """As plotly names it."""
    symbol: str


STYLES = (
    Style("#1f5fa8", "solid", "circle"),
    Style("#6b7280", "dash", "square"),
    Style("#c2570c", "dot", "diamond"),
    Style("#7a4b9c", "dashdot", "triangle-up"),
)
FILL_OPACITY = 0.12


def with_opacity(colour: str, opacity: float) -> str:
    """ "#rrggbb" as the rgba(...) that plotly and SVG both read."""
    red, green, blue = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity})"
