"""Sentences about figures, in the language that is active. What may be said: measurement.md 7."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from measurement.disclosure import Detail
from measurement.presentation import HIGHEST, LOWEST, MOST_TENTHS
from questionnaires.texts import Text
from reports.published import Score, ShownUnit

LEVEL_GAIN, LEVEL_STRENGTH = 50, 70


class Words:
    """Texts of the questionnaire and the advice in one language, with the organisation's own words."""

    def __init__(self, language: str, own: Mapping[str, Mapping[str, str]]) -> None:
        self.language = language
        self._own = own

    def __call__(self, text: Text) -> str:
        return text.in_language(self.language, self._own)


def level(score: Score) -> str:
    """gain, under_way or strength; where the margin crosses a limit the middle one (sources.md, S1)."""
    if score.high < LEVEL_GAIN:
        return "gain"
    return "strength" if score.low >= LEVEL_STRENGTH else "under_way"


def level_name(code: str) -> str:
    return {"gain": _("Room to gain"), "under_way": _("On the way"), "strength": _("A strength")}[code]


def points(score: Score) -> str:
    """The figure as it is printed (R9)."""
    if score.kind == "at_least":
        return _("%(points)s or higher") % {"points": score.value}
    if score.kind == "at_most":
        return _("%(points)s or lower") % {"points": score.value}
    return str(score.value)


def item_points(value: int) -> str:
    """An item's whole points; 5 and 95 stand for all beyond them too."""
    if value >= HIGHEST:
        return _("%(points)s or higher") % {"points": HIGHEST}
    if value <= LOWEST:
        return _("%(points)s or lower") % {"points": LOWEST}
    return str(value)


def margin(score: Score) -> str:
    return _("%(low)s to %(high)s") % {"low": score.low, "high": score.high}


def share_of_people(tenths: int | None) -> str:
    """Of how many ticked something, or did not know (R10)."""
    if tenths is None:
        return _("fewer than 3 people")
    if tenths == 0:
        return _("under 10%%") % {}
    if tenths == MOST_TENTHS:
        return _("about 90%% or more") % {}
    return _("about %(percent)s%%") % {"percent": 10 * tenths}


def joined(parts: Sequence[str]) -> str:
    """A, b and c."""
    if len(parts) < 2:
        return "".join(parts)
    return _("%(first)s and %(last)s") % {"first": ", ".join(parts[:-1]), "last": parts[-1]}


def explained(score: Score) -> str:
    """Between which two answers a score lies, with its margin: 58 is between "neither" and "agree"."""
    names = (
        _("strongly disagree"),
        _("disagree"),
        _("neither agree nor disagree"),
        _("agree"),
        _("strongly agree"),
    )
    values = {"low": score.low, "high": score.high}
    lower, rest = divmod(score.value, 25)
    if rest == 0:
        return _("(on average “%(answer)s”; margin %(low)s to %(high)s)") % {"answer": names[lower], **values}
    return _("(between “%(lower)s” and “%(upper)s”; margin %(low)s to %(high)s)") % {
        "lower": names[lower],
        "upper": names[lower + 1],
        **values,
    }


def basis(unit: ShownUnit) -> str:
    """How many questionnaires the figures hold, and the response in words (R13)."""
    held = ngettext(
        "These figures come from %(n)s questionnaire.", "These figures come from %(n)s questionnaires.", unit.n
    ) % {"n": unit.n}
    if unit.invited is None:
        return (
            held + " " + _("We do not know how many people were invited, so we cannot say anything about the response.")
        )
    invited = ngettext("%(count)s person was invited.", "%(count)s people were invited.", unit.invited) % {
        "count": unit.invited
    }
    if unit.response is None:
        return f"{held} {invited}"
    return f"{held} {invited} {response_words(unit.response)}"


def response_words(code: str) -> str:
    return {
        "nearly_everyone": _("Nearly everyone answered."),
        "clear_majority": _("A clear majority answered."),
        "about_half": _("About half answered: be careful with conclusions."),
        "minority": _("A minority answered: use the figures to open the conversation, not to decide."),
    }[code]


def same_as(unit: ShownUnit) -> str:
    """Empty unless these are the answers of one unit below (R14)."""
    if unit.same_as is None:
        return ""
    return _("These are the answers of %(unit)s.") % {"unit": unit.same_as}


def nothing_shown_text() -> str:
    """For the organisation as a whole: then no department has results either (R14)."""
    return _(
        "We do not show results of this scan: too few questionnaires were filled in. This way nobody can be recognised."
    )


def hidden_text(above: ShownUnit | None, organisation: str) -> str:
    """One text for every reason to hide (R14), but for the name of the group above, where its picture follows."""
    first = _(
        "We do not show separate results for this department: too few questionnaires were filled in. "
        "This way nobody can be recognised. Where possible the answers count in a larger group."
    )
    if above is None:
        return first
    further = _(
        "You can still work on this: below you find the wider picture, that of %(group)s, and with the discussion "
        "guide you can talk through in an hour what you recognise yourselves."
    ) % {"group": above.name if above.path else organisation}
    return f"{first} {further}"


def moment_name(code: str) -> str:
    return {
        "two_weeks": pgettext("moment of an action", "Within two weeks"),
        "rhythm": pgettext("moment of an action", "In your routine"),
        "structural": pgettext("moment of an action", "For good"),
    }[code]


def detail_text(detail: Detail) -> str:
    """What a report of this detail holds, in a few words."""
    if not detail.is_shown:
        return _("no report")
    if "items" in detail.levels:
        return _("everything")
    return _("themes and questions") if "bands" in detail.levels else _("themes")
