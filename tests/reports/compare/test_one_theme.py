"""One theme: dots where the release says, in the order asked for, and the same figures in chart and table."""

from typing import Any

import pytest
from django.http import QueryDict
from django.utils import translation

from questionnaires.questionnaire import DIMENSIONS
from reports.compare.frame import Frame
from reports.compare.one_theme import ThemePage, one_theme, theme_of
from tests.cast import Cast
from tests.reports.compare.organisations import compared, equal_departments, five_departments, people
from tests.reports.paper_rounds import PaperRound

THEME = "K"


@pytest.fixture(autouse=True)
def _english() -> None:
    translation.activate("en")


def page(cast: Cast, paper: PaperRound, query: str = "") -> ThemePage:
    return one_theme(Frame(compared(cast, paper, THEME), QueryDict(query), "en"), THEME)


def dots(figure: dict[str, Any]) -> dict[str, tuple[int, int, str]]:
    """By name: place, margin and kind."""
    return {
        name: (value, margin, trace["name"])
        for trace in figure["data"]
        for name, value, margin in zip(trace["text"], trace["x"], trace["error_x"]["array"], strict=True)
    }


def test_dots_margins_and_kinds_are_those_of_the_release(in_scope: Cast) -> None:
    paper = five_departments()
    found = dots(page(in_scope, paper).figure)
    assert set(found) == {"Zorg", "Dag", "Laag", "Huis", "Keuken"}
    words = {None: "no demonstrable difference", "higher": "demonstrably higher", "lower": "demonstrably lower"}
    for path in ("Zorg", "Zorg / Dag", "Zorg / Laag", "Huis / Keuken"):
        one = paper.shown(path)["compared"]["rest"][THEME]
        assert found[path.rpartition(" / ")[2]] == (one["place"], one["margin"], words[one["verdict"]])
    assert found["Laag"][2] == "demonstrably lower"


def test_the_table_holds_the_same_figures(in_scope: Cast) -> None:
    found = page(in_scope, five_departments())
    for name, (place, margin, kind) in dots(found.figure).items():
        row = next(row for row in found.rows if row.name == name)
        assert row.place == place
        assert row.difference.endswith(f"± {margin}")
        assert row.verdict in (kind, "not demonstrable")


def test_hidden_departments_have_a_row_without_a_number_and_no_dot(in_scope: Cast) -> None:
    found = page(in_scope, five_departments())
    hidden = [row for row in found.rows if row.place is None]
    assert [row.name for row in hidden] == ["Tuin", "Nacht"]
    assert {(row.score, row.difference, row.verdict, row.note) for row in hidden} == {
        ("", "", "", "Too few questionnaires to show.")
    }


@pytest.mark.parametrize(
    ("query", "first", "last"), [("", "Dag", "Zorg"), ("order=name", "Dag", "Zorg"), ("order=place", None, "Laag")]
)
def test_departments_come_by_name_or_by_place(query: str, first: str | None, last: str, in_scope: Cast) -> None:
    found = page(in_scope, five_departments(), query)
    names = [row.name for row in found.rows if row.place is not None]
    assert found.figure["layout"]["yaxis"]["ticktext"] == names
    assert (first or names[0], last) == (names[0], names[-1])
    if not first:
        places = [row.place for row in found.rows if row.place is not None]
        assert places == sorted(places, reverse=True)


def test_a_name_that_two_departments_have_is_written_with_its_path(in_scope: Cast) -> None:
    paper = PaperRound().add("").add("Zorg").add("Zorg / Dag", people(9)).add("Huis").add("Huis / Dag", people(9))
    names = set(dots(page(in_scope, paper.add("Nacht", people(9))).figure))
    assert {"Zorg / Dag", "Huis / Dag", "Nacht"} <= names


def test_with_few_groups_dots_stand_at_the_scores_and_the_page_does_not_say_otherwise(in_scope: Cast) -> None:
    found = page(in_scope, five_departments())
    assert not found.is_drawn
    assert all(row.score == str(row.place) for row in found.rows if row.place is not None)


def test_with_many_groups_it_says_that_dots_are_drawn_to_the_middle(in_scope: Cast) -> None:
    paper = equal_departments(10).add("Laag", people(12, lower=True))
    assert page(in_scope, paper).is_drawn


def test_the_line_is_the_organisations_own_score(in_scope: Cast) -> None:
    paper = five_departments()
    value = paper.shown("")["scores"][THEME]["value"]
    (line,) = page(in_scope, paper).figure["layout"]["shapes"]
    assert (line["x0"], line["label"]["text"]) == (value, f"Zorggroep De Linde: {value}")


def test_an_unknown_theme_gives_the_first() -> None:
    assert theme_of("nonsense") == theme_of(None) == DIMENSIONS[0]
    assert theme_of("K") == "K"
