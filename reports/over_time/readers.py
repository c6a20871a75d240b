"""Which units of many closed rounds a user may read now: what reports/reading.py says of one round, in few queries."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from organisations.access import Right, own_department_ids
from organisations.models import Organisation, User
from scan.mailing.result_days import managers_days
from scan.models import Round, Unit
from scan.participants import today_in


class Readable:
    """Call it inside the organisation's scope, for rounds with results."""

    def __init__(
        self, user: User, organisation: Organisation, rights: frozenset[Right], rounds: Sequence[Round]
    ) -> None:
        self._everything = Right.READ_ALL_UNITS in rights
        self._units: set[UUID] = set()
        if self._everything:
            return
        if Right.READ_ORGANISATION in rights:
            self._units |= set(Unit.objects.filter(round__in=rounds, parent=None).values_list("pk", flat=True))
        if Right.READ_OWN_UNITS in rights:
            self._units |= _own_units(own_department_ids(user, organisation), _handed_out(rounds))

    def __contains__(self, unit: UUID) -> bool:
        return self._everything or unit in self._units


def _handed_out(rounds: Sequence[Round]) -> list[Round]:
    """Those of which the managers' day has come."""
    days = managers_days(rounds)
    return [
        round_
        for round_ in rounds
        if (days[round_.pk] or today_in(round_.organisation)) <= today_in(round_.organisation)
    ]


def _own_units(departments: set[UUID], rounds: Sequence[Round]) -> set[UUID]:
    """Units linked to these departments, and all units below them in that round's tree."""
    units = Unit.objects.filter(round__in=rounds, kind=Unit.Kind.DEPARTMENT)
    parents: Mapping[UUID, UUID | None] = dict(units.values_list("pk", "parent_id"))
    links = Unit.departments.through.objects.filter(department_id__in=departments, unit__round__in=rounds)
    linked = set(links.values_list("unit_id", flat=True))
    return {unit for unit in parents if not linked.isdisjoint(_and_above(unit, parents))}


def _and_above(unit: UUID, parents: Mapping[UUID, UUID | None]) -> list[UUID]:
    found = [unit]
    while (parent := parents[found[-1]]) is not None:
        found.append(parent)
    return found
