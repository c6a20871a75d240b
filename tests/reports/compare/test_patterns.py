"""Which steps come back: counted from the first steps of the smallest departments that are shown."""

import pytest
from django.http import QueryDict
from django.utils import translation

from reports import advice
from reports.compare.frame import Frame
from reports.compare.patterns import Patterns, patterns, smallest
from reports.published import read_release
from tests.cast import Cast
from tests.reports.compare.organisations import compared, equal_departments, five_departments, freeze, ids


@pytest.fixture(autouse=True)
def _english() -> None:
    translation.activate("en")


def test_the_smallest_departments_are_counted_once(in_scope: Cast) -> None:
    published = read_release(freeze(in_scope, five_departments()))
    assert [unit.path for unit in smallest(published)] == ["Huis / Keuken", "Zorg / Dag", "Zorg / Laag"]


def test_the_counts_are_those_of_the_reports(in_scope: Cast) -> None:
    found = compared(in_scope, five_departments())
    page = patterns(Frame(found, QueryDict(), "en"))
    published = read_release(found.release)
    for row in page.rows:
        names = [
            unit.name
            for unit in smallest(published)
            if row.number in {step.number for step in advice.first_steps(published, unit)}
        ]
        assert [name for name, _address in row.departments] == names
        assert row.count == f"{len(names)} of 3"
    assert [row.number for row in page.rows] == [1, 2, 3, 4, 5, 6, 7]


def test_steps_that_come_back_as_often_are_named_together(in_scope: Cast) -> None:
    page: Patterns = patterns(Frame(compared(in_scope, equal_departments()), QueryDict(), "en"))
    most = [f"step {row.number}" for row in page.rows if row.count == "3 of 3"]
    assert len(most) == 3
    assert all(name in page.summary.lower() for name in most)
    assert "each is among the steps to start with in 3 of the 3 departments" in page.summary


def test_of_fewer_than_three_departments_there_is_no_pattern(in_scope: Cast) -> None:
    found = compared(in_scope, five_departments())
    page = patterns(Frame(found, QueryDict(f"unit={ids(found)['Zorg']}"), "en"))
    assert page.rows == []
    assert page.summary.startswith("Fewer than three departments")
