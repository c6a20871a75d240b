"""The samples: nine findings, and the same organisation from CSV and from XLSX."""

import pytest
from django_scopes import scope

from organisations.creating import create_organisation
from organisations.models import Department
from organisations.staff_list.findings import Kind
from tests.conftest import SAMPLES
from tests.organisations.staff_list.files import apply, entries_of, staff

pytestmark = pytest.mark.django_db

WITH_ERRORS = SAMPLES / "staff-list-with-errors.csv"
NINE = [
    (5, "E-mail werk", "geen", Kind.BAD_ADDRESS, ""),
    (9, "E-mail werk", "c.dijkstra@zorggroep.example", Kind.DOUBLE_ADDRESS, "8"),
    (13, "Afdeling", "", Kind.EMPTY_DEPARTMENT, ""),
    (17, "Medewerkernummer", "10128", Kind.DOUBLE_NUMBER, "16"),
    (21, "E-mail werk", "M.BROUWER@ZORGGROEP.EXAMPLE ", Kind.ADDRESS_TIDIED, "m.brouwer@zorggroep.example"),
    (25, "Afdeling", "Zorg /Verpleging Noord", Kind.PATH_TIDIED, "Zorg / Verpleging Noord"),
    (29, "Taal", "xx", Kind.UNKNOWN_LANGUAGE, ""),
    (33, "Leidinggevende (J/N)", "misschien", Kind.UNKNOWN_YES_NO, ""),
    (37, "Achternaam", "", Kind.NO_FAMILY_NAME, ""),
]


def test_the_list_with_errors_gives_exactly_nine_findings() -> None:
    organisation = create_organisation("De Linde")
    with scope(organisation=organisation):
        plan = apply(organisation, WITH_ERRORS.read_bytes())
        found = [(each.row, each.column, each.value, each.kind, each.other) for each in plan.findings]
        assert found == NINE
        assert (len(plan.faults), len(plan.corrections)) == (7, 2)
        assert not plan.questions
        assert staff() == []
        assert Department.objects.count() == 1


def test_it_gives_the_same_nine_when_the_right_list_is_there_already() -> None:
    organisation = create_organisation("De Linde")
    with scope(organisation=organisation):
        apply(organisation, (SAMPLES / "staff-list.csv").read_bytes())
        before = staff()
        plan = apply(organisation, WITH_ERRORS.read_bytes())
        assert [(each.row, each.column, each.value, each.kind, each.other) for each in plan.findings] == NINE
        assert staff() == before


@pytest.mark.parametrize("name", ["staff-list.csv", "staff-list.xlsx"])
def test_the_sample_applied_twice_changes_nothing_the_second_time(name: str) -> None:
    organisation = create_organisation("De Linde")
    content = (SAMPLES / name).read_bytes()
    with scope(organisation=organisation):
        first = apply(organisation, content)
        before = staff()
        second = apply(organisation, content, complete=True)
        assert len(first.added) == len(before) == 245
        assert (second.unchanged, second.targets, second.leaving, second.new_departments) == (245, [], [], [])
        assert staff() == before
        assert Department.objects.count() == 23


def test_csv_and_xlsx_give_the_same_organisation() -> None:
    results = []
    for name in ("staff-list.csv", "staff-list.xlsx"):
        organisation = create_organisation("De Linde")
        with scope(organisation=organisation):
            apply(organisation, (SAMPLES / name).read_bytes())
            paths = sorted(Department.objects.exclude(path="").values_list("path", "name", "parent__path"))
            results.append((staff(), paths))
    assert results[0] == results[1]
    assert results[0][0]


def test_rows_are_counted_as_the_file_shows_them() -> None:
    """In the workbook a title and an empty row stand above the headings."""
    assert entries_of((SAMPLES / "staff-list.csv").read_bytes()).people[0].row == 2
    assert entries_of((SAMPLES / "staff-list.xlsx").read_bytes()).people[0].row == 4


@pytest.mark.parametrize("name", ["staff-list.csv", "staff-list.xlsx", "staff-list-with-errors.csv"])
def test_nothing_in_the_samples_could_be_read_otherwise(name: str) -> None:
    assert not entries_of((SAMPLES / name).read_bytes()).notes
