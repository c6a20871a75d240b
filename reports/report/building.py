"""The report of a shown unit, put together."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from reports import advice, wording
from reports.changes import UnitChange
from reports.contents import Report
from reports.conversation import conversation, read_page_aloud
from reports.published import Published, ShownUnit
from reports.report import themes
from reports.report.minute import minute
from reports.report.provenance import period, versions
from reports.report.standing_out import standing_out
from reports.report.steps import order, share, step_text
from reports.report.subject import Subject


def build_report(
    published: Published,
    unit: ShownUnit,
    language: str,
    *,
    follows_theme: bool = False,
    change: UnitChange | None = None,
    remarks: Sequence[str] = (),
) -> Report:
    """The report of a shown unit. The language must be active; `follows_theme`: charts for a screen."""
    subject = Subject.of(published, unit, language, follows_theme=follows_theme)
    content = published.release.content
    first = advice.first_steps(published, unit)
    return Report(
        language=language,
        organisation=subject.organisation_name,
        unit=subject.own_name,
        path=unit.path,
        round_title=published.round.title,
        period=period(published.release),
        k=content["k"],
        talk=conversation(read_page_aloud()),
        versions=versions(published.release, published.questionnaire),
        minute=minute(subject, first),
        disciplines=themes.disciplines(subject),
        areas=themes.areas(subject),
        stands_out=standing_out(subject, change),
        first_steps=[step_text(subject, step) for step in first],
        order=order(first),
        other_steps=[step_text(subject, step) for step in advice.other_steps(published, unit)],
        share=share(subject),
        margins=_margins(subject),
        is_root=subject.is_root,
        knows_headcounts=content["knows_headcounts"],
        remarks=list(remarks),
    )


def _margins(subject: Subject) -> str:
    total = subject.unit.scores["total"]
    text = _(
        "The score is %(points)s. If everybody had taken part, it would probably lie between %(low)s and %(high)s. "
        "We mention a difference only when it is larger than chance would lead you to expect."
    ) % {"points": wording.points(total), "low": total.low, "high": total.high}
    if not subject.published.release.content["is_assumed"]:
        return text
    assumed = _(
        "There are too few questionnaires to compute the margins from; they rest on experience elsewhere "
        "(a spread of 20 points, a reliability of .70)."
    )
    return f"{text} {assumed}"
