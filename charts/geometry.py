"""Where the points of a chart lie."""

from math import cos, pi, sin

Point = tuple[float, float]


def on_circle(centre: Point, radius: float, index: int, count: int) -> Point:
    """The index-th of `count` points on a circle: the first at the top, then clockwise; y grows downwards."""
    angle = 2 * pi * index / count
    return centre[0] + radius * sin(angle), centre[1] - radius * cos(angle)


def anchor(index: int, count: int) -> str:
    """How a label at this point is aligned, so that it grows away from the circle."""
    sideways = sin(2 * pi * index / count)
    if sideways > 0.15:
        return "start"
    return "end" if sideways < -0.15 else "middle"


def baseline(index: int, count: int) -> float:
    """How far below its point a label's baseline stands, in parts of the font size."""
    return 0.35 + 0.45 * -cos(2 * pi * index / count)
