"""What would be shown of a round, computed by the rules themselves on headcounts alone.

Of a round in preparation on those of today (scan/preparing/participation.py), of a launched one on those that were
frozen (reports/frozen_units.py).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from measurement.disclosure import Decision, Detail, Node, decide
from scan.preparing.participation import Participation, PlannedUnit

SHARES = (50, 60, 70, 80)
ADVISED_FOR = 60
"""The response, in percent, that the advice to join reckons with."""


class AskedUnit(Protocol):
    """A unit with the people who are asked in it; in a sequence parents stand before children."""

    @property
    def id(self) -> UUID: ...
    @property
    def parent(self) -> "AskedUnit | None": ...
    @property
    def expected(self) -> int | None: ...
    @property
    def staff_count(self) -> int: ...
    @property
    def leader_count(self) -> int: ...


@dataclass(frozen=True)
class ForecastRow[Asked: AskedUnit]:
    """One unit, with its report's detail at each of SHARES."""

    unit: Asked
    invited: int
    """In the unit and all below it."""
    details: tuple[Detail, ...]


@dataclass(frozen=True)
class Suggestion:
    """Two departments side by side that would have a report together and not apart."""

    unit: PlannedUnit
    into: PlannedUnit


@dataclass(frozen=True)
class Remainder:
    """A unit that would have no report and that no advice mends: where its answers count then."""

    unit: PlannedUnit
    invited: int
    counts_in: PlannedUnit | None
    """None: in no results at all."""


def expected_answers(count: int, share: int) -> int:
    """`share` percent of `count`, rounded down: rather one too few than a promise of a report that does not come."""
    return count * share // 100


def nodes_of(units: Sequence[AskedUnit], staff: Mapping[UUID, int], leaders: Mapping[UUID, int]) -> list[Node]:
    """The tree for the rules, with these numbers of counted responses."""
    return [
        Node(
            id=str(unit.id),
            parent=str(unit.parent.id) if unit.parent else None,
            people=staff.get(unit.id, 0),
            leaders=leaders.get(unit.id, 0),
            has_open_link=unit.expected is not None,
            is_overfull=unit.expected is not None and staff.get(unit.id, 0) > unit.expected,
        )
        for unit in units
    ]


def decide_at(units: Sequence[AskedUnit], k: int, share: int) -> Decision:
    staff = {unit.id: expected_answers(unit.staff_count, share) for unit in units}
    leaders = {unit.id: expected_answers(unit.leader_count, share) for unit in units}
    return decide(nodes_of(units, staff, leaders), k)


def forecast(participation: Participation, k: int) -> list[ForecastRow[PlannedUnit]]:
    return forecast_of(participation.units, k)


def forecast_of[Asked: AskedUnit](units: Sequence[Asked], k: int) -> list[ForecastRow[Asked]]:
    decisions = [decide_at(units, k, share) for share in SHARES]
    invited = _invited(units)
    return [
        ForecastRow(unit, invited[unit.id], tuple(decision.detail(str(unit.id)) for decision in decisions))
        for unit in units
    ]


def _invited(units: Sequence[AskedUnit]) -> dict[UUID, int]:
    totals = {unit.id: unit.staff_count + unit.leader_count for unit in units}
    for unit in reversed(units):
        if unit.parent:
            totals[unit.parent.id] += totals[unit.id]
    return totals


def suggestions(participation: Participation, k: int) -> list[Suggestion]:
    """For each unit without units below it that would have no report: the smallest sibling that mends it.

    Of two that would help each other only one is named. Open links answer by themselves and are left alone.
    """
    decision = decide_at(participation.units, k, ADVISED_FOR)
    parents = {unit.parent.id for unit in participation.units if unit.parent}
    leaves = [unit for unit in participation.units if unit.parent and unit.id not in parents and not unit.has_open_link]
    found: list[Suggestion] = []
    taken: set[UUID] = set()
    for unit in sorted(leaves, key=lambda leaf: (leaf.staff_count, leaf.path_key)):
        if unit.id in taken or not unit.staff_count or decision.detail(str(unit.id)).is_shown:
            continue
        siblings = [
            other
            for other in leaves
            if other.id != unit.id
            and other.parent is unit.parent
            and other.id not in taken
            and expected_answers(other.staff_count + unit.staff_count, ADVISED_FOR) >= k
        ]
        if siblings:
            into = min(siblings, key=lambda other: (other.staff_count, other.path_key))
            found.append(Suggestion(unit, into))
            taken |= {unit.id, into.id}
    return sorted(found, key=lambda suggestion: suggestion.unit.path_key)


def remainders(participation: Participation, k: int, advice: Sequence[Suggestion]) -> list[Remainder]:
    decision = decide_at(participation.units, k, ADVISED_FOR)
    advised = {unit.id for suggestion in advice for unit in (suggestion.unit, suggestion.into)}
    invited = _invited(participation.units)
    places = _places(participation, decision)
    return [
        Remainder(unit, invited[unit.id], places.get(unit.id))
        for unit in participation.units
        if invited[unit.id] and unit.id not in advised and not decision.detail(str(unit.id)).is_shown
    ]


def _places(participation: Participation, decision: Decision) -> dict[UUID, PlannedUnit]:
    """For each unit the one at which its answers, or those of the units below it, become part of a group."""
    by_id = {str(unit.id): unit for unit in participation.units}
    groups = [(group, by_id[block.formed_at]) for block in decision.partition.blocks for group in block.groups]
    places: dict[UUID, PlannedUnit] = {}
    # Staff go before leaders, who may count in another group.
    for group, place in sorted(groups, key=lambda found: found[0].is_leaders):
        unit: PlannedUnit | None = by_id[group.node]
        while unit:
            places.setdefault(unit.id, place)
            unit = unit.parent
    return places
