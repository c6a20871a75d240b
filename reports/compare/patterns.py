"""Which of the seven steps come back in most departments: a count of what their reports advise, and no proof.

Counted over the smallest units that are shown: one above them holds their answers already. Nothing here is called
higher or lower: whether a step lies below a unit's own total was tested for that unit alone, and over many units such
claims would add up.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from questionnaires.questionnaire import STEPS
from reports import advice, wording
from reports.compare.frame import Frame
from reports.published import Published, ShownUnit, read_release

FEWEST = 3
"""Of fewer departments nothing can come back."""


@dataclass(frozen=True)
class Row:
    number: int
    name: str
    line: str
    count: str
    departments: list[tuple[str, str]]
    """Name and address."""


@dataclass(frozen=True)
class Patterns:
    summary: str
    rows: list[Row]
    """In the order of the plan; empty with too few departments."""


def patterns(frame: Frame) -> Patterns:
    published = read_release(frame.comparison.release)
    inside = {unit.id for unit in frame.here}
    units = [unit for unit in smallest(published) if unit.id in inside]
    if len(units) < FEWEST:
        return Patterns(_("Fewer than three departments have results here: too few to speak of a pattern."), [])
    advised = advised_in(published, units)
    return Patterns(
        summary=_summary(frame, {number: len(found) for number, found in advised.items()}, len(units)),
        rows=[_row(frame, number, advised[number], len(units)) for number in STEPS],
    )


def smallest(published: Published) -> list[ShownUnit]:
    """The shown units under which no other is shown, without the organisation as a whole."""
    above = {published.parents[unit.id] for unit in published.shown}
    return [unit for unit in published.shown if unit.id not in above and unit.id != published.root.id]


def advised_in(published: Published, units: Sequence[ShownUnit]) -> dict[int, list[ShownUnit]]:
    """For each step the units whose report begins with it."""
    advised: dict[int, list[ShownUnit]] = {number: [] for number in STEPS}
    for unit in units:
        for step in advice.first_steps(published, unit):
            advised[step.number].append(unit)
    return advised


def _summary(frame: Frame, counts: Mapping[int, int], total: int) -> str:
    most = max(counts.values())
    first = [_name(frame, number) for number, count in counts.items() if count == most]
    text = ngettext(
        "%(steps)s comes back most: it is among the steps to start with in %(count)s of the %(total)s departments.",
        "%(steps)s come back most: each is among the steps to start with in %(count)s of the %(total)s departments.",
        len(first),
    )
    return capfirst(text % {"steps": wording.joined(first), "count": most, "total": total})


def _name(frame: Frame, number: int) -> str:
    return _("step %(number)s (%(name)s)") % {
        "number": number,
        "name": frame.words(frame.comparison.questionnaire.step(number).name),
    }


def _row(frame: Frame, number: int, units: Sequence[ShownUnit], total: int) -> Row:
    step = frame.comparison.questionnaire.step(number)
    return Row(
        number=number,
        name=frame.words(step.name),
        line=frame.words(step.line),
        count=_("%(count)s of %(total)s") % {"count": len(units), "total": total},
        departments=[(frame.name_of(frame.comparison.by_id[unit.id]), frame.address_of(unit.id)) for unit in units],
    )
