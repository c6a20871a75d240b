"""The slides of one unit, for a meeting of one hour: what the report says, and what to do with it."""

from django.utils import translation
from django.utils.translation import gettext as _

from reports.contents import Report
from reports.published import Published, PublishedUnit, ShownUnit
from reports.report import build_report, read_report
from reports.report.provenance import period
from reports.slides.conversation import conversation_slides
from reports.slides.deck import Cover, Deck, Paragraph, Slide, TextSlide, bullets, labelled
from reports.slides.standing_out import question_slides, sentences_slide, standing_out_slides
from reports.slides.steps import first_step_slides, other_step_slides, share_slides, step_name
from reports.slides.themes import theme_slides
from reports.wording import hidden_text, nothing_shown_text


def deck_of(published: Published, unit: PublishedUnit, language: str) -> Deck:
    """All that goes into the slides of this unit; of a hidden one with the figures of the group above it."""
    with translation.override(language):
        figures = published.figures_for(unit)
        report = _report(published, unit, figures, language) if figures else None
        name = unit.name if published.parents[unit.id] else published.round.organisation.name
        title = published.round.title
        return Deck(
            title=f"{name} · {title}",
            subject=_("Report of a learning-organisation scan"),
            language=language,
            footer=f"{_('Not meant for judging people')} · {name} · {title}",
            day=published.release.content["last_day"],
            slides=(_cover(published, unit, name), *_slides(published, unit, report)),
        )


def _report(published: Published, unit: PublishedUnit, figures: ShownUnit, language: str) -> Report:
    """What changed since an earlier scan is the unit's own: a hidden one has none."""
    return (read_report if unit == figures else build_report)(published, figures, language)


def _cover(published: Published, unit: PublishedUnit, name: str) -> Slide:
    organisation = published.round.organisation.name
    lines = [f"{published.round.title} · {period(published.release)}", _("Slides for a conversation of one hour")]
    if unit.path and unit.path != name:
        lines.insert(0, unit.path)
    if name != organisation:
        lines.insert(0, organisation)
    return Cover(name, tuple(lines), notes=_("Share these slides only with the people they are about."))


def _slides(published: Published, unit: PublishedUnit, report: Report | None) -> list[Slide]:
    if isinstance(unit, ShownUnit) and report:
        return _of_shown(published, unit, report)
    return _of_hidden(published, unit, report)


def _of_shown(published: Published, unit: ShownUnit, report: Report) -> list[Slide]:
    return [
        _minute(report),
        *_themes(report),
        *standing_out_slides(report.stands_out),
        *_steps(report),
        *share_slides(report),
        *conversation_slides(has_own_figures=True),
        _reading(report.k, report),
        *_remarks(report),
        *question_slides(published, unit, report.stands_out),
    ]


def _of_hidden(published: Published, unit: PublishedUnit, above: Report | None) -> list[Slide]:
    """Nothing in them is about this unit but its name."""
    k = published.release.content["k"]
    text = (
        hidden_text(published.nearest_shown(unit), published.round.organisation.name)
        if unit.path
        else nothing_shown_text()
    )
    told: list[Slide] = [TextSlide(_("No separate results"), (_told(text, above),))]
    if above is None:
        return [*told, *conversation_slides(has_own_figures=False), _reading(k, None)]
    label = _("Figures of all of %(group)s") % {"group": above.unit}
    figures = [labelled(slide, label) for slide in [_minute(above), *_themes(above), *_steps(above)]]
    return [*told, *figures, *conversation_slides(has_own_figures=False), labelled(_reading(k, above), label)]


def _told(text: str, above: Report | None) -> tuple[Paragraph, ...]:
    if above is None:
        return (Paragraph(text),)
    whose = _(
        "From here on everything is about %(group)s as a whole. “You” means everybody there, not your department alone."
    ) % {"group": above.unit}
    return Paragraph(text), Paragraph(whose)


def _themes(report: Report) -> list[Slide]:
    return [
        *theme_slides(report, report.disciplines, "Disciplines"),
        *theme_slides(report, report.areas, "Areas"),
    ]


def _steps(report: Report) -> list[Slide]:
    return [*first_step_slides(report), *other_step_slides(report)]


def _remarks(report: Report) -> list[Slide]:
    """In the organisation's slides only, as in its report (R15)."""
    intro = _(
        "Remarks from the whole organisation, in no particular order. Somebody read them first and took out names."
    )
    return sentences_slide(_("In your own words"), report.remarks, intro)


def _minute(report: Report) -> Slide:
    minute = report.minute
    total = Paragraph(
        f"{minute.total.points} {minute.total_text}", lead=_("Learning capacity (all 40 questions together):")
    )
    themes = (
        Paragraph(_("Your strongest themes"), "heading"),
        *bullets(minute.strengths),
        Paragraph(_("Where you have most to gain"), "heading"),
        *bullets(minute.chances),
    )
    steps = (
        Paragraph(_("Three steps to start with"), "heading"),
        *bullets([step_name(step) for step in report.first_steps]),
    )
    return TextSlide(
        title=_("In one minute"),
        columns=(themes, steps),
        callout=(Paragraph(f"{minute.basis} {minute.same_as}".strip()), total),
        callout_name="Total",
        notes=minute.caution,
    )


def _reading(k: int, report: Report | None) -> Slide:
    """How privacy was kept, and how to read the figures, if there are any."""
    privacy = _(
        "There are results only of groups of at least %(k)s people. "
        "Answers of a smaller group count in a larger one where that is possible."
    ) % {"k": k}
    told = [privacy]
    if report:
        told += [
            report.margins,
            _(
                "If somebody skips a question, their own average on that theme counts instead; "
                "questionnaires with fewer than 30 answers do not count in any figure."
            ),
            _(
                "The answers of somebody who leads a department count one level up, "
                "together with those of other managers."
            ),
            _(
                "Scores outside 5 to 95 are written as “95 or higher” and “5 or lower”. "
                "Where few people answered, questions are given without figures or in bands."
            ),
        ]
    told.append(_("This report is not meant for judging people."))
    if report:
        told.append(f"{report.round_title}, {report.period}; {report.versions}.")
    return TextSlide(
        _("How we protect your privacy, and how to read the figures"),
        (bullets(told),),
    )
