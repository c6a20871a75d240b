"""The organisation's people and departments as planning wants to see them."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from uuid import UUID

from organisations.days import today_in
from organisations.models import Department, EarlierPath, Membership, Organisation, Person, Role
from organisations.staff_list.matching import Known
from organisations.staff_list.places import Places
from organisations.staff_list.planning import Present

FIELDS = ("id", "number", "given_name", "infix", "family_name", "email", "language", "is_leader", "left_on")


def present_state(organisation: Organisation) -> Present:
    """In four queries. Call it inside the organisation's scope."""
    departments = Department.objects.filter(organisation=organisation).select_related("merged_into")
    by_id = {department.pk: department for department in departments}
    earlier = EarlierPath.objects.filter(organisation=organisation)
    people = Person.objects.filter(organisation=organisation).order_by("pk")
    rows = people.values_list("department_id", *FIELDS)
    return Present(
        people=[Known(by_id[department].path_key, *known) for department, *known in rows.iterator()],
        places=_places(by_id.values(), earlier.values_list("path_key", "department_id")),
        language=organisation.language,
        today=today_in(organisation),
        managers=_managers(organisation),
    )


def _places(departments: Collection[Department], earlier: Iterable[tuple[str, UUID]]) -> Places:
    by_id = {department.pk: department for department in departments}
    archived = [(department.path_key, department) for department in departments if department.archived_on]
    known = [(key, by_id[pk]) for key, pk in earlier if pk in by_id]
    return Places(
        paths={department.path_key: department.path for department in departments if department.archived_on is None},
        merged={key: target.path for key, department in (*known, *archived) if (target := _target(department))},
        earlier={key: department.path for key, department in known if department.archived_on is None},
    )


def _managers(organisation: Organisation) -> dict[str, list[str]]:
    today = today_in(organisation)
    roles = Membership.objects.filter(organisation=organisation, role=Role.MANAGER).exclude(ends_on__lt=today)
    managers: dict[str, list[str]] = defaultdict(list)
    rows = roles.exclude(departments=None).values_list("departments__path_key", "user__name", "user__email")
    for key, name, email in rows.order_by("user__name", "user__email"):
        managers[key].append(name or email)
    return managers


def _target(department: Department) -> Department | None:
    """What a merged department is part of today; None when that is gone too."""
    target = department.merged_into
    for _step in range(50):
        if target is None or target.archived_on is None:
            return target
        target = target.merged_into
    return None
