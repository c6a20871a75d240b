"""The slides to talk with: they are the same for every unit, and hold no figures."""

from django.utils.translation import gettext as _

from reports.conversation import (
    Conversation,
    agree,
    beside_wider_picture,
    conversation,
    read_slide_aloud,
    who_said_what,
)
from reports.slides.deck import Paragraph, Slide, TableSlide, TextSlide, cell

AGREEMENTS = 3
AGREEMENT_HEIGHT = 104.0


def conversation_slides(*, has_own_figures: bool) -> list[Slide]:
    talk = conversation(read_slide_aloud() if has_own_figures else beside_wider_picture())
    return [_hour(talk), _care(talk), _agreements()]


def _hour(talk: Conversation) -> Slide:
    return TableSlide(
        title=_("Talk about it: one hour"),
        name="Talk",
        head=(_("Minutes"), _("What you do")),
        rows=tuple((cell(minutes), cell(text)) for minutes, text in talk.hour),
        widths=(0.12, 0.88),
        message=_("A conversation of one hour in five parts"),
        figures=frozenset({0}),
        notes=who_said_what(),
    )


def _care(talk: Conversation) -> Slide:
    return TextSlide(
        title=_("How we talk about this"),
        columns=tuple((Paragraph(heading, "heading"), Paragraph(text)) for heading, text in talk.cautions),
    )


def _agreements() -> Slide:
    empty = tuple(cell("") for _column in range(4))
    return TableSlide(
        title=_("Our agreements"),
        name="Agreements",
        head=(_("Who"), _("What"), _("When"), _("How we can tell it is working")),
        rows=(empty,) * AGREEMENTS,
        widths=(0.18, 0.34, 0.16, 0.32),
        message=_("Room for three agreements"),
        row_height=AGREEMENT_HEIGHT,
        notes=agree(),
    )
