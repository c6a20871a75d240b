"""What the page for the board holds, as texts ready to print."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ThemeLine:
    name: str
    points: str
    margin: str
    differing: str
    """How many departments differ demonstrably on this theme; a dash for none."""


@dataclass(frozen=True)
class Picture:
    """A radar with the table beside it."""

    title: str
    image: str
    image_text: str
    rows: list[ThemeLine]


@dataclass(frozen=True)
class Recommendation:
    step: str
    what: str
    who: str
    sign: str


@dataclass(frozen=True)
class Board:
    language: str
    organisation: str
    round_title: str
    period: str
    basis: str
    total: str
    pictures: list[Picture]
    strengths: list[str]
    chances: list[str]
    differences: list[str]
    pattern: str
    """Empty with too few departments to speak of a pattern."""
    recommendations: list[Recommendation]
    cautions: list[str]
    versions: str
