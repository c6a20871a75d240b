"""Whatever is done to the tree in whatever order: it stays a tree, nobody is lost, and managers lose nothing."""

from uuid import UUID

from django.db import transaction
from django_scopes import scope
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from organisations.access import Right
from organisations.commands import InputError
from organisations.department_changes import (
    add_department,
    archive_department,
    merge_departments,
    move_department,
    rename_department,
)
from organisations.departments import ensure_departments
from organisations.models import Department, Membership, Organisation, Person
from reports.reading import readable_units
from scan.rounds import launch
from scan.tree import tree_of
from tests.cast import Cast, add_people
from tests.organisations.trees import faults_of, living
from tests.scan.asking import new_round

PATHS = ("A / A / A", "A / B / A", "A / B / C", "B / A", "B / B", "C")
# Few names, so that they meet; two of them the same but for case.
NAMES = st.sampled_from(("A", "a", "B", "C"))
OWN = frozenset({Right.READ_OWN_UNITS})
PLACES = st.integers(0, 30)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("add"), PLACES, NAMES),
        st.tuples(st.just("rename"), PLACES, NAMES),
        st.tuples(st.just("move"), PLACES, PLACES),
        st.tuples(st.just("merge"), PLACES, PLACES),
        st.tuples(st.just("archive"), PLACES, st.none()),
    ),
    max_size=12,
)
Step = tuple[str, int, str | int | None]
CHANGES = {
    "add": add_department,
    "rename": rename_department,
    "move": move_department,
    "merge": merge_departments,
    "archive": archive_department,
}


def do(organisation: Organisation, ids: list[UUID], action: str, place: int, what: str | int | None) -> None:
    department = ids[place % len(ids)]
    arguments = () if what is None else (ids[what % len(ids)] if isinstance(what, int) else what,)
    try:
        CHANGES[action](organisation, department, *arguments)  # type: ignore[operator]
    except InputError:
        return


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS, named=st.lists(PLACES, min_size=1, max_size=3))
def test_the_tree_stays_a_tree(cast: Cast, steps: list[Step], named: list[int]) -> None:
    with transaction.atomic(), scope(organisation=cast.organisation):
        go_through(cast, steps, named)
        transaction.set_rollback(True)


def go_through(cast: Cast, steps: list[Step], named: list[int]) -> None:
    ids = [department.pk for _key, department in sorted(ensure_departments(cast.organisation, PATHS).items())]
    people = {person.pk for department in Department.objects.all() for person in add_people(department, 1)}
    mine = Department.objects.filter(pk__in={ids[place % len(ids)] for place in named})
    Membership.objects.get(user=cast.mo).departments.set(mine)
    round_ = new_round(cast)
    launch(round_)
    tree = tree_of(round_)
    for action, place, what in steps:
        before = [readable_units(user, cast.organisation, OWN, tree) for user in (cast.mo, cast.nel)]
        do(cast.organisation, ids, action, place, what)
        assert faults_of(cast.organisation) == []
        after = [readable_units(user, cast.organisation, OWN, tree) for user in (cast.mo, cast.nel)]
        for earlier, later in zip(before, after, strict=True):
            assert earlier <= later
        ids = [department.pk for _path, department in sorted(living(cast.organisation).items())]
        if action == "archive":
            # Only empty departments go: make some empty now and then.
            Person.objects.filter(department_id=ids[place % len(ids)]).update(left_on="2026-01-01")
    assert set(Person.objects.values_list("pk", flat=True)) == people
    there = {department.pk for department in living(cast.organisation).values()}
    assert set(Person.objects.filter(left_on=None).values_list("department_id", flat=True)) <= there
