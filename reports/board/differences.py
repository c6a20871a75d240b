"""Where departments differ demonstrably, and which step comes back in most: counts and words, from the release only."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from charts.svg import shorten
from questionnaires.questionnaire import DIMENSIONS
from reports.compare.patterns import FEWEST, advised_in, smallest
from reports.published import Published, ShownUnit
from reports.wording import Words, joined

NAMED_THEMES, NAMED_UNITS, NAME_LENGTH = 2, 2, 30
"""How much of it is named: the page is one page."""


def departments_of(published: Published) -> list[ShownUnit]:
    """Shown ones below the organisation; one with the answers of another (R14) is not counted twice."""
    return [unit for unit in published.shown if published.parents[unit.id] is not None and unit.same_as is None]


def differing(units: Sequence[ShownUnit], code: str, verdict: str) -> list[ShownUnit]:
    """Those that are demonstrably higher, or lower, than the rest of the organisation (measurement.md 6)."""
    return [unit for unit in units if unit.rest and code in unit.rest and unit.rest[code].verdict == verdict]


def count_text(units: Sequence[ShownUnit], code: str) -> str:
    higher, lower = (len(differing(units, code, verdict)) for verdict in ("higher", "lower"))
    parts = []
    if higher:
        parts.append(_("%(count)s higher") % {"count": higher})
    if lower:
        parts.append(_("%(count)s lower") % {"count": lower})
    return ", ".join(parts) or "–"


def difference_lines(published: Published, words: Words) -> list[str]:
    """A sentence on how many themes, and one on each of those where most departments differ."""
    units = departments_of(published)
    if not units:
        return [_("There are no reports of single departments, so nothing can be said about differences between them.")]
    counts = {code: len(differing(units, code, "higher") + differing(units, code, "lower")) for code in DIMENSIONS}
    themes = [code for code in DIMENSIONS if counts[code]]
    if not themes:
        return [
            _(
                "No demonstrable differences: no department differs from the rest by more than chance would lead you "
                "to expect."
            )
            + " "
            + _("So look at the organisation as a whole first.")
        ]
    first = ngettext(
        "On %(count)s of the 11 themes departments differ demonstrably from the rest of the organisation.",
        "On %(count)s of the 11 themes departments differ demonstrably from the rest of the organisation.",
        len(themes),
    ) % {"count": len(themes)}
    most = sorted(themes, key=lambda code: -counts[code])[:NAMED_THEMES]
    return [first, *(_line(published, units, code, words) for code in most)]


def _line(published: Published, units: Sequence[ShownUnit], code: str, words: Words) -> str:
    higher, lower = (_names(differing(units, code, verdict)) for verdict in ("higher", "lower"))
    about = {"theme": words(published.questionnaire.dimension(code).name), "higher": higher, "lower": lower}
    if higher and lower:
        return _("%(theme)s: higher in %(higher)s; lower in %(lower)s.") % about
    return (_("%(theme)s: higher in %(higher)s.") if higher else _("%(theme)s: lower in %(lower)s.")) % about


def _names(units: Sequence[ShownUnit]) -> str:
    """In the order of the tree, so that it is no ranking."""
    names = [shorten(unit.name, NAME_LENGTH) for unit in units[:NAMED_UNITS]]
    if more := len(units) - len(names):
        names.append(_("%(count)s more") % {"count": more})
    return joined(names)


def pattern_text(published: Published, words: Words) -> str:
    """Which step to start with comes back most, counted as on the page of comparisons; empty with few departments."""
    units = smallest(published)
    if len(units) < FEWEST:
        return ""
    counts = {number: len(found) for number, found in advised_in(published, units).items()}
    most = max(counts.values())
    if 2 * most < len(units):
        return _("No step comes back in most departments: what each starts with differs.")
    steps = [published.questionnaire.step(number) for number in sorted(counts) if counts[number] == most]
    names = [f"“{words(step.name)}: {words(step.line).lower()}”" for step in steps[:NAMED_THEMES]]
    return ngettext(
        "%(steps)s comes back most: it is one of the three steps to start with in %(count)s of the %(all)s smallest "
        "departments with a report.",
        "%(steps)s come back most: each is one of the three steps to start with in %(count)s of the %(all)s smallest "
        "departments with a report.",
        len(names),
    ) % {"steps": joined(names), "count": most, "all": len(units)}
