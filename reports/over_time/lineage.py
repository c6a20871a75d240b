"""Which units of an earlier round a unit came from: through renames, moves and merges. Structure only, no figures.

A unit is followed by its departments, which keep their identity when they are renamed or moved; a department that was
merged since is followed to where it went. The rule (docs/decisions/0016-change-over-time.md):

1. A department of the earlier round went to the unit that holds it in the later round, or else to the unit that holds
   the department it was merged into, and so on. It ended when no unit of the later round holds any of these.
2. What a unit of the later round came from is every department that went to it or to a unit below it.
3. It is compared with the largest units of the earlier round of which everything that did not end went there, and whose
   own departments all did. Together these must hold everything that it came from; nothing else may be in them.
4. Departments that ended below such a unit, and departments that are new in the later round, do not stand in the way;
   but it is said that not the same parts took part.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

Departments = frozenset[UUID]


@dataclass(frozen=True)
class Forest:
    """The units of one round, parents before children, with the departments of each."""

    parents: Mapping[UUID, UUID | None]
    own: Mapping[UUID, Departments]
    """Of the unit itself, not of those below it."""

    @cached_property
    def covered(self) -> dict[UUID, Departments]:
        """Of the unit and everything below it."""
        found = {unit: set(self.own.get(unit, ())) for unit in self.parents}
        for unit, parent in reversed(list(self.parents.items())):
            if parent is not None:
                found[parent] |= found[unit]
        return {unit: frozenset(departments) for unit, departments in found.items()}

    @cached_property
    def unit_of(self) -> dict[UUID, UUID]:
        """By department."""
        return {department: unit for unit in self.parents for department in self.own.get(unit, ())}

    def above(self, unit: UUID) -> Iterator[UUID]:
        parent = self.parents[unit]
        while parent is not None:
            yield parent
            parent = self.parents[parent]


@dataclass(frozen=True)
class Origin:
    """What a unit was in the earlier round."""

    units: tuple[UUID, ...]
    """Several: it was put together since. None: nothing of it was there."""
    same_parts: bool
    continues: UUID | None = None
    """The only one, when a department of that unit itself is in the later unit itself: the two are one unit.

    At most one unit of the later round continues a unit of the earlier one.
    """


class Lineage:
    def __init__(self, earlier: Forest, later: Forest, merged_into: Mapping[UUID, UUID]) -> None:
        self._earlier, self._later = earlier, later
        placed = {department: self._place(department, merged_into) for department in earlier.unit_of}
        self.ended = frozenset(department for department, place in placed.items() if place is None)
        self.new = frozenset(later.unit_of) - frozenset(placed.values())
        self._came_from: dict[UUID, set[UUID]] = {}
        for department, place in placed.items():
            if place is not None:
                self._came_from.setdefault(place, set()).add(department)

    def _place(self, department: UUID, merged_into: Mapping[UUID, UUID]) -> UUID | None:
        """The department of the later round that this one is now."""
        while department not in self._later.unit_of:
            if department not in merged_into:
                return None
            department = merged_into[department]
        return department

    def origin(self, unit: UUID) -> Origin | None:
        """None: the unit was divided or put together differently."""
        now = self._later.covered[unit]
        parts = {earlier for department in now for earlier in self._came_from.get(department, ())}
        if not parts:
            return Origin((), same_parts=False)
        fitting = {found for found in map(self._earlier.unit_of.__getitem__, parts) if self._fits(found, parts)}
        largest = [
            one for one in self._earlier.parents if one in fitting and fitting.isdisjoint(self._earlier.above(one))
        ]
        held = {department for one in largest for department in self._earlier.covered[one]}
        if held - self.ended != parts:
            return None
        same_parts = self.ended.isdisjoint(held) and self.new.isdisjoint(now)
        return Origin(tuple(largest), same_parts, self._continued(unit, largest))

    def _continued(self, unit: UUID, origins: list[UUID]) -> UUID | None:
        here = {one for department in self._later.own.get(unit, ()) for one in self._came_from.get(department, ())}
        return origins[0] if len(origins) == 1 and not here.isdisjoint(self._earlier.own[origins[0]]) else None

    def _fits(self, unit: UUID, parts: set[UUID]) -> bool:
        return self._earlier.own[unit] <= parts and self._earlier.covered[unit] - self.ended <= parts
