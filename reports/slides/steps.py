"""Slides of the seven steps: three to start with, the other four, and what others can learn."""

from django.utils.translation import gettext as _

from reports.contents import ActionText, Report, StepText
from reports.slides.deck import Paragraph, Slide, TableSlide, TextSlide, cell


def first_step_slides(report: Report) -> list[Slide]:
    return [_overview(report), *(_step(step) for step in report.first_steps)]


def step_name(step: StepText) -> str:
    return _("Step %(number)s. %(name)s: %(line)s") % {"number": step.number, "name": step.name, "line": step.line}


def _level(step: StepText) -> str:
    return f"{step.level} ({step.score})"


def _overview(report: Report) -> Slide:
    choose = _(
        "Here they follow the order of the seven steps. "
        "Choose one together: you will gain more than from three at once."
    )
    steps = (Paragraph(step.why, "bullet", f"{step_name(step)}.") for step in report.first_steps)
    return TextSlide(
        title=_("Three steps to start with"),
        columns=((*steps, Paragraph(f"{report.order} {choose}")),),
        notes=report.minute.caution,
    )


def _step(step: StepText) -> Slide:
    why = (
        Paragraph("", lead=_level(step)),
        Paragraph(_("Why this step?"), "heading"),
        Paragraph(step.why),
        Paragraph(step.meaning),
    )
    actions = (
        Paragraph(_("What you can do"), "heading"),
        *(Paragraph(action.what, "bullet", f"{action.moment}.") for action in step.actions),
    )
    return TextSlide(
        title=step_name(step),
        columns=(why, actions),
        callout=(Paragraph(step.question, lead=_("To talk about:")),),
        notes="\n".join(_in_full(action) for action in step.actions),
    )


def _in_full(action: ActionText) -> str:
    """Who does an action, when, and how one can tell: for the notes."""
    sign = _("You can tell it is working when %(sign)s") % {"sign": action.sign}
    return f"{action.moment}. {_('Who:')} {action.who}. {_('When:')} {action.when}. {sign}"


def other_step_slides(report: Report) -> list[Slide]:
    return [
        TableSlide(
            title=_("The other four steps"),
            name="Other steps",
            head=(_("Step"), _("Score"), _("To talk about")),
            rows=tuple(
                (cell(step.line, lead=f"{step.number}. {step.name}"), cell(_level(step)), cell(step.question))
                for step in report.other_steps
            ),
            widths=(0.36, 0.2, 0.44),
            message=_("The other four steps"),
        )
    ]


def share_slides(report: Report) -> list[Slide]:
    """What this unit is strong in, and what to talk about then."""
    title = _("What you can build on") if report.is_root else _("What others can learn from you")
    told = [
        paragraph
        for sentence, question in report.share
        for paragraph in (Paragraph(sentence), Paragraph(question, "bullet", _("To talk about:")))
    ]
    return [TextSlide(title, (tuple(told),))] if told else []
