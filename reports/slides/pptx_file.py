"""The manager's report as slides. Heavy, as drawing.py is: for jobs and commands only."""

from django.utils import translation

from reports.published import Published, PublishedUnit
from reports.slides.drawing import draw
from reports.slides.outline import deck_of
from reports.slides.packing import packed
from reports.slides.placing import pages


def write_slides(published: Published, unit: PublishedUnit, language: str) -> bytes:
    """A PPTX; the same release and texts give the same bytes."""
    deck = deck_of(published, unit, language)
    with translation.override(language):
        return packed(draw(deck, pages(deck)))
