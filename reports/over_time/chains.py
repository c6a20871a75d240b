"""What a unit was in every closed round, along what is frozen of changes: nothing is worked out again here."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from organisations.models import Organisation
from reports.models import Change, ChangedUnit
from reports.over_time.released import Released, before, released_rounds


@dataclass(frozen=True)
class Step:
    """A unit in one round. Several units: they were put together since."""

    at: Released
    units: tuple[UUID, ...]

    @property
    def unit(self) -> UUID | None:
        return self.units[0] if len(self.units) == 1 else None


@dataclass(frozen=True)
class _Link:
    came_from: tuple[UUID, ...]
    continues: UUID | None


class Chains:
    """All of an organisation, in four queries. Call it inside the organisation's scope."""

    def __init__(self, organisation: Organisation) -> None:
        self.rounds = released_rounds(organisation)
        """Oldest first."""
        releases = [one.release for one in self.rounds]
        made = Change.objects.filter(release__in=releases, earlier__in=releases)
        found = {(release, earlier): pk for pk, release, earlier in made.values_list("pk", "release", "earlier")}
        self._changes: dict[UUID, UUID] = {}
        """By round, that beside the round before it: of what both say now."""
        for one in self.rounds:
            earlier = before(one, self.rounds)
            if earlier and (change := found.get((one.release.pk, earlier.release.pk))):
                self._changes[one.round.pk] = change

    @cached_property
    def _links(self) -> dict[UUID, dict[UUID, _Link]]:
        """By change and unit."""
        rows = ChangedUnit.objects.filter(change__in=self.changes)
        found: dict[UUID, dict[UUID, _Link]] = {}
        for change, unit, came_from, continues in rows.values_list("change", "unit", "came_from", "continues"):
            found.setdefault(change, {})[unit] = _Link(tuple(map(UUID, came_from)), continues)
        return found

    def of(self, round_id: UUID, unit: UUID) -> list[Step]:
        """This unit of this round, and what it was and became in others; oldest first."""
        here = Step(next(one for one in self.rounds if one.round.pk == round_id), (unit,))
        return [*reversed(list(self._backwards(here))), here, *self._onwards(here)]

    def _backwards(self, step: Step) -> Iterator[Step]:
        while step.unit is not None:
            earlier = before(step.at, self.rounds)
            link = self._links_of(step.at).get(step.unit)
            if earlier is None or link is None or not link.came_from:
                return
            step = Step(earlier, link.came_from)
            yield step

    def _onwards(self, step: Step) -> Iterator[Step]:
        for later in self.rounds[self.rounds.index(step.at) + 1 :]:
            if before(later, self.rounds) != step.at:
                continue
            continuing = (unit for unit, link in self._links_of(later).items() if link.continues == step.unit)
            unit = next(continuing, None)
            if unit is None:
                return
            step = Step(later, (unit,))
            yield step

    def _links_of(self, later: Released) -> dict[UUID, _Link]:
        change = self._changes.get(later.round.pk)
        return self._links.get(change, {}) if change else {}

    @property
    def changes(self) -> list[UUID]:
        """Their ids."""
        return list(self._changes.values())
