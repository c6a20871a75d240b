"""Slides of what stands out, and of all questions as far as they may be shown (R5): in bands, or with their score."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from reports.contents import StandsOut
from reports.slides.conversation import who_said_what
from reports.slides.deck import Paragraph, Slide, TableSlide, TextSlide, bullets, cell


def standing_out_slides(found: StandsOut) -> list[Slide]:
    title = _("What stands out")
    if not found.highest and not found.lowest:
        text = _("No questions stand out: several share the highest and lowest scores.")
        return [TextSlide(title, ((Paragraph(text),),))]
    slides: list[Slide] = []
    intro = Paragraph(_("These questions scored highest and lowest, in the order of the questionnaire."))
    if found.highest:
        most = (Paragraph(_("You agreed most with"), "heading"), *bullets(found.highest))
        slides.append(TextSlide(_("What stands out: strengths"), ((intro, *most),), notes=who_said_what()))
    if found.lowest:
        rows = tuple((cell("", lead=text), cell(tip)) for text, tip in found.lowest)
        slides.append(
            TableSlide(
                title=_("What stands out: room to gain"),
                name="Lowest",
                head=(_("You agreed least with"), _("Tip")),
                rows=rows,
                widths=(0.44, 0.56),
                message=_("You agreed least with"),
                notes=who_said_what(),
            )
        )
    return slides


def sentences_slide(title: str, sentences: Sequence[str], notes: str = "") -> list[Slide]:
    """A slide with these sentences as bullets; none when there are none."""
    return [TextSlide(title, (bullets(sentences),), notes=notes)] if sentences else []


def pairs_slide(title: str, name: str, head: tuple[str, str], pairs: Sequence[tuple[str, str]]) -> list[Slide]:
    """A table of two columns: something, and in a few words how much of it; none when there is nothing."""
    if not pairs:
        return []
    rows = tuple((cell(what), cell(how)) for what, how in pairs)
    return [TableSlide(title, name, head, rows, (0.6, 0.4), message=title)]


def question_slides(found: StandsOut) -> list[Slide]:
    """All questions, to look something up in: behind the slides of the meeting."""
    if found.items:
        intro = _("These scores come from %(n)s questionnaires.") % {"n": found.items_n}
        pairs = [(row.text, row.points) for row in found.items]
        return [_questions(_("All questions, with their score"), "Items", intro, pairs)]
    if not found.bands:
        return []
    intro = _(
        "These bands come from %(n)s questionnaires. Within a band the questions follow the order of the questionnaire."
    ) % {"n": found.bands_n}
    pairs = [(text, band) for band, texts in found.bands for text in texts]
    return [_questions(_("All questions, in five bands"), "Bands", intro, pairs)]


def _questions(title: str, name: str, intro: str, pairs: Sequence[tuple[str, str]]) -> Slide:
    return TableSlide(
        title=title,
        name=name,
        head=(_("Question"), _("Score")),
        rows=tuple((cell(text), cell(figure)) for text, figure in pairs),
        widths=(0.82, 0.18),
        message=title,
        figures=frozenset({1}),
        intro=(Paragraph(intro),),
    )
