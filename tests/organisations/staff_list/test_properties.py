"""What holds for every staff list, whatever its order and whatever is in it."""

from typing import Any
from unittest import mock

import pytest
from django_scopes import scope
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from organisations.creating import create_organisation
from organisations.models import Department, Person
from organisations.staff_list.entries import Entry
from organisations.staff_list.planning import make_plan
from organisations.staff_list.present import present_state
from tests.organisations.staff_list.files import HEADINGS, apply, csv_file, entries_of, staff, workbook

LETTERS = st.text(st.sampled_from("abcDEéëïöüáçñÉÖØÆãß"), min_size=1, max_size=6)
PLACES = st.lists(st.sampled_from(["Zorg", "Nacht", "Dag", "Keuken", "Staf"]), min_size=1, max_size=3, unique=True)
HEAD = [*HEADINGS, "Taal"]


@st.composite
def lists(draw: st.DrawFn) -> list[list[str]]:
    """Rows of different people; some without number, address or infix."""
    count = draw(st.integers(1, 8))
    rows = []
    for number in range(count):
        has_number = draw(st.booleans())
        has_address = draw(st.booleans()) or not has_number
        rows.append(
            [
                f"{100 + number}" if has_number else "",
                draw(LETTERS).strip() or "A",
                draw(st.sampled_from(["", "van", "van der"])),
                f"{draw(LETTERS)}{'abcdefgh'[number]}",
                f"mens{number}@linde.example" if has_address else "",
                " / ".join(draw(PLACES)),
                draw(st.sampled_from(["J", "N", ""])),
                draw(st.sampled_from(["nl", "en", "nl"])),
            ]
        )
    return rows


def sample(entry: Entry) -> tuple[object, ...]:
    """All of it but the row."""
    return tuple(value for name, value in sorted(vars(entry).items()) if name != "row")


def people(content: bytes) -> list[tuple[object, ...]]:
    entries = entries_of(content)
    assert not [each for each in entries.findings if each.is_fault], entries.findings
    return sorted((sample(entry) for entry in entries.people), key=str)


# Enough other rows that every column shows what it is.
FILLER = [
    [str(number), "Jan", "van", f"Vul{chr(97 + number % 26)}", f"v{number}@linde.example", "Zorg / Dag", "N", "nl"]
    for number in range(500, 512)
]


@settings(max_examples=15, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(rows=lists(), order=st.randoms(use_true_random=False))
def test_any_order_of_rows_and_columns_gives_the_same_people(rows: list[list[str]], order: Any) -> None:
    table = [HEAD, *rows, *FILLER]
    expected = people(csv_file(table))
    columns = list(range(len(HEAD)))
    order.shuffle(columns)
    body = table[1:]
    order.shuffle(body)
    turned = [[row[column] for column in columns] for row in [HEAD, *body]]
    assert people(csv_file(turned, encoding="cp1252")) == expected
    assert people(workbook(("Lijst", turned))) == expected


FAULTS = [(4, "geen"), (5, ""), (6, "misschien"), (7, "klingon"), (3, "")]


class Stored(TestCase):
    """Each example in a transaction of its own."""

    @settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(rows=lists())
    def test_applying_twice_changes_nothing_the_second_time(self, rows: list[list[str]]) -> None:
        organisation = create_organisation("De Linde")
        content = csv_file([HEAD, *rows, *FILLER])
        with scope(organisation=organisation):
            apply(organisation, content)
            before, ids = staff(), set(Person.objects.values_list("pk", flat=True))
            second = apply(organisation, content, complete=True)
            assert (second.targets, second.leaving, second.new_departments) == ([], [], [])
            assert (staff(), set(Person.objects.values_list("pk", flat=True))) == (before, ids)

    @settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(rows=lists(), fault=st.sampled_from(FAULTS), place=st.integers(0, 99))
    def test_a_fault_anywhere_changes_nothing(self, rows: list[list[str]], fault: tuple[int, str], place: int) -> None:
        organisation = create_organisation("De Linde")
        column, value = fault
        body = [list(row) for row in (*rows, *FILLER)]
        body[place % len(body)][column] = value
        with scope(organisation=organisation):
            with mock.patch("organisations.staff_list.applying._store") as store:
                plan = apply(organisation, csv_file([HEAD, *body]), complete=True)
            assert not plan.is_valid
            assert {each.row for each in plan.faults} == {place % len(body) + 2}
            store.assert_not_called()
            assert (Person.objects.count(), Department.objects.count()) == (0, 1)

    @settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(rows=lists(), later=lists())
    def test_the_list_becomes_what_the_newest_complete_file_says(
        self, rows: list[list[str]], later: list[list[str]]
    ) -> None:
        organisation = create_organisation("De Linde")
        content = csv_file([HEAD, *later, *FILLER])
        with scope(organisation=organisation):
            apply(organisation, csv_file([HEAD, *rows, *FILLER]))
            if not apply(organisation, content, complete=True).is_valid:
                return
            again = make_plan(entries_of(content), present_state(organisation), {})
            assert (again.targets, again.leaving) == ([], [])
            assert again.unchanged == Person.objects.filter(left_on=None).count() == len(later) + len(FILLER)


pytestmark = pytest.mark.django_db
