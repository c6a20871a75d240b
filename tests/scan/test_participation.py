"""Who takes part in a round in preparation, and in which unit (scan/preparing/participation.py)."""

from scan.models import Round
from scan.preparing.choosing import choose, join, leave_out
from scan.preparing.participation import Participation, PlannedUnit, participation_of
from tests.cast import Cast, add_people
from tests.scan.asking import new_round


def unit(participation: Participation, path: str) -> PlannedUnit:
    return next(found for found in participation.units if found.path == path)


def test_everybody_on_the_staff_list_takes_part(in_scope: Cast) -> None:
    add_people(in_scope.departments["zorg / wijkteam oost"], 4, leaders=1)
    add_people(in_scope.departments["facilitair / keuken"], 3)
    participation = participation_of(new_round(in_scope))
    assert participation.total == 7
    assert [found.path for found in participation.units] == [
        "",
        "Facilitair",
        "Facilitair / Keuken",
        "Zorg",
        "Zorg / Nachtdienst",
        "Zorg / Wijkteam Oost",
    ]


def test_a_leader_answers_one_level_up(in_scope: Cast) -> None:
    add_people(in_scope.departments["zorg / wijkteam oost"], 4, leaders=1)
    participation = participation_of(new_round(in_scope))
    assert len(unit(participation, "Zorg / Wijkteam Oost").staff) == 3
    assert len(unit(participation, "Zorg").leaders) == 1


def test_the_head_of_the_organisation_answers_with_the_leaders_of_the_root(in_scope: Cast) -> None:
    add_people(in_scope.departments[""], 1, leaders=1)
    root = unit(participation_of(new_round(in_scope)), "")
    assert (len(root.staff), len(root.leaders)) == (0, 1)


def test_who_has_left_or_is_left_out_does_not_take_part(in_scope: Cast) -> None:
    people = add_people(in_scope.departments["zorg / wijkteam oost"], 4)
    people[0].left_on = people[0].organisation.created_at.date()
    people[0].save(update_fields=["left_on"])
    round_ = new_round(in_scope)
    leave_out(round_, people[1])
    assert participation_of(round_).total == 2


def test_a_department_that_is_left_out_takes_those_below_it_along(in_scope: Cast) -> None:
    add_people(in_scope.departments["zorg / wijkteam oost"], 4)
    add_people(in_scope.departments["facilitair / keuken"], 3)
    round_ = new_round(in_scope)
    all_but_care = {d.pk for key, d in in_scope.departments.items() if key != "zorg"}
    choose(round_, all_but_care, {})
    participation = participation_of(round_)
    assert participation.total == 3
    assert all("Zorg" not in found.path for found in participation.units)


def test_people_without_an_address_get_a_code(in_scope: Cast) -> None:
    people = add_people(in_scope.departments["zorg / wijkteam oost"], 4, leaders=1)
    for person in people[:2]:  # the leader, and one of the others
        person.email = ""
        person.save(update_fields=["email"])
    participation = participation_of(new_round(in_scope))
    assert (participation.mail_count, participation.code_count) == (2, 2)


def test_an_open_link_takes_the_place_of_mails_and_counts_as_expected(in_scope: Cast) -> None:
    add_people(in_scope.departments["zorg / wijkteam oost"], 4)
    kitchen = in_scope.departments["facilitair / keuken"]
    add_people(kitchen, 12)
    round_ = new_round(in_scope)
    choose(round_, {d.pk for d in in_scope.departments.values()}, {kitchen.pk: 11})
    participation = participation_of(round_)
    assert unit(participation, "Facilitair / Keuken").staff_count == 11
    assert participation.mail_count == 4
    assert participation.total == 15


def test_joined_departments_are_one_unit_with_both_peoples(in_scope: Cast) -> None:
    east, night = in_scope.departments["zorg / wijkteam oost"], in_scope.departments["zorg / nachtdienst"]
    add_people(east, 4, leaders=1)
    add_people(night, 2)
    round_ = new_round(in_scope)
    join(round_, night, east)
    participation = participation_of(round_)
    together = unit(participation, "Zorg / Wijkteam Oost + Nachtdienst")
    assert {department.pk for department in together.departments} == {east.pk, night.pk}
    assert len(together.staff) == 5
    assert len(unit(participation, "Zorg").leaders) == 1


def test_what_lies_below_a_joined_department_lies_below_both(in_scope: Cast) -> None:
    care, services = in_scope.departments["zorg"], in_scope.departments["facilitair"]
    add_people(in_scope.departments["facilitair / keuken"], 3)
    add_people(in_scope.departments["zorg / nachtdienst"], 2)
    round_ = new_round(in_scope)
    join(round_, care, services)
    paths = [found.path for found in participation_of(round_).units]
    assert paths == [
        "",
        "Facilitair + Zorg",
        "Facilitair + Zorg / Keuken",
        "Facilitair + Zorg / Nachtdienst",
        "Facilitair + Zorg / Wijkteam Oost",
    ]


def test_another_round_has_its_own_choices(in_scope: Cast) -> None:
    people = add_people(in_scope.departments["zorg / wijkteam oost"], 2)
    first, second = new_round(in_scope), new_round(in_scope)
    leave_out(first, people[0])
    assert participation_of(first).total == 1
    assert participation_of(second).total == 2
    assert Round.objects.count() == 2
