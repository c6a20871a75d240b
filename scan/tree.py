"""The tree of a round's units, with sums over all below a unit."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from scan.models import Round, Unit


@dataclass(frozen=True)
class Tree:
    """Units by id, parents before children, in the order of their paths; leaves "leaders" come with their parent."""

    units: Mapping[UUID, Unit]

    @property
    def departments(self) -> list[Unit]:
        return [unit for unit in self.units.values() if unit.kind == Unit.Kind.DEPARTMENT]

    @property
    def root(self) -> Unit:
        return next(unit for unit in self.units.values() if unit.parent_id is None)

    def depth(self, unit: Unit) -> int:
        return len(self.ancestors(unit))

    def ancestors(self, unit: Unit) -> list[Unit]:
        """The units above, nearest first."""
        above = []
        while unit.parent_id is not None:
            unit = self.units[unit.parent_id]
            above.append(unit)
        return above

    def sums(self, own: Mapping[UUID, int]) -> dict[UUID, int]:
        """For each unit its own number and those of all units below it."""
        totals = {unit_id: own.get(unit_id, 0) for unit_id in self.units}
        for unit in reversed(list(self.units.values())):
            if unit.parent_id is not None:
                totals[unit.parent_id] += totals[unit.pk]
        return totals

    def invited(self) -> dict[UUID, int] | None:
        """People invited in each unit and below it; None when headcounts are not known."""
        own = {unit.pk: unit.invited for unit in self.units.values()}
        known = {unit_id: count for unit_id, count in own.items() if count is not None}
        return self.sums(known) if len(known) == len(own) else None

    def invited_at_launch(self) -> dict[UUID, int]:
        """The same without whoever was added by hand since; 0 where headcounts are not known."""
        return self.sums({unit.pk: (unit.invited or 0) - unit.added for unit in self.units.values()})


def tree_of(round_: Round) -> Tree:
    units = in_order(Unit.objects.filter(round=round_))
    by_id = {unit.pk: unit for unit in units}
    leaders = [unit for unit in units if unit.kind == Unit.Kind.LEADERS]
    departments = [unit for unit in units if unit.kind == Unit.Kind.DEPARTMENT]
    return Tree({unit.pk: by_id[unit.pk] for unit in [*departments, *leaders]})


def in_order(units: Iterable[Unit]) -> list[Unit]:
    """Parents before children, in the order of their paths."""
    return sorted(units, key=_order)


def _order(unit: Unit) -> tuple[str, ...]:
    return tuple(unit.path_key.split(" / ")) if unit.path_key else ()
