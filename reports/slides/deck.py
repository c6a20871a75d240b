"""What slides hold, as texts ready to print: slides are drawn from these objects, and their key is made from them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from charts.figure import Profile

Kind = Literal["text", "heading", "bullet"]


@dataclass(frozen=True)
class Paragraph:
    """`lead` is printed in bold before the text."""

    text: str
    kind: Kind = "text"
    lead: str = ""


@dataclass(frozen=True)
class Cover:
    title: str
    lines: tuple[str, ...]
    notes: str = ""


@dataclass(frozen=True)
class TextSlide:
    """One or two columns of text; `callout` stands in a box below them."""

    title: str
    columns: tuple[tuple[Paragraph, ...], ...]
    callout: tuple[Paragraph, ...] = ()
    callout_name: str = "To talk about"
    """As a table's name, in the same words in every language."""
    notes: str = ""
    label: str = ""
    """Whose figures these are, where that is not plain."""


@dataclass(frozen=True)
class RadarSlide:
    """A radar with a few words beside it."""

    title: str
    axes: tuple[str, ...]
    profiles: tuple[Profile, ...]
    message: str
    """What the radar says, for who cannot see it."""
    beside: tuple[Paragraph, ...]
    notes: str = ""
    label: str = ""


Cell = tuple[Paragraph, ...]


@dataclass(frozen=True)
class TableSlide:
    title: str
    name: str
    """Of the table, in the same words in every language."""
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[float, ...]
    """Of the columns, in parts of the whole."""
    message: str
    """What the table is about, for who cannot see it."""
    figures: frozenset[int] = frozenset()
    """Columns that hold short figures: in the middle of their column."""
    intro: tuple[Paragraph, ...] = ()
    row_height: float = 0
    """At least, in points: for rows to write in."""
    notes: str = ""
    label: str = ""


Slide = Cover | TextSlide | RadarSlide | TableSlide


@dataclass(frozen=True)
class Deck:
    title: str
    subject: str
    language: str
    footer: str
    day: str
    """The last day of the scan, as the date of the file: the same content gives the same bytes."""
    slides: tuple[Slide, ...]


def cell(text: str, lead: str = "") -> Cell:
    """A bold line, a plain one, or both."""
    parts = [Paragraph("", lead=lead)] if lead else []
    return (*parts, *([Paragraph(text)] if text or not lead else []))


def bullets(texts: Sequence[str]) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(text, "bullet") for text in texts)


def labelled(slide: Slide, label: str) -> Slide:
    return slide if isinstance(slide, Cover) else replace(slide, label=label)
