"""The key under which slides are kept: it depends on everything that they are made from, and takes no drawing."""

from jobs.files import key_of
from reports.published import Published, PublishedUnit
from reports.slides.outline import deck_of

RENDERER = "python-pptx 1.0.2, drawing 1"
"""Another number whenever the same texts are drawn in another way."""


def slides_key(published: Published, unit: PublishedUnit, language: str) -> str:
    return key_of(RENDERER, repr(deck_of(published, unit, language)))
