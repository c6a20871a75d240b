"""Sentences about change, in the language that is active. What may be said: measurement.md 6 and 7."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from questionnaires.questionnaire import Questionnaire
from reports.changes import ScoreChange
from reports.over_time.figures import CODES, TOTAL, UnitChanged
from reports.over_time.reasons import DIFFERS, HIDDEN, NEW
from reports.published import Score
from reports.wording import Words


def theme_names(questionnaire: Questionnaire, words: Words) -> dict[str, str]:
    """By code, the total first."""
    themes = {code: words(questionnaire.dimension(code).name) for code in CODES if code != TOTAL}
    return {TOTAL: _("Learning capacity (all 40 questions together)")} | themes


def change_text(changed: UnitChanged, earlier_title: str) -> str:
    """A sentence for a table or a report."""
    if changed.score is None:
        return _not_compared(changed.reason, earlier_title)
    text = _since(changed.score, earlier_title)
    return text if changed.same_parts else f"{text} {other_parts_text()}"


def _since(change: ScoreChange, title: str) -> str:
    if change.verdict is None:
        return _("No demonstrable change since “%(title)s”.") % {"title": title}
    points = abs(change.difference)
    values = {"title": title, "points": points, "margin": change.margin}
    if change.verdict == "higher":
        return (
            ngettext(
                "Demonstrably higher than in “%(title)s”: %(points)s point more (margin %(margin)s).",
                "Demonstrably higher than in “%(title)s”: %(points)s points more (margin %(margin)s).",
                points,
            )
            % values
        )
    return (
        ngettext(
            "Demonstrably lower than in “%(title)s”: %(points)s point less (margin %(margin)s).",
            "Demonstrably lower than in “%(title)s”: %(points)s points less (margin %(margin)s).",
            points,
        )
        % values
    )


def short_change(changed: UnitChanged | None, *, is_hidden: bool) -> str:
    """For a narrow table of many departments."""
    if is_hidden:
        return too_few_text()
    if changed is None or changed.score is None:
        return _("Cannot be compared.")
    change = changed.score
    if change.verdict is None:
        return _("No demonstrable change.")
    values = {"points": abs(change.difference), "margin": change.margin}
    if change.verdict == "higher":
        return _("Demonstrably higher: +%(points)s (margin %(margin)s).") % values
    return _("Demonstrably lower: −%(points)s (margin %(margin)s).") % values


def _not_compared(reason: str | None, title: str) -> str:
    """One text for every reason to hide, in whichever of both scans (R14)."""
    return {
        HIDDEN: _(
            "Cannot be compared with “%(title)s”: in one of both scans there were too few questionnaires to show."
        ),
        NEW: _("Cannot be compared with “%(title)s”: this department was not in it."),
        DIFFERS: _(
            "Cannot be compared with “%(title)s”: since then the department was divided or put together differently, "
            "or other departments were asked."
        ),
    }.get(reason or "", _("Cannot be compared with “%(title)s”.")) % {"title": title}


def other_parts_text() -> str:
    return _("Not all departments in these figures took part both times.")


def too_few_text() -> str:
    return _("Too few questionnaires to show.")


def no_access_text() -> str:
    return _("You do not have access to these results, or not yet.")


def other_questions_text() -> str:
    return _("Other questions were asked, so the scores cannot be compared.")


def not_there_text() -> str:
    return _("This department was not there in the same form, so there is nothing to compare.")


def short_points(score: Score) -> str:
    """For a chart and a narrow table: bounds as a sign (R9)."""
    return {"at_least": f"≥ {score.value}", "at_most": f"≤ {score.value}"}.get(score.kind, str(score.value))


def chart_text(theme: str, unit: str, figures: Sequence[tuple[str, str]], message: str) -> str:
    """What the chart says, for who cannot see it."""
    listed = "; ".join(f"{title}: {points}" for title, points in figures)
    return _("Line chart of %(theme)s, %(unit)s. %(figures)s. %(message)s All figures are in the table.") % {
        "theme": theme,
        "unit": unit,
        "figures": listed,
        "message": message,
    }
