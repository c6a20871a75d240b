"""All or nothing, on the staff list as it is at that moment."""

from datetime import date
from typing import Any

import pytest
from django.db import transaction
from django_scopes import scope

from organisations.models import Department, LogEntry, Person
from organisations.staff_list.applying import apply_entries, record_import
from organisations.staff_list.planning import Plan
from organisations.staff_list.understanding import understand
from tests.cast import Cast
from tests.organisations.staff_list.files import apply, list_of, someone, staff

pytestmark = pytest.mark.django_db


def ids() -> dict[str, Any]:
    return dict(Person.objects.values_list("number", "pk"))


def test_people_and_departments_are_made(in_scope: Cast) -> None:
    plan = apply(in_scope.organisation, list_of(someone(1, leader="J"), someone(2, "Bos", department="Nieuw / Team 1")))
    assert plan.new_departments == ["Nieuw", "Nieuw / Team 1"]
    assert staff() == [
        ("1", "Jan", "", "Jansen", "p1@linde.example", "nl", True, None, "Zorg / Nachtdienst"),
        ("2", "Jan", "", "Bos", "p2@linde.example", "nl", False, None, "Nieuw / Team 1"),
    ]


def test_people_keep_their_id_when_they_move_or_change(in_scope: Cast) -> None:
    apply(in_scope.organisation, list_of(someone(1), someone(2)))
    before = ids()
    apply(in_scope.organisation, list_of(someone(1, "Ander"), someone(2, department="Facilitair / Keuken")))
    assert ids() == before
    assert Person.objects.get(number="2").department.path == "Facilitair / Keuken"


def test_a_fault_anywhere_changes_nothing(in_scope: Cast) -> None:
    apply(in_scope.organisation, list_of(someone(1)))
    before, departments = staff(), Department.objects.count()
    plan = apply(
        in_scope.organisation, list_of(someone(1, "Nieuw"), someone(2, department="X"), someone(3, email="geen"))
    )
    assert not plan.is_valid
    assert (staff(), Department.objects.count()) == (before, departments)


def test_departments_that_are_no_longer_named_stay(in_scope: Cast) -> None:
    apply(in_scope.organisation, list_of(someone(1)))
    before = set(Department.objects.values_list("path", flat=True))
    apply(in_scope.organisation, list_of(someone(1, department="Anders")))
    assert set(Department.objects.values_list("path", flat=True)) == before | {"Anders"}


def test_who_is_not_in_the_file_stays_unless_the_file_is_complete(in_scope: Cast) -> None:
    apply(in_scope.organisation, list_of(someone(1), someone(2)))
    apply(in_scope.organisation, list_of(someone(1)))
    assert Person.objects.filter(left_on=None).count() == 2
    plan = apply(in_scope.organisation, list_of(someone(1)), complete=True)
    assert Person.objects.get(left_on=None).number == "1"
    assert Person.objects.get(number="2").left_on == plan.leaving[0].on


def test_who_comes_back_is_the_same_person(in_scope: Cast) -> None:
    apply(in_scope.organisation, list_of(someone(1), someone(2)))
    before = ids()
    apply(in_scope.organisation, list_of(someone(1)), complete=True)
    apply(in_scope.organisation, list_of(someone(1), someone(2)))
    assert ids() == before
    assert not Person.objects.exclude(left_on=None).exists()


def test_numbers_and_addresses_can_be_swapped(in_scope: Cast) -> None:
    """The database allows no double ones, not even for a moment."""
    apply(in_scope.organisation, list_of(someone(1, "Bos"), someone(2, "Vos"), someone(3, "Kok")))
    emails = {number: f"p{number % 3 + 1}@linde.example" for number in (1, 2, 3)}
    apply(
        in_scope.organisation,
        list_of(
            *(someone(number, name, email=emails[number]) for number, name in ((1, "Bos"), (2, "Vos"), (3, "Kok")))
        ),
    )
    assert dict(Person.objects.values_list("number", "email")) == {str(key): value for key, value in emails.items()}
    # Now told by their addresses, since the old numbers are gone.
    names = {1: "Bos", 2: "Vos", 3: "Kok"}
    apply(in_scope.organisation, list_of(*(someone(n + 10, names[n], email=emails[n]) for n in names)))
    assert sorted(Person.objects.values_list("number", "family_name")) == [("11", "Bos"), ("12", "Vos"), ("13", "Kok")]


def test_the_address_of_somebody_who_left_goes_to_the_new_one(in_scope: Cast) -> None:
    apply(in_scope.organisation, list_of(someone(1)))
    Person.objects.update(left_on=date(2026, 1, 1))
    apply(in_scope.organisation, list_of(someone(2, "Anders", email="p1@linde.example")))
    assert dict(Person.objects.values_list("number", "email")) == {"1": "", "2": "p1@linde.example"}


def test_a_department_that_was_merged_is_not_made_again(in_scope: Cast) -> None:
    night, kitchen = (in_scope.departments[key] for key in ("zorg / nachtdienst", "facilitair / keuken"))
    Department.objects.filter(pk=night.pk).update(archived_on=date(2026, 1, 1), merged_into=kitchen)
    plan = apply(in_scope.organisation, list_of(someone(1)))
    assert plan.new_departments == []
    assert Person.objects.get().department == kitchen


def test_another_organisation_may_have_the_same_people(in_scope: Cast) -> None:
    apply(in_scope.organisation, list_of(someone(1)))
    before = staff()
    with scope(organisation=in_scope.other_organisation):
        apply(in_scope.other_organisation, list_of(someone(1, "Anders")), complete=True)
        assert [row[3] for row in staff()] == ["Anders"]
    assert staff() == before


def test_what_breaks_at_the_end_leaves_nothing_behind(in_scope: Cast) -> None:
    entries = understand(in_scope.organisation, list_of(someone(1, department="Nieuw"))).entries

    def power_cut(plan: Plan) -> None:
        assert Person.objects.count() == 1
        raise ConnectionError

    departments = Department.objects.count()
    with pytest.raises(ConnectionError), transaction.atomic():
        apply_entries(in_scope.organisation, entries, {}, is_complete=False, before_storing=power_cut)
    assert (Person.objects.count(), Department.objects.count(), LogEntry.objects.count()) == (0, departments, 0)


def test_the_plan_is_made_anew_on_what_is_there_now(in_scope: Cast) -> None:
    entries = understand(in_scope.organisation, list_of(someone(1))).entries
    apply(in_scope.organisation, list_of(someone(1)))
    plan = apply_entries(in_scope.organisation, entries, {}, is_complete=False)
    assert (plan.unchanged, plan.added) == (1, [])


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow_with_the_people(
    count: int, in_scope: Cast, django_assert_num_queries: Any
) -> None:
    entries = understand(in_scope.organisation, list_of(*(someone(number) for number in range(count)))).entries
    with django_assert_num_queries(13):
        apply_entries(in_scope.organisation, entries, {}, is_complete=False)


def test_the_log_counts_people_whose_address_changes(in_scope: Cast) -> None:
    apply(in_scope.organisation, list_of(someone(1), someone(2), someone(3)))
    plan = apply(in_scope.organisation, list_of(someone(1, email="nieuw@linde.example"), someone(2, "Vos"), someone(4)))
    record_import(in_scope.organisation, plan, "lijst.csv", in_scope.anna)
    assert LogEntry.objects.get().subject == "lijst.csv (+1, ~2, @1)"
