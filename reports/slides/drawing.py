"""Placed slides as a PPTX. Heavy: python-pptx is imported here, and this by jobs and commands only."""

import io
from datetime import datetime, time

from django.utils.dateparse import parse_date
from pptx import Presentation
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.enum.text import MSO_AUTO_SIZE
from pptx.presentation import Presentation as Presented
from pptx.slide import Slide
from pptx.text.text import TextFrame
from pptx.util import Pt

from reports.slides import boxes
from reports.slides.deck import Deck
from reports.slides.fitting import shortened
from reports.slides.master import LAYOUTS
from reports.slides.placing import Page, PlacedTable, PlacedText
from reports.slides.radar import add_radar
from reports.slides.tables import add_table
from reports.slides.template import template
from reports.slides.writing import LANGUAGES, TAGS, add_number_field, clean, emu, fill_frame, put, write_plain

MOST = 255
_PLACEHOLDERS = {"text": 1, "second": 2, "label": 13}


def draw(deck: Deck, pages: list[Page]) -> bytes:
    presentation = Presentation(io.BytesIO(template()))
    language = LANGUAGES[deck.language]
    footer = shortened(clean(deck.footer), boxes.FOOTER_SIZE, 0.95 * boxes.FOOTER.width)
    for page in pages:
        _draw_page(presentation, page, footer, language)
    _describe(presentation, deck, language)
    out = io.BytesIO()
    presentation.save(out)
    return out.getvalue()


def _describe(presentation: Presented, deck: Deck, language: MSO_LANGUAGE_ID) -> None:
    day = parse_date(deck.day)
    if day is None:
        raise ValueError(deck.day)
    about = presentation.core_properties
    # A package holds no longer ones.
    about.title, about.subject = clean(deck.title)[:MOST], clean(deck.subject)[:MOST]
    about.author = "Leerscan"
    about.language, about.last_modified_by = TAGS[language], "Leerscan"
    about.created = about.modified = datetime.combine(day, time())


def _draw_page(presentation: Presented, page: Page, footer: str, language: MSO_LANGUAGE_ID) -> None:
    slide = presentation.slides.add_slide(presentation.slide_layouts[LAYOUTS.index(page.layout)])
    for part in page.parts:
        if isinstance(part, PlacedText):
            _add_text(slide, part, language)
        elif isinstance(part, PlacedTable):
            add_table(slide, part, language)
        else:
            add_radar(slide, part, language)
    _remove_empty(slide)
    if page.layout != "cover":
        _add_ends(slide, footer, language)
    if page.notes and (frame := slide.notes_slide.notes_text_frame) is not None:
        write_plain(frame, page.notes, language)


def _add_text(slide: Slide, part: PlacedText, language: MSO_LANGUAGE_ID) -> None:
    if part.role == "title":
        frame = slide.shapes.title.text_frame
    elif part.role in _PLACEHOLDERS:
        shape = next(one for one in slide.placeholders if one.placeholder_format.idx == _PLACEHOLDERS[part.role])
        put(shape, part.box)
        frame = shape.text_frame
    else:
        frame = _box(slide, part)
    fill_frame(frame, part.paragraphs, part.size, language)


def _box(slide: Slide, part: PlacedText) -> TextFrame:
    """A text outside the placeholders; a callout has a coloured ground."""
    shape = slide.shapes.add_textbox(*emu(part.box))
    shape.name = part.name
    frame = shape.text_frame
    frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE
    padding = Pt(boxes.CALLOUT_PADDING if part.role == "callout" else 0)
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = padding
    if part.role == "callout":
        shape.fill.solid()
        shape.fill.fore_color.theme_color = MSO_THEME_COLOR.BACKGROUND_2
    return frame


def _remove_empty(slide: Slide) -> None:
    """What a layout offers and this slide does not use."""
    for placeholder in list(slide.placeholders):
        if not placeholder.text_frame.text:
            placeholder.element.getparent().remove(placeholder.element)


def _add_ends(slide: Slide, footer: str, language: MSO_LANGUAGE_ID) -> None:
    """Footer and number: python-pptx leaves them to the layout, where they are not shown."""
    for placeholder in slide.slide_layout.placeholders:
        kind = placeholder.placeholder_format.type
        if kind not in (PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER):
            continue
        slide.shapes.clone_placeholder(placeholder)
        own = next(one for one in slide.placeholders if one.placeholder_format.type == kind)
        if kind == PP_PLACEHOLDER.FOOTER:
            write_plain(own.text_frame, footer, language)
        else:
            number = slide.part.package.presentation_part.presentation.slides.index(slide) + 1
            add_number_field(own.text_frame, number, language)
