"""Page 1: in one minute."""

from django.utils.translation import gettext as _

from questionnaires.questionnaire import DIMENSIONS
from reports import advice, wording
from reports.advice import ChosenStep
from reports.contents import Minute
from reports.report.steps import reason
from reports.report.subject import Subject

NAMED_THEMES = 2


def minute(subject: Subject, first: list[ChosenStep]) -> Minute:
    unit = subject.unit
    strengths = advice.highest(unit, DIMENSIONS, NAMED_THEMES)
    chances = [code for code in advice.lowest(unit, DIMENSIONS, NAMED_THEMES) if code not in strengths]
    total = unit.scores["total"]
    return Minute(
        basis=wording.basis(unit),
        same_as=wording.same_as(unit),
        strengths=[subject.theme_line(code) for code in strengths],
        chances=[subject.theme_line(code) for code in chances],
        steps=[(subject.step_name(step.number), reason(subject, step)) for step in first],
        caution=_("The answers give a picture; they do not judge anybody. Check it together before you decide."),
        total=subject.score_text(total),
        total_text=wording.explained(total),
    )
