"""Slides of what stands out, and of all questions as far as they may be shown (R5): in bands, or with their score."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from reports import wording
from reports.contents import StandsOut
from reports.conversation import who_said_what
from reports.published import Published, ShownUnit
from reports.slides.deck import Paragraph, Slide, TableSlide, TextSlide, bullets, cell


def standing_out_slides(found: StandsOut) -> list[Slide]:
    return [
        *_themes(found),
        *_named(found),
        *_agreement(found),
        *_obstacles(found),
        *_dont_know(found),
    ]


def _themes(found: StandsOut) -> list[Slide]:
    """Themes beside each other, and beside the scan before."""
    since = _("Since the scan before this one")
    if not found.themes:
        return sentences_slide(since, found.change)
    changes = (Paragraph(since, "heading"), *bullets(found.change)) if found.change else ()
    themes = (*bullets(found.themes), *changes)
    return [TextSlide(_("What stands out: themes"), (themes,), notes=who_said_what())]


def sentences_slide(title: str, sentences: Sequence[str], intro: str = "") -> list[Slide]:
    """A slide with these sentences as bullets; none when there are none."""
    begin = (Paragraph(intro),) if intro else ()
    return [TextSlide(title, ((*begin, *bullets(sentences)),), notes=who_said_what())] if sentences else []


def _named(found: StandsOut) -> list[Slide]:
    if not found.highest and not found.lowest:
        text = _("No questions stand out: several share the highest and lowest scores.")
        return [TextSlide(_("What stands out: questions"), ((Paragraph(text),),))]
    slides: list[Slide] = []
    intro = Paragraph(_("These questions scored highest and lowest, in the order of the questionnaire."))
    if found.highest:
        most = (Paragraph(_("You agreed most with"), "heading"), *bullets(found.highest))
        slides.append(TextSlide(_("What stands out: strengths"), ((intro, *most),), notes=who_said_what()))
    if found.lowest:
        rows = tuple((cell("", lead=text), cell(tip)) for text, tip in found.lowest)
        head = (_("You agreed least with"), _("Tip"))
        slides.append(
            TableSlide(
                _("What stands out: room to gain"),
                "Lowest",
                head,
                rows,
                (0.44, 0.56),
                message=head[0],
                notes=who_said_what(),
            )
        )
    return slides


def _agreement(found: StandsOut) -> list[Slide]:
    head = (_("Discipline"), _("Answers"))
    intro = f"{found.agreement_text} {_from(found)}"
    return _pairs(_("How far you agree with each other"), "Agreement", head, found.agreement, intro)


def _obstacles(found: StandsOut) -> list[Slide]:
    head = (_("Obstacle"), _("Ticked by"))
    return _pairs(_("What gets in the way of learning"), "Obstacles", head, found.obstacles, _from(found))


def _from(found: StandsOut) -> str:
    return _("This comes from %(n)s questionnaires; everybody could tick up to three obstacles.") % {"n": found.words_n}


def _dont_know(found: StandsOut) -> list[Slide]:
    intro = _(
        "To these questions many of you answered “don't know”. Perhaps it is not visible, or it has not been talked "
        "about yet."
    )
    return sentences_slide(_("Hard to say for many"), [f"{text} ({share})" for text, share in found.dont_know], intro)


def _pairs(title: str, name: str, head: tuple[str, str], pairs: Sequence[tuple[str, str]], intro: str) -> list[Slide]:
    """A table of two columns: something, and in a few words how much of it; none when there is nothing."""
    if not pairs:
        return []
    rows = tuple((cell(what), cell(how)) for what, how in pairs)
    widths, begin = (0.66, 0.34), (Paragraph(intro.strip()),)
    return [TableSlide(title, name, head, rows, widths, message=title, intro=begin, notes=who_said_what())]


def question_slides(published: Published, unit: ShownUnit, found: StandsOut) -> list[Slide]:
    """All questions, to look something up in: behind the slides of the meeting."""
    if found.items:
        intro = _("These scores come from %(n)s questionnaires.") % {"n": found.items_n}
        divided = _divided(published, unit)
        if any(divided):
            intro += " " + _(
                "Below each question stands how the answers are divided, from “strongly disagree” to “strongly agree”."
            )
        rows = [
            (cell(shares, lead=row.text), cell(row.points)) for row, shares in zip(found.items, divided, strict=True)
        ]
        return [_questions(_("All questions, with their score"), "Items", intro, rows)]
    if not found.bands:
        return []
    intro = _(
        "These bands come from %(n)s questionnaires. Within a band the questions follow the order of the questionnaire."
    ) % {"n": found.bands_n}
    rows = [(cell(text), cell(band)) for band, texts in found.bands for text in texts]
    return [_questions(_("All questions, in five bands"), "Bands", intro, rows)]


def _divided(published: Published, unit: ShownUnit) -> list[str]:
    """Of each question with a score, in the order of the questionnaire; empty where that may not be shown."""
    items = unit.items
    shown = [item.id for item in published.questionnaire.items if items and item.id in items.values]
    tenths = [items.distribution.get(item_id, ()) if items else () for item_id in shown]
    return [" · ".join(wording.share_of_people(share) for share in shares) for shares in tenths]


def _questions(title: str, name: str, intro: str, rows: Sequence[tuple[tuple[Paragraph, ...], ...]]) -> Slide:
    return TableSlide(
        title=title,
        name=name,
        head=(_("Question"), _("Score")),
        rows=tuple(rows),
        widths=(0.82, 0.18),
        message=title,
        figures=frozenset({1}),
        intro=(Paragraph(intro),),
    )
