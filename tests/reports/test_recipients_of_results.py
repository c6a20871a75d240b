"""Who gets the reports and the organisation's results by mail: looked up on the day itself."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from organisations.models import Department, Membership, Person, Role, User
from reports.closing import close_here
from reports.handing_out import managers_of, staff_of
from scan import ballot_box
from scan.ballot_box import Ballot
from scan.models import Mailing, Round, Unit
from scan.participants import today_in
from scan.preparing.choosing import choose
from scan.rounds import launch
from tests.cast import Cast, add_people, member
from tests.scan.drafting import EAST, KITCHEN, NIGHT, ready_draft


@pytest.fixture
def closed(in_scope: Cast) -> Round:
    """A closed round of Zorg and all below it; Facilitair was left out."""
    for key in (EAST, NIGHT, KITCHEN):
        add_people(in_scope.departments[key], 3)
    return closed_without(in_scope, "facilitair")


def closed_without(cast: Cast, *left_out: str, answers: int = 5) -> Round:
    round_ = ready_draft(cast)
    choose(round_, {department.pk for key, department in cast.departments.items() if key not in left_out}, {})
    launch(round_)
    unit = Unit.objects.get(round=round_, path="Zorg / Wijkteam Oost")
    ballot_box.cast_all(round_, [Ballot(unit.pk, bytes([4] * 40), 0)] * answers)
    close_here(Round.objects.get(pk=round_.pk))
    return Round.objects.select_related("organisation").get(pk=round_.pk)


def managers(round_: Round) -> set[User]:
    found = managers_of(round_)
    assert found is not None
    assert len(found) == len(set(found))
    return set(found)


def staff(round_: Round) -> set[str]:
    found = staff_of(round_)
    assert found is not None
    people = list(found)
    assert len(people) == len(set(people))
    return {person.number for person in people}


def merge(department: Department, into: Department) -> None:
    Department.objects.filter(pk=department.pk).update(merged_into=into, archived_on=date(2026, 3, 1))
    Person.objects.filter(department=department).update(department=into)


def test_before_there_are_results_nobody_can_be_named(in_scope: Cast) -> None:
    add_people(in_scope.departments[EAST], 6)
    round_ = ready_draft(in_scope)
    assert managers_of(round_) is None
    assert staff_of(round_) is None
    launch(round_)
    assert managers_of(round_) is None
    assert staff_of(round_) is None


def test_managers_are_those_of_departments_in_the_round(closed: Round, in_scope: Cast) -> None:
    assert managers(closed) == {in_scope.mo}  # Nel leads Facilitair


def test_a_manager_of_a_department_below_gets_them_too(closed: Round, in_scope: Cast) -> None:
    nora = member("nora", in_scope.organisation, Role.MANAGER, in_scope.departments[NIGHT])
    assert managers(closed) == {in_scope.mo, nora}


def test_a_manager_without_departments_or_in_another_role_gets_none(closed: Round, in_scope: Cast) -> None:
    member("leeg", in_scope.organisation, Role.MANAGER)
    assert in_scope.cas not in managers(closed)
    assert managers(closed) == {in_scope.mo}


def test_a_role_that_has_ended_and_a_user_who_left_get_none(closed: Round, in_scope: Cast) -> None:
    today = today_in(in_scope.organisation)
    roles = Membership.objects.filter(user=in_scope.mo)
    roles.update(ends_on=today)
    assert managers(closed) == {in_scope.mo}
    roles.update(ends_on=today - timedelta(days=1))
    assert managers(closed) == set()
    roles.update(ends_on=None)
    User.objects.filter(pk=in_scope.mo.pk).update(is_active=False)
    assert managers(closed) == set()


def test_who_leads_what_a_department_was_merged_into_gets_its_report(closed: Round, in_scope: Cast) -> None:
    new = Department.objects.create(
        organisation=in_scope.organisation,
        parent=in_scope.departments[""],
        name="Nieuw",
        path="Nieuw",
        path_key="nieuw",
    )
    nora = member("nora", in_scope.organisation, Role.MANAGER, new)
    assert nora not in managers(closed)
    merge(in_scope.departments[NIGHT], new)
    assert nora in managers(closed)


def test_ten_managers_are_found_with_as_many_questions_as_one(closed: Round, in_scope: Cast) -> None:
    with CaptureQueriesContext(connection) as of_one:
        assert len(managers(closed)) == 1
    for number in range(9):
        member(f"nora{number}", in_scope.organisation, Role.MANAGER, in_scope.departments[NIGHT])
    with CaptureQueriesContext(connection) as of_ten:
        assert len(managers(closed)) == 10
    assert len(of_ten) == len(of_one)


def test_managers_elsewhere_get_none(closed: Round, in_scope: Cast) -> None:
    outsider = member("elders", in_scope.other_organisation, Role.MANAGER, in_scope.departments["zorg"])
    assert outsider not in managers(closed)


def test_staff_are_todays_people_of_the_departments_in_the_round(closed: Round, in_scope: Cast) -> None:
    assert staff(closed) == {"0", "1", "2", "3", "4", "5"}
    newcomer = add_people(in_scope.departments[EAST], 1)[0]
    Person.objects.filter(number="0").update(left_on=date(2026, 3, 1))
    Person.objects.filter(number="1").update(email="")
    moved_out = Person.objects.filter(number="2")
    moved_out.update(department=in_scope.departments[KITCHEN])
    assert staff(closed) == {"3", "4", "5", newcomer.number}


def test_staff_of_a_department_that_was_left_out_get_none(closed: Round, in_scope: Cast) -> None:
    add_people(in_scope.departments["facilitair"], 1)
    assert not staff(closed) & set(
        Person.objects.filter(department__path__startswith="Facilitair").values_list("number", flat=True)
    )


def test_staff_of_a_merged_department_get_them_once_and_where_they_are_now(closed: Round, in_scope: Cast) -> None:
    merge(in_scope.departments[NIGHT], in_scope.departments[EAST])
    assert staff(closed) == {"0", "1", "2", "3", "4", "5"}
    new = Department.objects.create(
        organisation=in_scope.organisation,
        parent=in_scope.departments[""],
        name="Nieuw",
        path="Nieuw",
        path_key="nieuw",
    )
    merge(in_scope.departments[EAST], new)
    assert staff(closed) == {"0", "1", "2", "3", "4", "5"}


def test_staff_elsewhere_get_none(closed: Round, in_scope: Cast) -> None:
    people = staff_of(closed)
    assert people is not None
    assert {person.organisation_id for person in people} == {in_scope.organisation.pk}


def test_staff_of_a_department_made_below_since_get_them_too(closed: Round, in_scope: Cast) -> None:
    new = make_department(in_scope, EAST, "Team Nieuw")
    newer = make_department(in_scope, EAST, "Team Nieuw / Nacht", parent=new)
    Person.objects.filter(number="0").update(department=new)
    Person.objects.filter(number="1").update(department=newer)
    assert staff(closed) == {"0", "1", "2", "3", "4", "5"}


def test_staff_of_a_left_out_department_below_one_that_was_asked_get_none(in_scope: Cast) -> None:
    add_people(in_scope.departments[EAST], 2)
    add_people(in_scope.departments[NIGHT], 3)
    round_ = closed_without(in_scope, NIGHT)
    below = make_department(in_scope, NIGHT, "Team Nieuw")
    Person.objects.filter(number="2").update(department=below)
    assert staff(round_) == {"0", "1"}


def test_where_nothing_can_be_shown_nobody_gets_a_mail_about_results(in_scope: Cast) -> None:
    add_people(in_scope.departments[EAST], 6)
    round_ = closed_without(in_scope, answers=4)
    assert managers_of(round_) is None
    assert staff_of(round_) is None
    assert not Mailing.objects.filter(round=round_).exists()


def make_department(cast: Cast, above: str, name: str, parent: Department | None = None) -> Department:
    parent = parent or cast.departments[above]
    path = f"{cast.departments[above].path} / {name}"
    return Department.objects.create(
        organisation=cast.organisation, parent=parent, name=name, path=path, path_key=path.casefold()
    )
