"""Choosing who takes part, and joining departments for one round (scan/preparing/choosing.py)."""

from collections.abc import Callable
from functools import partial

import pytest

from organisations.commands import InputError
from organisations.departments import ensure_departments
from scan.models import LeftOut, LeftOutDepartment, PlannedJoin, PlannedOpenLink, Round
from scan.preparing.choosing import choose, join, leave_out, separate, take_back
from scan.preparing.participation import participation_of
from scan.rounds import launch
from tests.cast import Cast, add_people
from tests.scan.asking import launched_round, new_round


def paths(round_: Round) -> list[str]:
    return [unit.path for unit in participation_of(round_).units]


def test_only_departments_side_by_side_can_be_joined(in_scope: Cast) -> None:
    round_ = new_round(in_scope)
    with pytest.raises(InputError, match=r"naast elkaar|side by side"):
        join(round_, in_scope.departments["zorg / nachtdienst"], in_scope.departments["facilitair / keuken"])
    with pytest.raises(InputError):
        join(round_, in_scope.departments[""], in_scope.departments["zorg"])
    with pytest.raises(InputError):
        join(round_, in_scope.departments["zorg"], in_scope.departments["zorg"])
    assert not PlannedJoin.objects.exists()


def test_a_third_one_joins_the_two_that_are_together(in_scope: Cast) -> None:
    known = ensure_departments(in_scope.organisation, ["Zorg / Wijkteam West"])
    round_ = new_round(in_scope)
    join(round_, known["zorg / nachtdienst"], known["zorg / wijkteam oost"])
    join(round_, known["zorg / wijkteam oost"], known["zorg / wijkteam west"])
    assert "Zorg / Wijkteam West + Nachtdienst + Wijkteam Oost" in paths(round_)
    separate(round_, known["zorg / wijkteam west"])
    assert {"Zorg / Wijkteam West", "Zorg / Nachtdienst", "Zorg / Wijkteam Oost"} <= set(paths(round_))


def test_joining_the_same_two_again_the_other_way_round_keeps_them_together(in_scope: Cast) -> None:
    east, night = in_scope.departments["zorg / wijkteam oost"], in_scope.departments["zorg / nachtdienst"]
    round_ = new_round(in_scope)
    join(round_, night, east)
    join(round_, east, night)
    assert sum(" + " in path for path in paths(round_)) == 1


def test_equal_names_below_the_two_are_refused_with_the_name(in_scope: Cast) -> None:
    known = ensure_departments(in_scope.organisation, ["Facilitair / Nachtdienst"])
    round_ = new_round(in_scope)
    with pytest.raises(InputError, match="Nachtdienst"):
        join(round_, known["zorg"], known["facilitair"])
    assert not PlannedJoin.objects.exists()


def test_an_open_link_and_a_join_exclude_each_other(in_scope: Cast) -> None:
    east, night = in_scope.departments["zorg / wijkteam oost"], in_scope.departments["zorg / nachtdienst"]
    everybody = {department.pk for department in in_scope.departments.values()}
    round_ = new_round(in_scope)
    choose(round_, everybody, {east.pk: 12})
    with pytest.raises(InputError):
        join(round_, night, east)
    choose(round_, everybody, {})
    join(round_, night, east)
    with pytest.raises(InputError, match="Nachtdienst"):
        choose(round_, everybody, {east.pk: 12})
    assert not PlannedOpenLink.objects.exists()


def test_a_choice_with_a_fault_changes_nothing(in_scope: Cast) -> None:
    round_ = new_round(in_scope)
    kitchen = in_scope.departments["facilitair / keuken"]
    with pytest.raises(InputError):
        choose(round_, {in_scope.departments[""].pk}, {kitchen.pk: 0})
    assert not LeftOutDepartment.objects.exists()


def test_nothing_can_be_chosen_after_launch(in_scope: Cast) -> None:
    round_ = launched_round(in_scope)
    person = add_people(in_scope.departments["zorg / nachtdienst"], 1)[0]
    care, services = in_scope.departments["zorg"], in_scope.departments["facilitair"]
    changes: list[Callable[[], None]] = [
        partial(leave_out, round_, person),
        partial(take_back, round_, person),
        partial(choose, round_, set(), {}),
        partial(join, round_, care, services),
        partial(separate, round_, care),
    ]
    for change in changes:
        with pytest.raises(InputError, match="Voorjaar"):
            change()


def test_who_was_left_out_is_forgotten_at_launch(in_scope: Cast) -> None:
    people = add_people(in_scope.departments["zorg / wijkteam oost"], 6)
    round_ = new_round(in_scope)
    leave_out(round_, people[0])
    launch(round_)
    assert not LeftOut.objects.exists()
