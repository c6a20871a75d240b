"""Carry out an import: all of it or nothing, on the staff list as it is at that moment."""

from collections.abc import Callable, Mapping
from itertools import batched
from uuid import UUID, uuid4

from django.utils.text import Truncator

from organisations import log
from organisations.departments import ensure_departments
from organisations.models import Department, Organisation, Person, User
from organisations.names import path_key
from organisations.people import one_at_a_time
from organisations.staff_list.entries import Entries
from organisations.staff_list.planning import Plan, Target, make_plan
from organisations.staff_list.present import present_state

BATCH = 500
WRITTEN = ("department", "number", "given_name", "infix", "family_name", "email", "language", "is_leader", "left_on")
ACTION = "import_staff"


def apply_entries(
    organisation: Organisation,
    entries: Entries,
    choices: Mapping[str, str],
    *,
    is_complete: bool,
    is_wanted: Callable[[Plan], bool] = lambda plan: True,
    before_storing: Callable[[Plan], None] = lambda plan: None,
) -> Plan:
    """The plan against the present state, carried out when it has no faults and is wanted. Call it inside the scope.

    One transaction: whoever changes people or departments waits until it has finished. `before_storing` runs last
    inside it, and may still stop everything by raising.
    """
    with one_at_a_time(organisation):
        plan = make_plan(entries, present_state(organisation), choices)
        if plan.is_valid and is_wanted(plan):
            _store(organisation, plan, is_complete=is_complete)
            before_storing(plan)
        return plan


def _store(organisation: Organisation, plan: Plan, *, is_complete: bool) -> None:
    departments = ensure_departments(organisation, plan.new_departments)
    _let_go(plan)
    known = [_person(organisation, target, departments) for target in plan.targets if target.id]
    for batch in batched(known, BATCH, strict=False):
        Person.objects.bulk_create(batch, update_conflicts=True, unique_fields=["id"], update_fields=WRITTEN)
    new = (_person(organisation, target, departments) for target in plan.added)
    for batch in batched(new, BATCH, strict=False):
        Person.objects.bulk_create(batch)
    for leaving in plan.leaving:
        if leaving.said_by_file or is_complete:
            Person.objects.filter(pk=leaving.person.id).update(left_on=leaving.on)


def _let_go(plan: Plan) -> None:
    """Numbers and addresses that change hands are first nobody's, so that two people can swap."""
    changes = [target for target in plan.changed if target.id]
    _empty("number", [target.id for target in changes if "number" in target.fields and target.id])
    _empty("email", [target.id for target in changes if "email" in target.fields and target.id] + plan.freed)


def _empty(field: str, ids: list[UUID]) -> None:
    for batch in batched(ids, BATCH, strict=False):
        Person.objects.filter(pk__in=batch).update(**{field: ""})


def _person(organisation: Organisation, target: Target, departments: Mapping[str, Department]) -> Person:
    return Person(
        id=target.id or uuid4(),
        organisation=organisation,
        department=departments[path_key(target.path)],
        number=target.number,
        given_name=target.given_name,
        infix=target.infix,
        family_name=target.family_name,
        email=target.email,
        language=target.language,
        is_leader=target.is_leader,
        left_on=None,
    )


def record_import(organisation: Organisation, plan: Plan, file_name: str, user: User | None) -> None:
    """Counts as signs: organisations/log_words.py says them in words."""
    changed = len({target.id for target in (*plan.changed, *plan.moved)})
    addresses = sum("email" in target.fields for target in plan.changed)
    counts = f"+{len(plan.added)}, ~{changed}, @{addresses}"
    log.record(organisation, ACTION, f"{Truncator(file_name).chars(200)} ({counts})", user)
