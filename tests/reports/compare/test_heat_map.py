"""The heat map: what the release says, colour and words only where a difference is demonstrable."""

import re

import pytest
from django.utils import translation

from questionnaires.questionnaire import DIMENSIONS
from reports.compare.heat_map import HeatMap, heat_map
from reports.compare.reading import ComparedUnit, Comparison
from reports.compare.sentences import ARROWS, signed
from reports.published import HiddenUnit
from tests.cast import Cast
from tests.reports.compare.organisations import compared, equal_departments, five_departments, ids, people
from tests.reports.paper_rounds import PaperRound


@pytest.fixture(autouse=True)
def _english() -> None:
    translation.activate("en")


@pytest.fixture
def found(in_scope: Cast) -> Comparison:
    return compared(in_scope, five_departments())


def of(comparison: Comparison, part: str = "") -> HeatMap:
    here = comparison.within(ids(comparison)[part] if part else None)
    return heat_map(comparison, here, lambda unit_id: f"/{unit_id}/")


def test_every_cell_says_what_the_release_says(found: Comparison) -> None:
    rows = {row.address: row for row in of(found).rows}
    for unit in found.compared:
        assert unit.rest is not None
        cells = rows[f"/{unit.id}/"].cells
        assert len(cells) == len(DIMENSIONS)
        for code, cell in zip(DIMENSIONS, cells, strict=True):
            one = unit.rest[code]
            text = " ".join(re.sub("<[^>]+>", "", cell).split())
            expected = f"{signed(one.difference)} ± {one.margin}"
            if one.verdict:
                expected = f"{ARROWS[one.verdict]} {expected} demonstrably {one.verdict}"
            assert text == expected


def test_colour_arrow_and_words_stand_together_and_only_where_it_is_demonstrable(found: Comparison) -> None:
    claimed = 0
    for row, unit in zip(of(found).rows, found.within(None), strict=True):
        for code, cell in zip(DIMENSIONS, row.cells, strict=bool(row.cells)):
            assert isinstance(unit, ComparedUnit)
            assert unit.rest is not None
            verdict = unit.rest[code].verdict
            signs = ("class=" in cell, any(arrow in cell for arrow in ARROWS.values()), "demonstrably" in cell)
            assert set(signs) == {verdict is not None}
            claimed += verdict is not None
    assert claimed > 0


def test_a_hidden_unit_has_one_text_and_no_number(found: Comparison) -> None:
    hidden = [f"/{unit.id}/" for unit in found.units if isinstance(unit, HiddenUnit)]
    rows = [row for row in of(found).rows if row.address in hidden]
    assert len(rows) == 2
    for row in rows:
        assert (row.cells, row.basis, row.instead) == ((), "", "Too few questionnaires to show.")


def test_the_organisation_as_a_whole_has_no_row(found: Comparison) -> None:
    assert f"/{found.root.id}/" not in {row.address for row in of(found).rows}


def test_what_is_claimed_does_not_change_with_the_part_that_is_looked_at(found: Comparison) -> None:
    whole = {row.address: row.cells for row in of(found).rows}
    for part in ("Zorg", "Huis", "Zorg / Laag", "Huis / Tuin"):
        narrowed = of(found, part)
        assert all(row.cells == whole[row.address] for row in narrowed.rows)
        assert (narrowed.claims, narrowed.looked_at) == (of(found).claims, of(found).looked_at)
    parts = [of(found, part) for part in ("Zorg", "Huis")]
    assert sum(one.claims_here for one in parts) == of(found).claims
    assert sum(one.looked_at_here for one in parts) == of(found).looked_at


def test_depth_is_counted_from_the_part(found: Comparison) -> None:
    assert [row.depth for row in of(found).rows] == [0, 1, 1, 0, 1, 1, 1]
    assert [row.depth for row in of(found, "Zorg / Laag").rows] == [0]


def test_answers_of_one_child_are_counted_once_and_say_so(in_scope: Cast) -> None:
    paper = PaperRound().add("").add("Zorg").add("Zorg / Laag", people(24, True)).add("Zorg / Nacht", people(2))
    found = compared(in_scope, paper.add("Huis", people(24)))
    rows = {row.name: row for row in of(found).rows}
    assert rows["Zorg"].cells == rows["Laag"].cells
    assert rows["Zorg"].basis == "24 questionnaires. These are the answers of Zorg / Laag."
    assert rows["Laag"].basis == "24 questionnaires"
    assert of(found).looked_at == 2 * len(DIMENSIONS)
    assert all("Zorg" not in names["lower"] for _code, names in of(found).by_theme)
    assert any("Laag" in names["lower"] for _code, names in of(found).by_theme)


def test_a_unit_that_holds_everybody_has_no_rest(in_scope: Cast) -> None:
    paper = PaperRound().add("").add("Zorg").add("Zorg / Dag", people(9)).add("Zorg / Laag", people(9, True))
    rows = {row.name: row for row in of(compared(in_scope, paper)).rows}
    assert rows["Zorg"].instead == "This holds everybody's answers, so there is no rest to compare it with."
    assert rows["Dag"].instead == ""


def test_equal_departments_claim_nothing(in_scope: Cast) -> None:
    found = of(compared(in_scope, equal_departments()))
    assert (found.claims, found.looked_at, found.by_theme) == (0, 3 * len(DIMENSIONS), [])
