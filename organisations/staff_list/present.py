"""The organisation's people and departments as planning wants to see them."""

from organisations.days import today_in
from organisations.models import Department, Organisation, Person
from organisations.staff_list.matching import Known
from organisations.staff_list.places import Places
from organisations.staff_list.planning import Present

FIELDS = ("id", "number", "given_name", "infix", "family_name", "email", "language", "is_leader", "left_on")


def present_state(organisation: Organisation) -> Present:
    """In two queries. Call it inside the organisation's scope."""
    departments = Department.objects.filter(organisation=organisation).select_related("merged_into")
    by_id = {department.pk: department for department in departments}
    today = [department for department in by_id.values() if department.archived_on is None]
    people = Person.objects.filter(organisation=organisation).order_by("pk")
    rows = people.values_list("department_id", *FIELDS)
    return Present(
        people=[Known(by_id[department].path_key, *known) for department, *known in rows.iterator()],
        places=Places(
            paths={department.path_key: department.path for department in today},
            merged={
                department.path_key: target.path
                for department in by_id.values()
                if department.archived_on and (target := _target(department)) is not None
            },
        ),
        language=organisation.language,
        today=today_in(organisation),
    )


def _target(department: Department) -> Department | None:
    """What a merged department is part of today; None when that is gone too."""
    target = department.merged_into
    for _step in range(50):
        if target is None or target.archived_on is None:
            return target
        target = target.merged_into
    return None
