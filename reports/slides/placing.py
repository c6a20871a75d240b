"""Which part stands where on which slide, and in which size: after this nothing is left but drawing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import singledispatch
from itertools import zip_longest
from typing import Literal

from django.utils.translation import pgettext

from reports.slides import boxes
from reports.slides.boxes import Box
from reports.slides.deck import Cover, Deck, Paragraph, RadarSlide, Slide, TableSlide, TextSlide
from reports.slides.fitting import height_of, longest_word, pages_of, row_height, shortened, size_for

Layout = Literal["cover", "text", "columns", "title"]
Role = Literal["title", "label", "text", "second", "callout", "free"]


@dataclass(frozen=True)
class PlacedText:
    role: Role
    box: Box
    paragraphs: tuple[Paragraph, ...]
    size: int
    name: str = ""
    """Of a box with text, for who edits the slide."""


@dataclass(frozen=True)
class PlacedTable:
    box: Box
    table: TableSlide
    """With the rows that stand here."""
    size: int
    heights: tuple[float, ...]
    """Of the head and each row."""


@dataclass(frozen=True)
class PlacedRadar:
    box: Box
    radar: RadarSlide


Part = PlacedText | PlacedTable | PlacedRadar


@dataclass(frozen=True)
class Page:
    layout: Layout
    title: str
    parts: tuple[Part, ...]
    """In the order in which they are read aloud; the title is the first."""
    notes: str


def pages(deck: Deck) -> list[Page]:
    """All slides of a deck; every title is there once. Its language must be active."""
    found = [page for slide in deck.slides for page in _numbered(_place(slide))]
    titles: dict[str, int] = {}
    for page in found:
        titles[page.title] = titles.get(page.title, 0) + 1
    seen: dict[str, int] = {}
    return [_with_own_title(page, titles, seen) for page in found]


def _with_own_title(page: Page, titles: dict[str, int], seen: dict[str, int]) -> Page:
    if titles[page.title] == 1:
        return page
    seen[page.title] = number = seen.get(page.title, 0) + 1
    return page if number == 1 else _titled(page, f"{page.title} ({number})")


def _numbered(made: Sequence[Page]) -> list[Page]:
    if len(made) == 1:
        return list(made)
    return [
        _titled(
            page,
            pgettext("title of a slide that goes on", "%(title)s (%(number)s of %(count)s)")
            % {"title": page.title, "number": number, "count": len(made)},
        )
        for number, page in enumerate(made, 1)
    ]


def _titled(page: Page, title: str) -> Page:
    return replace(page, title=title, parts=(_title(title), *page.parts[1:]))


def _title(text: str, box: Box = boxes.TITLE, sizes: Sequence[int] = boxes.TITLE_SIZES) -> PlacedText:
    paragraphs = (Paragraph(text, "heading"),)
    return PlacedText("title", box, paragraphs, size_for(paragraphs, box, sizes) or sizes[-1])


def _heads(slide: TextSlide | RadarSlide | TableSlide) -> tuple[PlacedText, ...]:
    """Title and label."""
    if not slide.label:
        return (_title(slide.title),)
    size = boxes.LABEL_SIZE
    label = Paragraph("", lead=shortened(slide.label, size, 0.92 * boxes.LABEL.width))
    return _title(slide.title), PlacedText("label", boxes.LABEL, (label,), size)


@singledispatch
def _place(slide: Slide) -> list[Page]:
    raise TypeError(slide)


@_place.register
def _cover(slide: Cover) -> list[Page]:
    paragraphs = tuple(
        Paragraph(shortened(line, boxes.COVER_TEXT_SIZES[-1], 1.8 * boxes.COVER_TEXT.width)) for line in slide.lines
    )
    size = size_for(paragraphs, boxes.COVER_TEXT, boxes.COVER_TEXT_SIZES) or boxes.COVER_TEXT_SIZES[-1]
    title = _title(slide.title, boxes.COVER_TITLE, boxes.COVER_SIZES)
    return [Page("cover", slide.title, (title, PlacedText("text", boxes.COVER_TEXT, paragraphs, size)), slide.notes)]


@_place.register
def _text(slide: TextSlide) -> list[Page]:
    callout = _callout(slide.callout, slide.callout_name)
    used = callout.box.height + boxes.GAP if callout else 0.0
    where = (boxes.BODY,) if len(slide.columns) == 1 else (boxes.LEFT, boxes.RIGHT)
    columns = [
        pages_of(column, box.above(used), boxes.BODY_SIZES) for column, box in zip(slide.columns, where, strict=True)
    ]
    size = min(size for column in columns for _, size in column)
    roles: tuple[Role, ...] = ("text", "second")
    made = []
    for texts in zip_longest(*([text for text, _ in column] for column in columns), fillvalue=()):
        parts = [
            PlacedText(role, box.above(used), text, size)
            for role, box, text in zip(roles, where, texts, strict=False)
            if text
        ]
        ends = (callout,) if callout else ()
        layout: Layout = "columns" if len(parts) == 2 else "text"
        made.append(Page(layout, slide.title, (*_heads(slide), *parts, *ends), slide.notes))
    return made


def _callout(paragraphs: tuple[Paragraph, ...], name: str) -> PlacedText | None:
    if not paragraphs:
        return None
    inside = boxes.BODY.width - 2 * boxes.CALLOUT_PADDING
    room = Box(0, 0, inside, boxes.CALLOUT_HEIGHT)
    size = size_for(paragraphs, room, boxes.CALLOUT_SIZES) or boxes.CALLOUT_SIZES[-1]
    height = height_of(paragraphs, size, inside) + 2 * boxes.CALLOUT_PADDING
    return PlacedText("callout", boxes.BODY.below(boxes.BODY.height - height), paragraphs, size, name)


@_place.register
def _radar(slide: RadarSlide) -> list[Page]:
    beside = pages_of(slide.beside, boxes.BESIDE_RADAR, boxes.BESIDE_SIZES)
    text, size = beside[0]
    radar, words = (
        PlacedRadar(boxes.RADAR, slide),
        PlacedText("free", boxes.BESIDE_RADAR, text, size, "Beside the radar"),
    )
    more = [
        Page("text", slide.title, (*_heads(slide), PlacedText("text", boxes.BODY, text, size)), slide.notes)
        for text, size in beside[1:]
    ]
    return [Page("title", slide.title, (*_heads(slide), radar, words), slide.notes), *more]


@_place.register
def _table(slide: TableSlide) -> list[Page]:
    intro_size = boxes.INTRO_SIZE
    intro_height = height_of(slide.intro, intro_size, boxes.BODY.width) if slide.intro else 0.0
    box = boxes.BODY.below(intro_height + boxes.GAP if slide.intro else 0.0)
    intro = (
        (
            PlacedText(
                "free",
                Box(box.left, boxes.BODY.top, box.width, intro_height),
                slide.intro,
                intro_size,
                "Above the table",
            ),
        )
        if slide.intro
        else ()
    )
    return [
        Page("title", slide.title, (*_heads(slide), *intro, placed), slide.notes)
        for placed in _placed_tables(slide, box)
    ]


def _placed_tables(slide: TableSlide, box: Box) -> Iterator[PlacedTable]:
    """Over as few slides as the least size takes, in the largest size that takes no more."""
    whole = [size for size in boxes.TABLE_SIZES if _keeps_words_whole(slide, box, size)]
    by_size = {size: _heights(slide, box, size) for size in whole or boxes.TABLE_SIZES[-1:]}
    fewest = min(len(_cuts(heights[1:], box.height - heights[0])) for heights in by_size.values())
    size, heights = next(
        (size, heights)
        for size, heights in by_size.items()
        if len(_cuts(heights[1:], box.height - heights[0])) == fewest
    )
    for start, end in _even_cuts(heights[1:], box.height - heights[0]):
        rows = replace(slide, rows=slide.rows[start:end])
        yield PlacedTable(box, rows, size, (heights[0], *heights[1 + start : 1 + end]))


def _keeps_words_whole(slide: TableSlide, box: Box, size: int) -> bool:
    rows = [tuple((Paragraph("", lead=name),) for name in slide.head), *slide.rows]
    columns = [part * box.width - 2 * boxes.CELL_SIDE for part in slide.widths]
    return all(longest_word(cell, size) <= width for row in rows for cell, width in zip(row, columns, strict=True))


def _heights(slide: TableSlide, box: Box, size: int) -> list[float]:
    """Of the head and every row."""
    columns = [part * box.width for part in slide.widths]
    head = tuple((Paragraph("", lead=name),) for name in slide.head)
    rows = [max(slide.row_height, row_height(row, columns, size)) for row in slide.rows]
    return [row_height(head, columns, size), *rows]


def _even_cuts(heights: Sequence[float], room: float) -> list[tuple[int, int]]:
    """Over as few slides as it takes, each about as full as the others."""
    fewest = len(_cuts(heights, room))
    at_least = int(sum(heights) / fewest)
    return next(cuts for limit in (*range(at_least, int(room)), room) if len(cuts := _cuts(heights, limit)) == fewest)


def _cuts(heights: Sequence[float], room: float) -> list[tuple[int, int]]:
    cuts, start, used = [], 0, 0.0
    for end, height in enumerate(heights):
        if used + height > room and end > start:
            cuts.append((start, end))
            start, used = end, 0.0
        used += height
    return [*cuts, (start, len(heights))]
