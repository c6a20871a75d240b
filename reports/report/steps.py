"""The seven steps in words: three to start with, the other four, and what others can learn from this unit."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports import advice, wording
from reports.advice import ChosenStep
from reports.contents import ActionText, StepText
from reports.report.subject import Subject


def step_text(subject: Subject, chosen: ChosenStep) -> StepText:
    step = subject.published.questionnaire.step(chosen.number)
    text = subject.published.advice.steps[chosen.number, chosen.level]
    words = subject.words
    return StepText(
        number=chosen.number,
        name=words(step.name),
        line=words(step.line),
        level=wording.level_name(chosen.level),
        score=wording.points(subject.unit.scores[f"step{chosen.number}"]),
        why=reason(subject, chosen),
        meaning=words(text.meaning),
        actions=[
            ActionText(
                wording.moment_name(action.moment),
                words(action.who),
                words(action.what),
                words(action.when),
                words(action.sign),
            )
            for action in text.actions
        ],
        question=words(text.question),
    )


def reason(subject: Subject, step: ChosenStep) -> str:
    """Why this step: the questions that led to it, as far as they may be named, else its score and its themes."""
    if step.items:
        topics = wording.joined([subject.words(item.topic) for item in step.items])
        return ngettext(
            "You agreed less with the question about %(topics)s.",
            "You agreed less with the questions about %(topics)s.",
            len(step.items),
        ) % {"topics": topics}
    count = len(subject.published.questionnaire.items_of_step(step.number))
    scores = _(
        "Together, the %(count)s questions about this step score %(points)s; all 40 questions score %(total)s."
    ) % {
        "count": count,
        "points": wording.points(subject.unit.scores[f"step{step.number}"]),
        "total": wording.points(subject.unit.scores["total"]),
    }
    if not step.themes:
        return scores
    themes = wording.joined([subject.theme_name(code) for code in step.themes])
    return scores + " " + _("Several of them are about %(themes)s.") % {"themes": themes}


def order(first: list[ChosenStep]) -> str:
    """Whether the margins allow to say that these steps come first."""
    certain = [str(step.number) for step in first if step.is_certain]
    if len(certain) == len(first):
        return _("The questions about these three steps score clearly lower than all your questions together.")
    if not certain:
        return _(
            "The steps differ too little to put them in an order: which three score lowest may be chance. "
            "So choose what you recognise most, another step if need be."
        )
    return ngettext(
        "The questions about step %(steps)s score clearly lower than all your questions together. "
        "For the others that may be chance: choose what you recognise most.",
        "The questions about steps %(steps)s score clearly lower than all your questions together. "
        "For the other one that may be chance: choose what you recognise most.",
        len(certain),
    ) % {"steps": wording.joined(certain)}


def share(subject: Subject) -> list[tuple[str, str]]:
    """What others can learn: the themes that score clearly higher than elsewhere, and the strongest step."""
    unit, texts = subject.unit, subject.published.advice
    lines = []
    stronger = advice.stronger_than_rest(unit)
    if stronger:
        names = wording.joined([subject.theme_name(code) for code in stronger])
        sentence = ngettext(
            "Your score on %(themes)s is clearly higher than in the rest of the organisation.",
            "Your scores on %(themes)s are clearly higher than in the rest of the organisation.",
            len(stronger),
        ) % {"themes": names}
        lines.append((sentence, _("What do you do there that another department could try?")))
    number = advice.step_order(unit)[-1]
    if subject.is_root:
        sentence = _("Of the seven steps, you agreed most with the questions about “%(step)s”. Build on that.")
    else:
        sentence = _(
            "Of the seven steps, you agreed most with the questions about “%(step)s”. Tell another department how you "
            "do it, and ask what they would do differently. A strong step is not a finished one."
        )
    question = subject.words(texts.steps[number, "strength"].question)
    lines.append((sentence % {"step": subject.step_name(number)}, question))
    return lines
