"""Sentences about what is more than chance, and about how far people agree; in the language that is active."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from questionnaires.questionnaire import DISCIPLINES
from reports.wording import joined


def beside_own(verdict: str | None, code: str) -> str:
    """Of a theme beside the unit's other themes of that kind; empty where it may be chance."""
    if verdict is None:
        return ""
    kind = "discipline" if code in DISCIPLINES else "area"
    return {
        ("discipline", "higher"): _("Clearly higher than your other disciplines."),
        ("discipline", "lower"): _("Clearly lower than your other disciplines."),
        ("area", "higher"): _("Clearly higher than your other success areas."),
        ("area", "lower"): _("Clearly lower than your other success areas."),
    }[kind, verdict]


def beside_rest(verdict: str) -> str:
    return {
        "higher": _("Clearly higher than the rest of the organisation."),
        "lower": _("Clearly lower than the rest of the organisation."),
    }[verdict]


def themes_beside_own(names: str, verdict: str, code: str, count: int) -> str:
    """The themes of one kind that differ from the unit's others, in a sentence. `names`: already joined."""
    if code in DISCIPLINES:
        higher = ngettext(
            "%(names)s scores clearly higher than your other disciplines.",
            "%(names)s score clearly higher than your other disciplines.",
            count,
        )
        lower = ngettext(
            "%(names)s scores clearly lower than your other disciplines.",
            "%(names)s score clearly lower than your other disciplines.",
            count,
        )
    else:
        higher = ngettext(
            "%(names)s scores clearly higher than your other success areas.",
            "%(names)s score clearly higher than your other success areas.",
            count,
        )
        lower = ngettext(
            "%(names)s scores clearly lower than your other success areas.",
            "%(names)s score clearly lower than your other success areas.",
            count,
        )
    return (higher if verdict == "higher" else lower) % {"names": names}


def agreement_name(word: str) -> str:
    return {"one_mind": _("of one mind"), "varied": _("varied"), "divided": _("divided")}[word]


def where_answers_differ(names: Sequence[str]) -> str:
    """`names`: of the disciplines on which a group is divided."""
    if len(names) == len(DISCIPLINES):
        return _("The answers on all five disciplines differ; talk about where that comes from.")
    if not names:
        return _("On no discipline are your answers divided.")
    return _("The answers on %(names)s differ; talk about where that comes from.") % {"names": joined(names)}


def changed(names: str, verdict: str, count: int, earlier: str) -> str:
    """What is higher or lower than in an earlier scan. `names`: already joined; `earlier`: its title."""
    higher = ngettext(
        "%(names)s scores clearly higher than in “%(earlier)s”.",
        "%(names)s score clearly higher than in “%(earlier)s”.",
        count,
    )
    lower = ngettext(
        "%(names)s scores clearly lower than in “%(earlier)s”.",
        "%(names)s score clearly lower than in “%(earlier)s”.",
        count,
    )
    return (higher if verdict == "higher" else lower) % {"names": names, "earlier": earlier}


def unchanged(earlier: str) -> str:
    return _("There is no demonstrable change since “%(earlier)s”.") % {"earlier": earlier}


def who_answered(*, same_parts: bool) -> str:
    if same_parts:
        return _("Other people may have answered than last time.")
    return _("Other people may have answered than last time, and parts of the department have changed.")
