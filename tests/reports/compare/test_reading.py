"""The light reading of a release says what the whole reading says."""

from collections.abc import Callable

import pytest

from questionnaires.questionnaire import DIMENSIONS
from reports.compare.reading import ComparedUnit, read_comparison
from reports.published import HiddenUnit, ShownUnit, read_release, read_units
from tests.cast import Cast
from tests.reports.compare.organisations import compared, five_departments, freeze, people
from tests.reports.paper_rounds import PaperRound

PAPERS: dict[str, Callable[[], PaperRound]] = {
    "five departments": five_departments,
    # Names that JSON has a meaning for; "12" holds the answers of its child only.
    "names": lambda: (
        PaperRound().add("").add("null", people(9)).add("12").add("12 / true", people(9)).add("12 / {}", people(2))
    ),
    "same as all": lambda: PaperRound().add("").add("12", people(9)),
    "nobody": lambda: PaperRound().add("", people(2)).add("Zorg", people(1)),
    "one group": lambda: PaperRound().add("").add("Zorg", people(9)).add("Huis", people(2)),
}


@pytest.mark.parametrize("name", PAPERS)
@pytest.mark.parametrize("theme", [None, "SV", "F"])
def test_light_and_whole_reading_say_the_same(name: str, theme: str | None, in_scope: Cast) -> None:
    release = freeze(in_scope, PAPERS[name]())
    light, whole = read_comparison(release, theme), read_release(release)
    assert [(unit.id, unit.path) for unit in light.units] == [(unit.id, unit.path) for unit in whole.units]
    assert light.parents == whole.parents
    for one, other in zip(light.units, whole.units, strict=True):
        assert isinstance(one, HiddenUnit) == isinstance(other, HiddenUnit)
        if isinstance(one, ComparedUnit) and isinstance(other, ShownUnit):
            assert (one.n, one.rest, one.same_as) == (other.n, other.rest, other.same_as)
            assert one.score == (other.scores[theme] if theme else None)


def test_some_of_the_papers_hold_what_the_comparison_is_about(in_scope: Cast) -> None:
    units = compared(in_scope, five_departments()).compared
    assert {one.verdict for unit in units for one in (unit.rest or {}).values()} == {"higher", "lower", None}
    assert PAPERS["names"]().shown("12")["same_as"] == "12 / true"
    assert PAPERS["same as all"]().shown("")["same_as"] == "12"


def test_some_units_of_a_release(in_scope: Cast) -> None:
    release = freeze(in_scope, five_departments())
    whole = read_release(release)
    chosen = [whole.units[1], whole.units[-1]]
    found = read_units(release, [unit.id for unit in chosen])
    assert {unit.id: unit for unit in found} == {unit.id: unit for unit in chosen}


def test_a_part_holds_the_unit_and_all_below_it(in_scope: Cast) -> None:
    found = compared(in_scope, five_departments())
    by_path = {unit.path: unit.id for unit in found.units}
    assert [unit.path for unit in found.within(by_path["Zorg"])] == [
        "Zorg",
        "Zorg / Dag",
        "Zorg / Laag",
        "Zorg / Nacht",
    ]
    assert [unit.path for unit in found.within(by_path["Huis / Tuin"])] == ["Huis / Tuin"]
    assert len(found.within(None)) == len(found.units) - 1
    assert [unit.path for unit in found.parts] == ["Huis", "Zorg"]
    assert len(DIMENSIONS) == 11
