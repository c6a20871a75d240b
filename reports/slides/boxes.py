"""Where everything stands on a slide of 16 by 9, in points (72 to an inch)."""

from dataclasses import dataclass

WIDTH, HEIGHT = 960.0, 540.0


@dataclass(frozen=True)
class Box:
    left: float
    top: float
    width: float
    height: float

    @property
    def bottom(self) -> float:
        return self.top + self.height

    def below(self, used: float) -> "Box":
        """What is left of it under the first `used` points."""
        return Box(self.left, self.top + used, self.width, self.height - used)

    def above(self, used: float) -> "Box":
        """What is left of it over the last `used` points."""
        return Box(self.left, self.top, self.width, self.height - used)


BAND = Box(0, 0, 14, HEIGHT)
"""The coloured edge of every slide."""
TITLE = Box(48, 20, 864, 70)
LABEL = Box(48, 90, 864, 22)
BODY = Box(48, 120, 864, 368)
LEFT = Box(48, 120, 416, 368)
RIGHT = Box(496, 120, 416, 368)
RADAR = Box(40, 116, 620, 376)
PLOT = Box(185, 40, 250, 250)
"""The rings, inside the radar; around them stand the names of the themes and below them the legend."""
BESIDE_RADAR = Box(676, 120, 236, 368)
FOOTER = Box(48, 504, 760, 20)
NUMBER = Box(832, 504, 80, 20)
COVER_BAND = Box(0, 0, 60, HEIGHT)
COVER_TITLE = Box(96, 120, 784, 160)
COVER_TEXT = Box(96, 300, 784, 190)

GAP = 12.0
CALLOUT_PADDING = 12.0
CELL_SIDE, CELL_ENDS = 7.2, 4.0
"""Margins inside a cell: left and right, above and below."""
INDENT = 20.0
"""Of a bullet or number."""

TITLE_SIZES = (28, 26, 24, 22, 20, 18)
COVER_SIZES = (44, 40, 36, 32, 28, 24, 20)
LABEL_SIZE = 14
COVER_TEXT_SIZES = (22, 20, 18, 16)
INTRO_SIZE = 16
CALLOUT_HEIGHT = 150.0
"""At most, as long as a smaller size helps."""
BODY_SIZES = (22, 20, 18, 17, 16, 15)
BESIDE_SIZES = (20, 18, 17, 16, 15, 14)
CALLOUT_SIZES = (20, 18, 17, 16)
TABLE_SIZES = (18, 17, 16, 15, 14)
FOOTER_SIZE = 11
