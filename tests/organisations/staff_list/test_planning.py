"""Who is recognised, what changes, who is left out: planned without storing anything."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

import pytest

from organisations.names import path_key
from organisations.staff_list.findings import Kind
from organisations.staff_list.matching import Known
from organisations.staff_list.places import Places
from organisations.staff_list.planning import Plan, Present, make_plan
from tests.organisations.staff_list.files import HEADINGS, TODAY, csv_file, entries_of, list_of, someone

NIGHT = "Zorg / Nachtdienst"
PATHS = ("", "Zorg", NIGHT, "Facilitair")


def known(number: object = 1, family: str = "Jansen", **values: object) -> Known:
    fields = {
        "path_key": path_key(NIGHT),
        "id": UUID(int=abs(hash((number, family))) % 2**100),
        "number": str(number or ""),
        "given_name": "Jan",
        "infix": "",
        "family_name": family,
        "email": f"p{number}@linde.example" if number else "",
        "language": "nl",
        "is_leader": False,
        "left_on": None,
    }
    return Known(**(fields | values))  # type: ignore[arg-type]


def plan_of(
    content: bytes,
    *people: Known,
    merged: Mapping[str, str] | None = None,
    choices: Mapping[str, str] | None = None,
) -> Plan:
    places = Places({path_key(path): path for path in PATHS}, merged or {})
    return make_plan(entries_of(content), Present(people, places, "nl", TODAY), choices or {})


def test_who_is_as_we_know_is_unchanged() -> None:
    plan = plan_of(list_of(someone()), known())
    assert (plan.unchanged, plan.targets, plan.leaving, plan.findings) == (1, [], [], [])


@pytest.mark.parametrize(
    ("cells", "fields"),
    [
        ({"given": "Johan"}, ("given_name",)),
        ({"family": "Jansens"}, ("family_name",)),
        ({"infix": "van"}, ("infix",)),
        ({"email": "nieuw@linde.example"}, ("email",)),
        ({"email": ""}, ("email",)),
        ({"leader": "J"}, ("is_leader",)),
        ({"given": "Jo", "leader": "J"}, ("given_name", "is_leader")),
    ],
)
def test_the_plan_says_which_fields_change(cells: dict[str, str], fields: tuple[str, ...]) -> None:
    plan = plan_of(list_of(someone(**cells), someone(2, infix="van")), known(), known(2, infix="van"))
    assert [target.fields for target in plan.changed] == [fields]
    assert (plan.added, plan.moved, plan.unchanged) == ([], [], 1)


def test_another_department_is_a_move() -> None:
    plan = plan_of(list_of(someone(department="Facilitair")), known())
    assert [(target.was_path, target.path) for target in plan.moved] == [(NIGHT, "Facilitair")]
    assert (plan.changed, plan.new_departments) == ([], [])


def test_departments_that_the_file_names_become_new_with_those_above() -> None:
    plan = plan_of(list_of(someone(department="zorg / Dag / Oost"), someone(2, department="ZORG/dag")))
    assert [path_key(path) for path in plan.new_departments] == ["zorg / dag", "zorg / dag / oost"]


def test_a_merged_department_is_what_it_was_merged_into() -> None:
    content = list_of(someone(department="Avonddienst"), someone(2, department="Avonddienst / Oost"))
    plan = plan_of(content, known(), merged={"avonddienst": NIGHT})
    assert plan.unchanged == 1
    assert [target.path for target in plan.added] == [f"{NIGHT} / Oost"]


# Recognising


def test_by_number_whatever_else_changed() -> None:
    plan = plan_of(list_of(someone(1, "Smit", email="anders@linde.example")), known())
    assert [target.fields for target in plan.changed] == [("family_name", "email")]


def test_zeros_in_front_of_a_number_make_nobody_else_of_you() -> None:
    plan = plan_of(list_of(someone("0017", email="a@linde.example")), known(17, email="a@linde.example"))
    assert (plan.unchanged, plan.added) == (1, [])


def test_by_address_when_the_file_has_no_number() -> None:
    plan = plan_of(list_of(someone("", email="p1@linde.example")), known())
    assert (plan.unchanged, plan.added) == (1, [])


def test_by_address_when_we_have_no_number() -> None:
    plan = plan_of(list_of(someone(1)), known(number="", email="p1@linde.example"))
    assert [target.fields for target in plan.changed] == [("number",)]


def test_the_same_address_and_name_under_another_number_is_the_same_person() -> None:
    plan = plan_of(list_of(someone(99, email="p1@linde.example")), known())
    assert [target.fields for target in plan.changed] == [("number",)]


def test_an_address_of_somebody_else_who_is_not_in_the_file_is_a_fault() -> None:
    plan = plan_of(list_of(someone(99, "Anders", email="p1@linde.example")), known())
    assert [(each.kind, each.row, each.other) for each in plan.faults] == [(Kind.ADDRESS_TAKEN, 2, "Jan Jansen (1)")]


def test_the_address_of_somebody_who_has_left_may_be_used_again() -> None:
    owner = known(left_on=date(2026, 1, 1))
    plan = plan_of(list_of(someone(99, "Anders", email="p1@linde.example")), owner)
    assert (plan.faults, plan.freed, len(plan.added)) == ([], [owner.id], 1)


def test_people_who_swap_addresses_are_no_fault() -> None:
    content = list_of(someone(1, email="p2@linde.example"), someone(2, "Bos", email="p1@linde.example"))
    plan = plan_of(content, known(1), known(2, "Bos"))
    assert plan.is_valid
    assert [target.fields for target in plan.changed] == [("email",), ("email",)]


def test_by_name_in_the_department_without_number_and_address() -> None:
    bare = known(number="", email="")
    assert plan_of(list_of(someone("", email="")), bare).unchanged == 1
    assert plan_of(list_of(someone("", email="")), known()).unchanged == 0
    assert len(plan_of(list_of(someone("", email="")), known()).changed) == 1
    elsewhere = plan_of(list_of(someone("", email="", department="Facilitair")), bare)
    assert (len(elsewhere.added), elsewhere.unchanged) == (1, 0)


def test_two_people_of_one_name_in_a_department_stay_two() -> None:
    rows = [someone("", email=""), someone("", email="")]
    assert len(plan_of(list_of(*rows)).added) == 2
    pair = (known(number="", email="", id=UUID(int=1)), known(number="", email="", id=UUID(int=2)))
    plan = plan_of(list_of(*rows), *pair)
    assert (plan.unchanged, plan.added, plan.leaving) == (2, [], [])
    assert len(plan_of(list_of(rows[0]), *pair).leaving) == 1


def test_who_comes_back_is_recognised() -> None:
    plan = plan_of(list_of(someone()), known(left_on=date(2025, 1, 1)))
    assert [target.fields for target in plan.changed] == [("left_on",)]


def test_columns_that_the_file_has_not_leave_things_as_they_are() -> None:
    content = csv_file([["Nummer", "Achternaam", "Afdeling"], ["1", "Jansen", NIGHT]])
    plan = plan_of(content, known(language="en", is_leader=True))
    assert plan.unchanged == 1


# Left out, and leaving


def leaver_list(*rows: tuple[object, str, str]) -> bytes:
    headings = [*HEADINGS, "Datum uit dienst", "Status"]
    return csv_file([headings, *([*someone(number), ends, status] for number, ends, status in rows)])


@pytest.mark.parametrize(
    ("ends", "status", "is_out"),
    [
        ("21-11-2026", "", True),
        ("22-11-2026", "", False),
        ("", "Uit dienst", True),
        ("", "in dienst", False),
        ("", "", False),
    ],
)
def test_who_has_left_is_left_out(ends: str, status: str, *, is_out: bool) -> None:
    plan = plan_of(leaver_list((1, ends, status), (2, "31-12-2030", "in dienst"), (3, "31-12-2030", "in dienst")))
    assert [left.reason for left in plan.left_out] == (["leaver"] if is_out else [])
    assert len(plan.added) == 3 - is_out


def test_somebody_on_our_list_who_has_left_according_to_the_file_leaves() -> None:
    plan = plan_of(leaver_list((1, "31-10-2026", ""), (2, "", "")), known(), known(2))
    assert [(each.person.number, each.on, each.said_by_file) for each in plan.leaving] == [
        ("1", date(2026, 10, 31), True)
    ]


def test_an_old_contract_beside_a_present_one_takes_nobody_away() -> None:
    plan = plan_of(leaver_list((1, "31-10-2020", ""), (1, "", "")), known())
    assert (plan.unchanged, plan.leaving, [left.reason for left in plan.left_out]) == (1, [], ["leaver"])


def test_who_is_not_in_the_file_is_reported() -> None:
    plan = plan_of(list_of(someone(1)), known(1), known(2, "Bos"), known(3, "Kok", left_on=TODAY))
    assert [(each.person.number, each.said_by_file) for each in plan.leaving] == [("2", False)]


def test_a_date_that_is_none_is_a_fault() -> None:
    plan = plan_of(leaver_list((1, "spoedig", ""), (2, "1-1-2030", ""), (3, "1-1-2030", "")))
    assert [(each.kind, each.row, each.column) for each in plan.faults] == [(Kind.BAD_DATE, 2, "Datum uit dienst")]


# The same person twice

TWO = list_of(someone(1), someone(2, "Bos"), someone(1, department="Facilitair"))


def test_two_contracts_are_a_question_and_stop_until_it_is_answered() -> None:
    plan = plan_of(TWO)
    assert [(each.kind, each.row, each.value, each.other) for each in plan.faults] == [
        (Kind.TWO_DEPARTMENTS, 4, "Facilitair", NIGHT)
    ]
    question = plan.questions[0]
    assert (question.key, question.name, question.chosen) == ("1", "Jan Jansen", "")
    assert question.options == ((2, NIGHT), (4, "Facilitair"))


@pytest.mark.parametrize(("path", "row"), [(NIGHT, 4), ("facilitair", 2)])
def test_the_chosen_department_counts(path: str, row: int) -> None:
    plan = plan_of(TWO, choices={"1": path})
    assert plan.is_valid
    assert path_key(plan.added[0].path if row == 4 else plan.added[1].path) == path_key(path)
    assert [(left.row, left.reason) for left in plan.left_out] == [(row, "again")]


def test_a_choice_that_is_not_among_the_departments_is_asked_again() -> None:
    assert not plan_of(TWO, choices={"1": "Ergens"}).is_valid


def test_two_contracts_are_also_told_by_the_address() -> None:
    rows = [someone(1, email="a@linde.example"), someone(9, email="a@linde.example", department="Facilitair")]
    plan = plan_of(list_of(*rows))
    assert [question.key for question in plan.questions] == ["1"]
    assert plan_of(list_of(*rows), choices={"a@linde.example": NIGHT}).is_valid


def test_the_same_person_twice_in_one_department_is_one_person() -> None:
    plan = plan_of(list_of(someone(1), someone(1), someone(2, email="p1@linde.example")))
    assert (len(plan.added), [left.row for left in plan.left_out], plan.faults) == (1, [3, 4], [])


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        ({"number": 1, "email": "b@linde.example"}, Kind.DOUBLE_NUMBER),
        ({"number": 2, "email": "p1@linde.example"}, Kind.DOUBLE_ADDRESS),
    ],
)
def test_a_number_or_address_of_two_people_is_a_fault(cells: dict[str, str], kind: Kind) -> None:
    plan = plan_of(list_of(someone(1), someone(family="Bos", department="Facilitair", **cells)))
    assert [(each.kind, each.row, each.other) for each in plan.faults] == [(kind, 3, "2")]
    assert not plan.questions


def test_empty_numbers_and_addresses_are_not_the_same() -> None:
    plan = plan_of(list_of(someone("", "Bos", email=""), someone("", "Vos", email="")))
    assert (len(plan.added), plan.findings) == (2, [])


@pytest.mark.parametrize("text", ["geen", "onbekend", "niet bekend"])
def test_an_address_that_is_none_is_a_fault_and_an_empty_one_is_not(text: str) -> None:
    plan = plan_of(list_of(someone(1, email=text), someone(2, email=""), someone(3)))
    assert [(each.kind, each.row, each.value) for each in plan.faults] == [(Kind.BAD_ADDRESS, 2, text)]


def test_a_slash_in_a_name_of_a_level_becomes_a_dash_and_is_shown() -> None:
    content = csv_file(
        [["Nummer", "Achternaam", "Sector", "Team"], ["1", "Bos", "Zorg", "In/uit"], ["2", "Vos", "Staf", ""]]
    )
    plan = plan_of(content)
    assert [(each.kind, each.column, each.other) for each in plan.findings] == [
        (Kind.SLASH_REPLACED, "Team", "In - uit")
    ]
    assert plan.added[0].path == "Zorg / In - uit"
