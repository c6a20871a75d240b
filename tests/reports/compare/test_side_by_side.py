"""Up to four departments in a radar; of each is said how it lies beside the rest, and of two nothing."""

import pytest
from django.http import QueryDict
from django.utils import translation

from questionnaires.questionnaire import AREAS, DISCIPLINES
from reports.compare.frame import Frame
from reports.compare.side_by_side import SideBySide, side_by_side
from tests.cast import Cast
from tests.reports.compare.organisations import compared, five_departments, ids
from tests.reports.paper_rounds import PaperRound


@pytest.fixture(autouse=True)
def _english() -> None:
    translation.activate("en")


def page(cast: Cast, *paths: str, extra: str = "", paper: PaperRound | None = None) -> SideBySide:
    found = compared(cast, paper or five_departments())
    by_path = ids(found)
    query = "&".join([*(f"profile={by_path[path]}" for path in paths), *([extra] if extra else [])])
    return side_by_side(Frame(found, QueryDict(query), "en"))


def test_charts_and_table_hold_the_scores_of_the_release(in_scope: Cast) -> None:
    paper = five_departments()
    found = page(in_scope, "", "Zorg / Laag", paper=paper)
    assert found.names == ["Zorggroep De Linde", "Laag"]
    assert [radar.id for radar in found.radars] == ["disciplines", "areas"]
    for radar, codes in zip(found.radars, (DISCIPLINES, AREAS), strict=True):
        for place, path in enumerate(("", "Zorg / Laag")):
            scores = [paper.shown(path)["scores"][code] for code in codes]
            assert radar.figure["data"][place]["r"][:-1] == [one["value"] for one in scores]
            assert [row[1][place] for row in radar.rows] == [
                (str(one["value"]), f"{one['low']} to {one['high']}") for one in scores
            ]


def test_what_is_said_is_of_each_and_the_rest(in_scope: Cast) -> None:
    said = dict(page(in_scope, "", "Zorg / Laag", "Huis / Keuken").said)
    assert said["Laag"].startswith("Demonstrably lower than the rest of the organisation: ")
    assert "Knowledge" in said["Laag"]
    assert said["Zorggroep De Linde"] == "This holds everybody's answers, so there is no rest to compare it with."
    for text in said.values():
        assert not any(other in text for other in ("Laag", "Keuken"))


def test_more_than_four_are_refused_in_words_and_stay_ticked(in_scope: Cast) -> None:
    found = page(in_scope, "", "Zorg", "Zorg / Dag", "Zorg / Laag", "Huis", "Huis / Keuken")
    assert found.fault == ("You chose 6 departments. A chart with more than four cannot be read: untick 2 of them.")
    assert (found.radars, found.said) == ([], [])
    assert sum(choice.is_chosen for choice in found.choices) == 6
    assert page(in_scope, paper=PaperRound().add("")).fault == ""


def test_four_are_drawn(in_scope: Cast) -> None:
    found = page(in_scope, "", "Zorg", "Zorg / Dag", "Zorg / Laag")
    assert not found.fault
    assert len(found.radars[0].figure["data"]) == 4


@pytest.mark.parametrize(("path", "name"), [("Zorg / Nacht", "Nacht"), ("Huis / Tuin", "Tuin")])
def test_a_hidden_department_is_refused_with_the_one_text(path: str, name: str, in_scope: Cast) -> None:
    found = page(in_scope, path, "Zorg")
    assert found.fault == f"{name}: Too few questionnaires to show."
    assert found.radars == []
    assert name not in {choice.name for choice in found.choices}


def test_something_else_is_refused(in_scope: Cast) -> None:
    assert page(in_scope, extra="profile=nonsense").fault.startswith("This scan has no such department.")


def test_the_list_keeps_to_the_part_that_is_looked_at(in_scope: Cast) -> None:
    found = compared(in_scope, five_departments())
    by_path = ids(found)
    frame = Frame(found, QueryDict(f"unit={by_path['Huis']}&profile={by_path['Zorg / Dag']}"), "en")
    assert [choice.name for choice in side_by_side(frame).choices] == ["Zorggroep De Linde", "Huis", "Keuken", "Dag"]
