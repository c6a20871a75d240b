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


def test_unusual_letters_in_a_domain_are_put_right_and_shown() -> None:
    plan = plan_of(list_of(someone(email="p1@linde.e\uff58ample")), known())
    (finding,) = plan.findings
    assert (finding.kind, finding.other, finding.is_fault) == (Kind.ADDRESS_TIDIED, "p1@linde.example", False)
    assert plan.unchanged == 1


def test_two_ways_of_writing_an_address_are_one_mailbox() -> None:
    plan = plan_of(list_of(someone(), someone(2, "Bos", email="p1@linde.e\uff58ample")))
    assert [finding.kind for finding in plan.faults] == [Kind.DOUBLE_ADDRESS]


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


@pytest.mark.parametrize(
    ("family", "cells", "fields"),
    [
        ("Smit", {}, ("family_name",)),
        ("Jansen", {"email": "anders@linde.example", "given": "Johan"}, ("given_name", "email")),
        ("Smit-Jansen", {"email": "anders@linde.example"}, ("family_name", "email")),
        ("JANSEN", {"email": "anders@linde.example"}, ("family_name", "email")),
        ("Smit", {"email": "", "given": "J."}, ("given_name", "family_name", "email")),
    ],
)
def test_by_number_when_name_or_address_is_alike(family: str, cells: dict[str, str], fields: tuple[str, ...]) -> None:
    plan = plan_of(list_of(someone(1, family, **cells)), known())
    assert ([target.fields for target in plan.changed], plan.faults) == ([fields], [])


@pytest.mark.parametrize("cells", [{"email": "b@linde.example"}, {"email": "", "given": "Piet"}])
def test_a_number_with_another_name_and_address_makes_nobody_into_somebody_else(cells: dict[str, str]) -> None:
    plan = plan_of(list_of(someone(1, "Bos", **cells)), known())
    assert [(each.kind, each.row, each.value, each.other) for each in plan.faults] == [
        (Kind.NUMBER_OF_OTHER, 2, "1", "Jan Jansen (1)")
    ]
    assert plan.targets == []


def test_a_column_that_counts_rows_is_asked_about_once() -> None:
    people = [known(1, "Vos"), known(2, "Bos"), known(3, "Mos")]
    rows = [someone(1, "Aak", email="aak@linde.example")]
    rows += [someone(n + 1, name, email=f"p{n}@linde.example") for n, name in ((1, "Vos"), (2, "Bos"), (3, "Mos"))]
    plan = plan_of(list_of(*rows), *people)
    assert [(each.kind, each.row, each.column, each.other) for each in plan.faults] == [
        (Kind.NO_NUMBERS, 0, "Medewerkernummer", "3")
    ]


def test_a_number_that_somebody_else_had_before_is_free_when_that_person_has_a_new_one() -> None:
    people = [known(1, "Vos"), known(2, "Bos"), *(known(number, f"Rest{number}") for number in range(5, 12))]
    rows = [someone(number, f"Rest{number}") for number in range(5, 12)]
    rows += [someone(2, "Vos", email="p1@linde.example"), someone(4, "Bos", email="p2@linde.example")]
    plan = plan_of(list_of(*rows), *people)
    assert (plan.faults, {target.name: target.number for target in plan.changed}) == (
        [],
        {"Jan Vos": "2", "Jan Bos": "4"},
    )


@pytest.mark.parametrize("number", ["", "0", "000"])
def test_who_has_no_number_is_not_who_has_number_zero(number: str) -> None:
    row = someone(number, "Bos", given="Piet", email="bos@linde.example")
    plan = plan_of(list_of(row, someone(7)), known(number="0", email=""), known(7))
    assert not [target for target in plan.changed if target.was and target.was.number == "0"]
    assert bool(plan.faults) == bool(number)


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


def test_who_has_two_contracts_stays_where_we_have_that_person() -> None:
    plan = plan_of(TWO, known(1, path_key="facilitair"), known(2, "Bos"))
    assert (plan.faults, plan.unchanged) == ([], 2)
    assert [question.chosen for question in plan.questions] == ["Facilitair"]
    assert plan_of(TWO, known(1, path_key="facilitair"), choices={"1": NIGHT}).moved[0].path == NIGHT


def test_who_was_nowhere_near_is_asked_about() -> None:
    assert not plan_of(TWO, known(1, path_key="zorg"), known(2, "Bos")).is_valid


def test_initials_and_a_first_name_are_one_person() -> None:
    plan = plan_of(list_of(someone(1, "Vos"), someone(1, "Vos", given="J.", department="Facilitair")))
    assert [each.kind for each in plan.faults] == [Kind.TWO_DEPARTMENTS]
    other = plan_of(list_of(someone(1, "Vos"), someone(1, "Vos", given="P.", email="")))
    assert [each.kind for each in other.faults] == [Kind.DOUBLE_NUMBER]


def test_what_one_row_lacks_another_row_of_the_same_person_gives() -> None:
    plan = plan_of(list_of(someone(1, email=""), someone(1, email="b@linde.example", leader="J")))
    assert [(target.email, target.is_leader) for target in plan.added] == [("b@linde.example", True)]
    assert plan.findings == []


def test_who_leads_elsewhere_does_not_lead_in_the_chosen_department() -> None:
    rows = [someone(1), someone(1, department="Facilitair", leader="J")]
    assert not plan_of(list_of(*rows), choices={"1": NIGHT}).added[0].is_leader
    assert plan_of(list_of(*rows), choices={"1": "Facilitair"}).added[0].is_leader


def test_two_addresses_of_one_person_are_said() -> None:
    plan = plan_of(list_of(someone(1, email="a@linde.example"), someone(1, email="b@linde.example")))
    assert [(each.kind, each.row, each.value, each.other) for each in plan.findings] == [
        (Kind.TWO_ADDRESSES, 3, "b@linde.example", "a@linde.example")
    ]
    assert (plan.is_valid, plan.added[0].email) == (True, "a@linde.example")


# Departments that become empty


def test_departments_in_which_nobody_is_left_are_named_with_their_managers() -> None:
    places = Places({path_key(path): path for path in PATHS})
    present = Present([known(1), known(2, "Bos", path_key="facilitair")], places, "nl", TODAY, {"zorg": ["Mo"]})
    plan = make_plan(entries_of(list_of(someone(1, department="Staf"), someone(3))), present, {})
    assert (plan.emptied, [each.path for each in plan.emptied_if_complete]) == ([], ["Facilitair"])
    plan = make_plan(entries_of(list_of(someone(1, department="Staf"))), present, {})
    assert [(each.path, each.managers) for each in plan.emptied] == [("Zorg", ("Mo",)), (NIGHT, ())]


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
