"""Who may share which report, now: whoever reads it by a role that may. A link works as long as that holds."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from uuid import UUID

from django.db.models import Q

from organisations.access import RIGHTS, Right
from organisations.models import Department, Membership, Organisation, Role, User
from reports.reading import RoundView, readable_units
from scan.models import Round, Unit
from scan.participants import today_in
from scan.tree import tree_of


def shareable(user: User, organisation: Organisation, view: RoundView) -> frozenset[UUID]:
    """Units whose report this user may share: not what is read as the organisation's results only.

    A manager not before the day on which managers get their reports.
    """
    rights = view.rights - {Right.READ_ORGANISATION}
    if Right.SHARE_REPORTS not in rights:
        return frozenset()
    if view.waits_until:
        rights -= {Right.READ_OWN_UNITS}
    return readable_units(user, organisation, rights, view.tree)


class Sharers:
    """Of a round, for these users: in a fixed number of queries. Call it inside the organisation's scope."""

    def __init__(self, round_: Round, users: Iterable[UUID]) -> None:
        self._round = round_
        current = Q(ends_on=None) | Q(ends_on__gte=today_in(round_.organisation))
        roles = Membership.objects.filter(
            current, organisation=round_.organisation_id, user__in=set(users), user__is_active=True
        )
        self._all: set[UUID] = set()
        self._departments: dict[UUID, set[UUID]] = {}
        for role in roles.prefetch_related("departments"):
            self._add(role)

    def _add(self, role: Membership) -> None:
        rights = RIGHTS[Role(role.role)]
        if Right.SHARE_REPORTS not in rights:
            return
        if Right.READ_ALL_UNITS in rights:
            self._all.add(role.user_id)
        elif Right.READ_OWN_UNITS in rights:
            named = {department.pk for department in role.departments.all()}
            self._departments.setdefault(role.user_id, set()).update(named)

    def may(self, user_id: UUID, unit_id: UUID) -> bool:
        return user_id in self._all or bool(self._departments.get(user_id, set()) & self._above.get(unit_id, set()))

    @cached_property
    def _above(self) -> dict[UUID, set[UUID]]:
        """By unit, whose managers read it: departments linked to it or to a unit above, and what those merged into."""
        linked = Unit.departments.through.objects.filter(unit__round=self._round)
        merged = Department.objects.filter(organisation=self._round.organisation_id).exclude(merged_into=None)
        into = dict(merged.values_list("pk", "merged_into_id"))
        found: dict[UUID, set[UUID]] = {}
        for unit_id, department_id in linked.values_list("unit_id", "department_id"):
            found.setdefault(unit_id, set()).update(_with_successors(department_id, into))
        for unit in tree_of(self._round).units.values():  # parents come first
            if unit.parent_id is not None:
                found[unit.pk] = found.get(unit.pk, set()) | found.get(unit.parent_id, set())
        return found


def _with_successors(department_id: UUID, into: Mapping[UUID, UUID | None]) -> set[UUID]:
    found: set[UUID] = set()
    at: UUID | None = department_id
    while at is not None and at not in found:
        found.add(at)
        at = into.get(at)
    return found
