"""A table that can be edited, in the style of the theme."""

from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.slide import Slide
from pptx.table import _Cell
from pptx.util import Pt

from reports.slides import boxes
from reports.slides.deck import Paragraph
from reports.slides.placing import PlacedTable
from reports.slides.theme import TABLE_STYLE
from reports.slides.writing import describe, emu, fill_frame


def add_table(slide: Slide, placed: PlacedTable, language: MSO_LANGUAGE_ID) -> None:
    table, box = placed.table, placed.box
    left, top, width, _height = emu(box)
    rows = [tuple((Paragraph("", lead=name),) for name in table.head), *table.rows]
    frame = slide.shapes.add_table(len(rows), len(table.head), left, top, width, Pt(sum(placed.heights)))
    describe(frame, table.name, table.message)
    drawn = frame.table
    for style in frame.element.xpath(".//a:tableStyleId"):
        style.text = TABLE_STYLE
    drawn.horz_banding = False
    for number, part in enumerate(table.widths):
        drawn.columns[number].width = Pt(part * box.width)
    for at, (row, height) in enumerate(zip(rows, placed.heights, strict=True)):
        drawn.rows[at].height = Pt(height)
        for column, paragraphs in enumerate(row):
            one = drawn.cell(at, column)
            _set_margins(one)
            fill_frame(one.text_frame, paragraphs, placed.size, language)
            if column in table.figures:
                for paragraph in one.text_frame.paragraphs:
                    paragraph.alignment = PP_ALIGN.CENTER


def _set_margins(one: _Cell) -> None:
    one.margin_left = one.margin_right = Pt(boxes.CELL_SIDE)
    one.margin_top = one.margin_bottom = Pt(boxes.CELL_ENDS)
    one.vertical_anchor = MSO_ANCHOR.MIDDLE
