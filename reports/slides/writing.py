"""Texts of slides, written with python-pptx: cleaned, in a size and in a language."""

import re
from collections.abc import Sequence

from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.shapes.base import BaseShape
from pptx.text.text import TextFrame, _Paragraph
from pptx.util import Emu, Pt

from charts.svg import NO_XML
from reports.slides.boxes import Box
from reports.slides.deck import Paragraph
from reports.slides.fitting import AFTER
from reports.slides.master import NUMBER_FIELD

LANGUAGES = {"nl": MSO_LANGUAGE_ID.DUTCH, "en": MSO_LANGUAGE_ID.ENGLISH_UK}
TAGS = {MSO_LANGUAGE_ID.DUTCH: "nl-NL", MSO_LANGUAGE_ID.ENGLISH_UK: "en-GB"}


def clean(text: str) -> str:
    """On one line, without what XML has no place for."""
    return re.sub(r"\s+", " ", NO_XML.sub("", text)).strip()


def emu(box: Box) -> tuple[Emu, Emu, Emu, Emu]:
    return Pt(box.left), Pt(box.top), Pt(box.width), Pt(box.height)


def put(shape: BaseShape, box: Box) -> None:
    shape.left, shape.top, shape.width, shape.height = emu(box)


def describe(shape: BaseShape, name: str, message: str) -> None:
    """The name of a table or chart, and the text for who cannot see it."""
    shape.name = name
    properties = shape.element.xpath(".//p:cNvPr")[0]
    properties.set("descr", clean(message))


def fill_frame(frame: TextFrame, paragraphs: Sequence[Paragraph], size: float, language: MSO_LANGUAGE_ID) -> None:
    for number, paragraph in enumerate(paragraphs):
        target = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        _fill(target, paragraph, size, language)
        if number < len(paragraphs) - 1:
            target.space_after = Pt(AFTER * size)


def _fill(target: _Paragraph, paragraph: Paragraph, size: float, language: MSO_LANGUAGE_ID) -> None:
    if paragraph.kind == "bullet":
        target.level = 1
    lead, text = clean(paragraph.lead), clean(paragraph.text)
    if lead:
        _run(target, f"{lead} " if text else lead, size, language, is_bold=True)
    if text or not lead:
        run_is_heading = paragraph.kind == "heading"
        _run(target, text, size, language, is_bold=run_is_heading, is_heading=run_is_heading)


def _run(
    target: _Paragraph, text: str, size: float, language: MSO_LANGUAGE_ID, *, is_bold: bool, is_heading: bool = False
) -> None:
    run = target.add_run()
    run.text = text
    run.font.size = Pt(size)
    run.font.language_id = language
    if is_bold:
        run.font.bold = True
    if is_heading:
        run.font.color.theme_color = MSO_THEME_COLOR.TEXT_2


def write_plain(frame: TextFrame, text: str, language: MSO_LANGUAGE_ID) -> None:
    """A line for each line of the text, in the style that its place has."""
    for number, line in enumerate(text.split("\n")):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        run = paragraph.add_run()
        run.text = clean(line)
        run.font.language_id = language


def add_number_field(frame: TextFrame, number: int, language: MSO_LANGUAGE_ID) -> None:
    """The number of a slide, which follows when slides are moved."""
    field = NUMBER_FIELD.format(attributes=f' lang="{TAGS[language]}"', number=number)
    field = parse_xml(field.replace("<a:fld", f"<a:fld {nsdecls('a')}", 1))
    frame.paragraphs[0]._p.insert(0, field)  # noqa: SLF001 -- python-pptx knows no fields
