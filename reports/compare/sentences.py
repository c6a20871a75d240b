"""Sentences about differences, in the language that is active. What may be said: measurement.md 6 and 7.

A difference is claimed only where the release says "higher" or "lower" (R17): that was tested over all units and themes
together, each unit against the rest of the organisation. Two units are not tested against each other, so of two units
nothing is ever said together.
"""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.compare.reading import HIGHER, LOWER, ComparedUnit
from reports.published import Rest
from reports.wording import joined

MINUS = "−"
ARROWS = {HIGHER: "▲", LOWER: "▼"}
NAMES = 3
"""Departments are named up to so many; of more, the number is told."""


def signed(difference: int) -> str:
    if difference == 0:
        return "0"
    return f"+{difference}" if difference > 0 else f"{MINUS}{-difference}"


def with_margin(rest: Rest) -> str:
    return f"{signed(rest.difference)} ± {rest.margin}"


def verdict(code: str | None) -> str:
    if code is None:
        return _("no demonstrable difference")
    return {HIGHER: _("demonstrably higher"), LOWER: _("demonstrably lower")}[code]


def basis(unit: ComparedUnit) -> str:
    """How many questionnaires the figures hold; those of a child alone say so."""
    held = ngettext("%(n)s questionnaire", "%(n)s questionnaires", unit.n) % {"n": unit.n}
    return f"{held}. {same_as(unit)}" if unit.same_as else held


def same_as(unit: ComparedUnit) -> str:
    """Empty unless these are the answers of one unit below (R14)."""
    return _("These are the answers of %(unit)s.") % {"unit": unit.same_as} if unit.same_as else ""


def too_few() -> str:
    """The one text for every reason to hide (R14)."""
    return _("Too few questionnaires to show.")


def no_rest() -> str:
    return _("This holds everybody's answers, so there is no rest to compare it with.")


def claims(count: int, looked_at: int) -> str:
    """How many differences are demonstrable, of how many that were looked at."""
    if not count:
        return _(
            "The departments do not differ demonstrably. That is a result as good as any other: "
            "each can choose its own steps, and nobody has to explain a difference that may be chance."
        )
    return ngettext(
        "Of the %(looked_at)s differences that were looked at, %(count)s is demonstrable.",
        "Of the %(looked_at)s differences that were looked at, %(count)s are demonstrable.",
        count,
    ) % {"looked_at": looked_at, "count": count}


def claims_here(count: int, looked_at: int) -> str:
    """The same of the part of the organisation that the page is narrowed to."""
    if not count:
        return _("In this part, no department differs demonstrably from the rest of the organisation.")
    return ngettext(
        "In this part that is %(count)s of %(looked_at)s.", "In this part those are %(count)s of %(looked_at)s.", count
    ) % {"looked_at": looked_at, "count": count}


def of_a_theme(theme: str, names: Mapping[str, Sequence[str]]) -> str:
    """Team learning: higher in A and B; lower in C. `names`: the departments by verdict."""
    parts = []
    if names[HIGHER]:
        parts.append(_("higher in %(departments)s") % {"departments": _named(names[HIGHER])})
    if names[LOWER]:
        parts.append(_("lower in %(departments)s") % {"departments": _named(names[LOWER])})
    return f"{theme}: {'; '.join(parts)}."


def _named(names: Sequence[str]) -> str:
    if len(names) <= NAMES:
        return joined(names)
    return _("%(count)s departments") % {"count": len(names)}


def of_a_unit(higher: Sequence[str], lower: Sequence[str]) -> str:
    """On which themes a unit differs from the rest of the organisation."""
    parts = []
    if higher:
        parts.append(
            _("Demonstrably higher than the rest of the organisation: %(themes)s.") % {"themes": joined(higher)}
        )
    if lower:
        parts.append(_("Demonstrably lower than the rest of the organisation: %(themes)s.") % {"themes": joined(lower)})
    return " ".join(parts) or _("No demonstrable difference from the rest of the organisation.")
