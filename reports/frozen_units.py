"""The units of a launched round with the people asked in them: headcounts only, for the forecast."""

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from organisations.names import split_path
from scan.models import Round, Unit
from scan.tree import tree_of


@dataclass(frozen=True)
class FrozenUnit:
    """A unit as it was frozen at launch, with whoever was added by hand since."""

    id: UUID
    parent: "FrozenUnit | None"
    name: str
    path: str
    expected: int | None
    """With an open link: how many people are expected to answer by it."""
    staff_count: int
    leader_count: int
    added: int
    """Of these people, leaders included, so many were added by hand after the launch."""

    @property
    def depth(self) -> int:
        return len(split_path(self.path))


def frozen_units(round_: Round) -> list[FrozenUnit]:
    """Parents before children. Call it inside the organisation's scope."""
    tree = tree_of(round_)
    leaders: Counter[UUID] = Counter()
    added: Counter[UUID] = Counter()
    for unit in tree.units.values():
        place = unit.parent_id if unit.kind == Unit.Kind.LEADERS and unit.parent_id else unit.pk
        added[place] += unit.added
        if unit.kind == Unit.Kind.LEADERS:
            leaders[place] += unit.invited or 0
    found: dict[UUID, FrozenUnit] = {}
    for unit in tree.departments:
        found[unit.pk] = FrozenUnit(
            unit.pk,
            parent=found[unit.parent_id] if unit.parent_id else None,
            name=unit.name,
            path=unit.path,
            expected=unit.expected if unit.has_open_link else None,
            staff_count=unit.invited or 0,
            leader_count=leaders[unit.pk],
            added=added[unit.pk],
        )
    return list(found.values())
