"""Merge and archive: nobody is lost, and managers keep what they could read."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from django.utils import translation

from organisations.access import own_department_ids
from organisations.commands import InputError
from organisations.department_changes import archive_department, merge_departments
from organisations.departments import ensure_departments, root_of
from organisations.models import Department, LogEntry, Membership, Person
from reports.reading import round_for
from tests.cast import Cast, add_people
from tests.organisations.trees import faults_of, paths
from tests.rounds import closed_sample_round

EAST, NIGHT, KITCHEN = "zorg / wijkteam oost", "zorg / nachtdienst", "facilitair / keuken"


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


def pk(cast: Cast, key: str) -> UUID:
    return cast.departments[key].pk


def stored(cast: Cast, key: str) -> Department:
    return Department.objects.select_related("merged_into").get(pk=pk(cast, key))


def test_people_and_departments_below_go_to_the_other_one(in_scope: Cast) -> None:
    staff, gone = add_people(in_scope.departments["zorg"], 2)
    below = add_people(in_scope.departments[EAST], 1)[0]
    Person.objects.filter(pk=gone.pk).update(left_on="2026-01-01")
    merge_departments(in_scope.organisation, pk(in_scope, "zorg"), pk(in_scope, "facilitair"), in_scope.anna)
    where = dict(Person.objects.values_list("pk", "department__path"))
    assert where == {
        staff.pk: "Facilitair",
        gone.pk: "Facilitair",
        below.pk: "Facilitair / Wijkteam Oost",
    }
    assert paths(in_scope.organisation) == [
        "",
        "Facilitair",
        "Facilitair / Keuken",
        "Facilitair / Nachtdienst",
        "Facilitair / Wijkteam Oost",
    ]
    assert faults_of(in_scope.organisation) == []
    entry = LogEntry.objects.get()
    assert (entry.action, entry.subject, entry.user) == ("merge_departments", "Zorg → Facilitair", in_scope.anna)


def test_the_merged_one_is_archived_and_says_where_it_went(in_scope: Cast) -> None:
    merge_departments(in_scope.organisation, pk(in_scope, EAST), pk(in_scope, NIGHT))
    east = stored(in_scope, EAST)
    assert east.archived_on is not None
    assert east.merged_into_id == pk(in_scope, NIGHT)
    assert east.path == "Zorg / Wijkteam Oost"


def test_a_department_can_be_merged_into_the_organisation_itself(in_scope: Cast) -> None:
    merge_departments(in_scope.organisation, pk(in_scope, "zorg"), root_of(in_scope.organisation).pk)
    assert "Wijkteam Oost" in paths(in_scope.organisation)
    assert faults_of(in_scope.organisation) == []


def test_departments_below_take_the_places_that_those_above_leave(in_scope: Cast) -> None:
    """A / B merged into A, with B / B and B / C below: every path is free only when the one above it has moved."""
    ensure_departments(in_scope.organisation, ["A / B / B / C / C", "A / B / C / B"])
    outer = Department.objects.get(path="A / B")
    merge_departments(in_scope.organisation, outer.pk, Department.objects.get(path="A").pk)
    assert [path for path in paths(in_scope.organisation) if path.startswith("A")] == [
        "A",
        "A / B",
        "A / B / C",
        "A / B / C / C",
        "A / C",
        "A / C / B",
    ]
    assert faults_of(in_scope.organisation) == []


def test_two_departments_below_of_one_name_are_refused_and_nothing_has_changed(in_scope: Cast) -> None:
    ensure_departments(in_scope.organisation, ["Facilitair / Nachtdienst"])
    staff = add_people(in_scope.departments["zorg"], 1)[0]
    with pytest.raises(InputError, match="“Nachtdienst” under “Facilitair”"):
        merge_departments(in_scope.organisation, pk(in_scope, "zorg"), pk(in_scope, "facilitair"), in_scope.anna)
    assert stored(in_scope, "zorg").archived_on is None
    assert Person.objects.get(pk=staff.pk).department_id == pk(in_scope, "zorg")
    assert Membership.objects.get(user=in_scope.mo).departments.get().pk == pk(in_scope, "zorg")
    assert not LogEntry.objects.exists()
    assert faults_of(in_scope.organisation) == []


@pytest.mark.parametrize("key", ["zorg", EAST])
def test_merging_into_itself_or_below_is_refused(in_scope: Cast, key: str) -> None:
    with pytest.raises(InputError, match="Zorg"):
        merge_departments(in_scope.organisation, pk(in_scope, "zorg"), pk(in_scope, key))
    assert stored(in_scope, "zorg").archived_on is None


def test_the_organisation_itself_is_neither_merged_nor_archived(in_scope: Cast) -> None:
    root = root_of(in_scope.organisation)
    with pytest.raises(InputError, match="cannot be moved, merged or archived"):
        merge_departments(in_scope.organisation, root.pk, pk(in_scope, "zorg"))
    with pytest.raises(InputError, match="cannot be moved, merged or archived"):
        archive_department(in_scope.organisation, root.pk)


def test_managers_go_along(in_scope: Cast) -> None:
    merge_departments(in_scope.organisation, pk(in_scope, "zorg"), pk(in_scope, "facilitair"))
    for manager in (in_scope.mo, in_scope.nel):
        assert Membership.objects.get(user=manager).departments.get().pk == pk(in_scope, "facilitair")


def test_a_manager_has_the_departments_that_were_merged_into_the_own_ones_however_long_ago(in_scope: Cast) -> None:
    merge_departments(in_scope.organisation, pk(in_scope, EAST), pk(in_scope, NIGHT))
    merge_departments(in_scope.organisation, pk(in_scope, NIGHT), pk(in_scope, "zorg"))
    merge_departments(in_scope.organisation, pk(in_scope, "zorg"), pk(in_scope, "facilitair"))
    expected = {pk(in_scope, key) for key in (EAST, NIGHT, "zorg", "facilitair")}
    assert own_department_ids(in_scope.nel, in_scope.organisation) == expected
    assert own_department_ids(in_scope.mo, in_scope.organisation) == expected


def test_a_circle_of_merges_in_the_data_ends(in_scope: Cast) -> None:
    Department.objects.filter(pk=pk(in_scope, "zorg")).update(merged_into=pk(in_scope, EAST))
    Department.objects.filter(pk=pk(in_scope, EAST)).update(merged_into=pk(in_scope, "zorg"))
    assert own_department_ids(in_scope.mo, in_scope.organisation) == {pk(in_scope, "zorg"), pk(in_scope, EAST)}


def test_reports_of_earlier_scans_stay_readable_for_managers_of_both(cast: Cast, in_scope: Cast) -> None:
    closed_sample_round(cast.organisation)

    def readable(user: object) -> set[str]:
        view = round_for(user, cast.organisation, "leerscan-2026")  # type: ignore[arg-type]
        return {view.tree.units[unit_id].path for unit_id in view.readable}

    before = readable(cast.mo), readable(cast.nel)
    assert "Zorg / Wijkteam Oost" in before[0] - before[1]
    assert "Facilitair / Keuken" in before[1] - before[0]
    merge_departments(cast.organisation, pk(cast, "zorg"), pk(cast, "facilitair"))
    assert readable(cast.mo) == readable(cast.nel) == before[0] | before[1]


def test_a_department_where_people_are_is_not_archived_and_the_text_says_how_many(in_scope: Cast) -> None:
    add_people(in_scope.departments[EAST], 1)
    with pytest.raises(InputError, match="1 person on the staff list is still there"):
        archive_department(in_scope.organisation, pk(in_scope, "zorg"))
    add_people(in_scope.departments["zorg"], 2)
    with pytest.raises(InputError, match="3 people on the staff list are still there"):
        archive_department(in_scope.organisation, pk(in_scope, "zorg"))
    assert stored(in_scope, "zorg").archived_on is None


def test_an_empty_department_is_archived_with_those_below(in_scope: Cast) -> None:
    gone = add_people(in_scope.departments[EAST], 1)[0]
    Person.objects.filter(pk=gone.pk).update(left_on="2026-01-01")
    archive_department(in_scope.organisation, pk(in_scope, "zorg"), in_scope.anna)
    assert paths(in_scope.organisation) == ["", "Facilitair", "Facilitair / Keuken"]
    assert stored(in_scope, EAST).archived_on is not None
    assert stored(in_scope, EAST).merged_into is None
    assert faults_of(in_scope.organisation) == []
    entry = LogEntry.objects.get()
    assert (entry.action, entry.subject, entry.user) == ("archive_department", "Zorg", in_scope.anna)
