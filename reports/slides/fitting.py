"""How much room a text takes, and in which size and over how many slides it fits.

A line is reckoned at 1.2 times its size, which is what PowerPoint takes for Arial and a little more than LibreOffice
does. A letter whose width is not known counts as wide as it is high.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from reports.slides import boxes, widths
from reports.slides.boxes import Box
from reports.slides.deck import Cell, Paragraph

LINE = 1.2
AFTER = 0.4
"""Under a paragraph, in parts of its size."""
Paragraphs = Sequence[Paragraph]


@cache
def _letters(*, bold: bool) -> dict[str, float]:
    table = widths.BOLD if bold else widths.REGULAR
    return {letter: width / 1000 for width, letters in table.items() for letter in letters}


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    known = _letters(bold=bold)
    return size * sum(known.get(letter, 1.0) for letter in text)


def line_count(lengths: Sequence[float], space: float, width: float, size: float) -> int:
    """Of words this long, broken between words, and inside a word only when that is wider than a line."""
    lines, used = 1, 0.0
    for length in lengths:
        if used and used + space + length <= width:
            used += space + length
            continue
        lines += 1 if used else 0
        # A letter that does not fit goes to the next line whole: reckon each line of a long word a letter shorter.
        more = math.ceil(length / (width - size)) - 1 if length > width else 0
        lines, used = lines + more, width if more else length
    return lines


def height_of(paragraphs: Paragraphs, size: float, width: float) -> float:
    """Without room under the last one."""
    heights = [_paragraph_height(paragraph, size, width) for paragraph in paragraphs]
    return sum(heights) + AFTER * size * max(0, len(heights) - 1)


def longest_word(paragraphs: Paragraphs, size: float) -> float:
    return max((length for paragraph in paragraphs for length in _lengths(paragraph, size)), default=0.0)


def _lengths(paragraph: Paragraph, size: float) -> list[float]:
    """Of its words."""
    bold = [width_of(word, size, bold=True) for word in paragraph.lead.split()]
    return bold + [width_of(word, size, bold=paragraph.kind == "heading") for word in paragraph.text.split()]


def _paragraph_height(paragraph: Paragraph, size: float, width: float) -> float:
    room = width - (boxes.INDENT if paragraph.kind == "bullet" else 0)
    return LINE * size * line_count(_lengths(paragraph, size), width_of(" ", size, bold=True), room, size)


def size_for(paragraphs: Paragraphs, box: Box, sizes: Sequence[int]) -> int | None:
    """The largest of these sizes in which it fits; None: in none of them."""
    return next((size for size in sizes if height_of(paragraphs, size, box.width) <= box.height), None)


def pages_of(paragraphs: Paragraphs, box: Box, sizes: Sequence[int]) -> list[tuple[tuple[Paragraph, ...], int]]:
    """The text over as many slides as it takes, each with its size. One slide when it can."""
    size = size_for(paragraphs, box, sizes)
    if size:
        return [(tuple(paragraphs), size)]
    least = sizes[-1]
    pages: list[list[Paragraph]] = [[]]
    for paragraph in _pieces(paragraphs, least, box):
        if pages[-1] and height_of([*pages[-1], paragraph], least, box.width) > box.height:
            pages.append([pages[-1].pop()] if len(pages[-1]) > 1 and pages[-1][-1].kind == "heading" else [])
        pages[-1].append(paragraph)
    return [(tuple(page), least) for page in pages]


def _pieces(paragraphs: Paragraphs, size: float, box: Box) -> list[Paragraph]:
    """A paragraph that is higher than a slide is cut between its words."""
    found: list[Paragraph] = []
    for paragraph in paragraphs:
        rest = paragraph
        while height_of([rest], size, box.width) > box.height and (end := _end_of_page(rest, size, box)):
            found.append(replace(rest, text=rest.text[:end]))
            rest = Paragraph(rest.text[end:].lstrip(), "text")
        found.append(rest)
    return found


def _end_of_page(paragraph: Paragraph, size: float, box: Box) -> int:
    """Where the last word ends that still fits; 0: nowhere."""
    ends = [found.start() for found in re.finditer(" ", paragraph.text)]
    fits = [
        end for end in ends if height_of([replace(paragraph, text=paragraph.text[:end])], size, box.width) <= box.height
    ]
    return max(fits, default=0)


def row_height(cells: Sequence[Cell], column_widths: Sequence[float], size: float) -> float:
    inside = [
        height_of(one, size, width - 2 * boxes.CELL_SIDE) for one, width in zip(cells, column_widths, strict=True)
    ]
    return max(inside) + 2 * boxes.CELL_ENDS


def shortened(text: str, size: float, width: float) -> str:
    """As much of it as stands on one line."""
    if width_of(text, size) <= width:
        return text
    room = width - width_of("…", size)
    end = len(text)
    while end and width_of(text[:end], size) > room:
        end -= 1
    return text[:end].rstrip() + "…"
