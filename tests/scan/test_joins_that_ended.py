"""Departments that were to form one group, and were moved afterwards: never a fault, never a wrong tree."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from organisations.commands import InputError
from organisations.department_changes import archive_department, move_department
from organisations.departments import ensure_departments
from organisations.models import Department
from scan.models import Invitation, PlannedJoin, PlannedOpenLink, Round, Unit
from scan.preparing.choosing import choose, join
from scan.preparing.participation import participation_of
from scan.rounds import launch
from tests.cast import Cast, add_people
from tests.scan.drafting import EAST, NIGHT, address, ready_draft

Browser = Callable[[Any], Client]


@pytest.fixture
def known(in_scope: Cast) -> dict[str, Department]:
    in_scope.anna.language = "en"
    in_scope.anna.save()
    add_people(in_scope.departments[EAST], 7)
    add_people(in_scope.departments[NIGHT], 6)
    return in_scope.departments


@pytest.fixture
def draft(in_scope: Cast, known: dict[str, Department]) -> Round:
    return ready_draft(in_scope)


def move(cast: Cast, department: Department, below: Department) -> None:
    move_department(cast.organisation, department.pk, below.pk)
    department.refresh_from_db()


def paths(round_: Round) -> list[str]:
    return [unit.path for unit in participation_of(round_).units]


def launched_from_the_page(cast: Cast, draft: Round, as_user: Browser) -> set[str]:
    as_user(cast.anna).post(address(draft, "prepare/launch/"))
    draft.refresh_from_db()
    assert draft.state == Round.State.OPEN
    return set(Unit.objects.filter(round=draft, kind=Unit.Kind.DEPARTMENT).values_list("path", flat=True))


def test_one_moved_below_the_other_ends_it(
    in_scope: Cast, known: dict[str, Department], draft: Round, as_user: Browser
) -> None:
    join(draft, known[NIGHT], known[EAST])
    move(in_scope, known[EAST], known[NIGHT])
    client = as_user(in_scope.anna)
    for page in ("forecast/", "prepare/", "prepare/people/", "pack/"):
        assert client.get(address(draft, page)).status_code == 200
    for page in ("forecast/", "prepare/"):
        text = client.get(address(draft, page)).content.decode()
        assert "“Nachtdienst” and “Wijkteam Oost” no longer form one group" in text
    assert "Zorg / Nachtdienst / Wijkteam Oost" in launched_from_the_page(in_scope, draft, as_user)


def test_one_moved_to_another_branch_answers_there(
    in_scope: Cast, known: dict[str, Department], draft: Round, as_user: Browser
) -> None:
    join(draft, known[EAST], known[NIGHT])
    move(in_scope, known[EAST], known["facilitair"])
    assert "Facilitair / Wijkteam Oost" in launched_from_the_page(in_scope, draft, as_user)
    units = Invitation.objects.filter(person__department=known[EAST]).values_list("unit__path", flat=True)
    assert set(units) == {"Facilitair / Wijkteam Oost"}


@pytest.mark.parametrize("moved_back", [True, False])
def test_one_moved_and_moved_back_forms_one_group_again(
    moved_back: bool,
    in_scope: Cast,
    known: dict[str, Department],
    draft: Round,
) -> None:
    join(draft, known[EAST], known[NIGHT])
    move(in_scope, known[EAST], known["facilitair"])
    if moved_back:
        move(in_scope, known[EAST], known["zorg"])
    assert ("Zorg / Nachtdienst + Wijkteam Oost" in paths(draft)) is moved_back
    assert len(participation_of(draft).ended_joins) == (not moved_back)


def test_one_that_does_not_take_part_or_is_gone_ends_it(
    in_scope: Cast, known: dict[str, Department], draft: Round
) -> None:
    kitchen = known["facilitair / keuken"]
    other = ensure_departments(in_scope.organisation, ["Facilitair / Schoonmaak"])["facilitair / schoonmaak"]
    join(draft, other, kitchen)
    choose(draft, {d.pk for d in (*known.values(), other)} - {other.pk}, {})
    assert [ended.department for ended in participation_of(draft).ended_joins] == [other]
    choose(draft, {d.pk for d in (*known.values(), other)}, {})
    assert participation_of(draft).ended_joins == ()
    archive_department(in_scope.organisation, kitchen.pk)
    assert [ended.into for ended in participation_of(draft).ended_joins] == [kitchen]
    assert "Facilitair / Schoonmaak" in paths(draft)


def test_an_ended_one_can_be_forgotten(
    in_scope: Cast, known: dict[str, Department], draft: Round, as_user: Browser
) -> None:
    join(draft, known[NIGHT], known[EAST])
    move(in_scope, known[NIGHT], known["facilitair"])
    client = as_user(in_scope.anna)
    page = client.get(address(draft, "forecast/")).content.decode()
    forget = address(draft, f"forecast/separate/{known[NIGHT].pk}/")
    assert forget in page
    client.post(forget)
    assert not PlannedJoin.objects.exists()
    assert "no longer form one group" not in client.get(address(draft, "forecast/")).content.decode()


def test_a_new_choice_does_not_drag_an_ended_one_along(
    in_scope: Cast, known: dict[str, Department], draft: Round
) -> None:
    join(draft, known[NIGHT], known[EAST])
    move(in_scope, known[NIGHT], known["facilitair"])
    join(draft, known[NIGHT], known["facilitair / keuken"])
    assert {"Zorg / Wijkteam Oost", "Facilitair / Keuken + Nachtdienst"} <= set(paths(draft))
    assert participation_of(draft).ended_joins == ()


def test_an_ended_one_does_not_stand_in_the_way_of_an_open_link(
    in_scope: Cast, known: dict[str, Department], draft: Round
) -> None:
    join(draft, known[NIGHT], known[EAST])
    move(in_scope, known[NIGHT], known["facilitair"])
    add_people(known[NIGHT], 10)
    choose(draft, {department.pk for department in known.values()}, {known[NIGHT].pk: 10})
    assert PlannedOpenLink.objects.count() == 1
    assert not PlannedJoin.objects.exists()


def test_departments_below_ones_that_form_one_group_stand_side_by_side(
    in_scope: Cast, known: dict[str, Department], draft: Round
) -> None:
    with pytest.raises(InputError):
        join(draft, known[NIGHT], known["facilitair / keuken"])
    join(draft, known["zorg"], known["facilitair"])
    join(draft, known[NIGHT], known["facilitair / keuken"])
    assert "Facilitair + Zorg / Keuken + Nachtdienst" in paths(draft)
    PlannedJoin.objects.filter(department=known["zorg"]).delete()
    assert {"Zorg / Nachtdienst", "Facilitair / Keuken"} <= set(paths(draft))


@pytest.fixture
def twice(in_scope: Cast, known: dict[str, Department], draft: Round) -> Round:
    """Oost and Nacht form one group, and each got a Team 1 afterwards."""
    join(draft, known[NIGHT], known[EAST])
    ensure_departments(in_scope.organisation, ["Zorg / Wijkteam Oost / Team 1", "Zorg / Nachtdienst / Team 1"])
    return draft


def test_equal_names_below_them_stop_the_launch_and_are_named(in_scope: Cast, twice: Round, as_user: Browser) -> None:
    client = as_user(in_scope.anna)
    for page in ("forecast/", "prepare/", "prepare/launch/"):
        text = client.get(address(twice, page)).content.decode()
        assert "both have one with this name below them: Team 1." in text
    response = client.post(address(twice, "prepare/launch/"), follow=True)
    assert "Team 1" in response.content.decode()
    assert not Unit.objects.exists()


def test_whoever_launches_by_command_is_stopped_too(twice: Round) -> None:
    with pytest.raises(InputError, match="Team 1"):
        launch(twice)
    assert not Unit.objects.exists()


def test_a_path_that_becomes_too_long_stops_it(in_scope: Cast, known: dict[str, Department], draft: Round) -> None:
    """Each name fits, and so does each path; those of the groups are longer."""
    names = [letter * 108 for letter in "xabcdefgh"]
    ensure_departments(in_scope.organisation, [" / ".join(names), f"{'y' * 108} / {'z' * 5}"])
    found = ensure_departments(in_scope.organisation, [])
    with pytest.raises(InputError, match="h" * 108):
        join(draft, found["x" * 108], found["y" * 108])
    assert not PlannedJoin.objects.exists()
