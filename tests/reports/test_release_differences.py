"""What a release says of differences: with a unit's own other themes, and with the rest (sections 5 and 6, R17)."""

import math
from typing import Any

import pytest

from tests.reports.independent import AREAS, DISCIPLINES, SCALES, STEPS
from tests.reports.paper_rounds import QUESTIONNAIRE, PaperRound, people

ITEMS = [item.id for item in QUESTIONNAIRE.items]
POSITIONS = {code: [ITEMS.index(item) for item in items] for code, items in SCALES.items()}
NORMAL_QUANTILE, ASSUMED_SD, SMALLEST_SD = 1.959964, 20, 5


def with_changed(rows: list[bytes], code: str, count: int, value: int) -> list[bytes]:
    """The first so many answers to this scale, person after person, are changed."""
    changed = [bytearray(row) for row in rows]
    places = [(row, position) for row in changed for position in POSITIONS[code]]
    for row, position in places[:count]:
        row[position] = value
    return [bytes(row) for row in changed]


def own(rows: list[bytes]) -> dict[str, str | None]:
    found: dict[str, str | None] = PaperRound().add("", rows).shown()["compared"]["own"]
    return found


# --- a unit beside itself (section 5) ---


def test_every_theme_and_step_has_a_verdict_of_its_own_and_the_total_has_none() -> None:
    verdicts = own(people(6))
    assert set(verdicts) == {*DISCIPLINES, *AREAS, *STEPS}
    assert set(verdicts.values()) == {None}


@pytest.mark.parametrize(
    ("changed", "value", "score", "verdict"),
    [
        (20, 4, 63, None),
        # The limit is 2.5758 * 20 / sqrt(5) = 23.04 points from the others' 50.
        (37, 4, 73, None),
        (38, 4, 74, "higher"),
        (38, 2, 26, "lower"),
        (36, 2, 28, None),
    ],
)
def test_in_a_unit_of_5_only_a_large_difference_is_clear(
    changed: int, value: int, score: int, verdict: str | None
) -> None:
    content = PaperRound().add("", with_changed(people(5, 3), "SV", changed, value)).shown()
    assert content["scores"]["SV"]["value"] == score
    assert content["compared"]["own"]["SV"] == verdict
    assert {content["compared"]["own"][code] for code in DISCIPLINES if code != "SV"} == {None}


def test_in_a_larger_unit_the_same_difference_is_clear() -> None:
    assert own(with_changed(people(5, 3), "SV", 20, 4))["SV"] is None
    assert own(with_changed(people(80, 3), "SV", 320, 4))["SV"] == "higher"


def test_a_theme_is_laid_beside_others_of_its_kind_only() -> None:
    """All areas are equally high, all disciplines but one lower: no area is lower than a discipline."""
    rows = people(80, 3)
    for code in DISCIPLINES[1:]:
        rows = with_changed(rows, code, len(POSITIONS[code]) * len(rows), 2)
    assert own(rows)["SV"] == "higher"


def test_a_step_is_laid_beside_the_total() -> None:
    rows = with_changed(people(80, 3), "step1", len(POSITIONS["step1"]) * 80, 5)
    assert own(rows)["step1"] == "higher"


# --- a unit beside the rest of the organisation (section 6, R12) ---


def rest(round_: PaperRound, path: str) -> dict[str, dict[str, Any]] | None:
    found: dict[str, dict[str, Any]] | None = round_.shown(path)["compared"]["rest"]
    return found


def test_the_only_shown_unit_has_no_rest() -> None:
    assert rest(PaperRound().add("", people(20)), "") is None


def test_a_unit_that_holds_everybody_who_counts_has_no_rest() -> None:
    round_ = PaperRound().add("").add("A", people(9)).add("B", people(3))
    assert rest(round_, "A") is None
    assert rest(round_, "") is None


def test_who_counts_nowhere_is_no_part_of_the_rest() -> None:
    round_ = PaperRound().add("").add("A", people(9, 4)).add("B", people(9, 3)).add("C", people(3, 1))
    a = rest(round_, "A")
    assert a is not None
    assert {one["difference"] for one in a.values()} == {75 - 50}


def test_the_rest_is_about_disciplines_and_areas_only() -> None:
    round_ = PaperRound().add("").add("A", people(6, 4)).add("B", people(6, 3))
    a = rest(round_, "A")
    assert a is not None
    assert set(a) == {*DISCIPLINES, *AREAS}
    assert rest(round_, "") is None


def test_a_difference_with_the_rest_has_the_errors_of_both() -> None:
    round_ = PaperRound().add("").add("A", people(6, 4)).add("B", people(24, 3))
    margin = round(NORMAL_QUANTILE * ASSUMED_SD * math.sqrt(1 / 6 + 1 / 24))
    for path, difference, verdict, place in (("A", 25, "higher", 75), ("B", -25, "lower", 50)):
        found = rest(round_, path)
        assert found is not None
        assert found["SV"] == {"difference": difference, "margin": margin, "verdict": verdict, "place": place}


def test_a_difference_inside_the_margin_is_not_claimed() -> None:
    round_ = PaperRound().add("").add("A", with_changed(people(6, 3), "SV", 24, 4)).add("B", people(24, 3))
    found = rest(round_, "A")
    assert found is not None
    assert (found["SV"]["difference"], found["SV"]["verdict"]) == (13, None)


@pytest.mark.parametrize(("others", "verdict"), [(3, None), (4, "higher")])
def test_what_may_be_claimed_depends_on_all_that_is_looked_at(others: int, verdict: str | None) -> None:
    """Ten points between 40 and 40 people have p = .025: too little alone among 22, enough beside 20 real ones."""
    rows = with_changed(people(40, 3), "SV", 128, 4)
    for code in DISCIPLINES[1:]:
        rows = with_changed(rows, code, 320, others)
    found = rest(PaperRound().add("").add("A", rows).add("B", people(40, 3)), "A")
    assert found is not None
    assert (found["SV"]["difference"], found["SV"]["verdict"]) == (10, verdict)


# --- bounds (R17) ---


def many(first: list[bytes], others: int = 2, count: int = 11) -> PaperRound:
    """Enough blocks to draw dots towards the middle; within units nobody differs, so the spread is the smallest."""
    round_ = PaperRound().add("").add("A", first)
    for number in range(count):
        round_.add(f"B{number}", people(6, others))
    return round_


def test_beside_the_rest_a_bound_counts_and_not_what_is_beyond_it() -> None:
    round_ = PaperRound().add("").add("A", people(6, 5)).add("B", people(6, 1)).add("C", people(12, 3))
    a, b, c = (rest(round_, path) for path in "ABC")
    assert a is not None
    assert b is not None
    assert c is not None
    # Beside A stand 6 ones and 12 threes: 33 points. Beside C stand 6 fives and 6 ones.
    assert (a["SV"]["difference"], a["SV"]["place"]) == (95 - 33, 95)
    assert (b["SV"]["difference"], b["SV"]["place"]) == (5 - 67, 5)
    assert (c["SV"]["difference"], c["SV"]["place"]) == (0, 50)


def test_a_rest_beyond_the_bound_is_written_as_the_bound() -> None:
    round_ = PaperRound().add("").add("A", people(6, 3)).add("B", people(6, 5))
    a = rest(round_, "A")
    assert a is not None
    assert {one["difference"] for one in a.values()} == {50 - 95}


def test_a_dot_among_many_is_drawn_from_the_bound() -> None:
    found = rest(many(people(6, 5)), "A")
    assert found is not None
    freedom_quantile = 2.0003  # Student's t with 72 - 12 = 60 degrees of freedom
    margin = round(freedom_quantile * SMALLEST_SD * math.sqrt(1 / 6 + 1 / 66))
    # mu = 31.3 and tau^2 = 464.5: the dot stands at .991 of the way from there to 95, not to 100.
    assert {tuple(one.values()) for one in found.values()} == {(95 - 25, margin, "higher", 94)}


def test_with_fewer_than_10_blocks_a_dot_stands_at_the_figure_itself() -> None:
    nine, ten = (rest(many(people(5, 3), count=count), "A") for count in (8, 9))
    assert nine is not None
    assert ten is not None
    assert nine["SV"]["place"] == 50
    assert ten["SV"]["place"] < 50


def compared(round_: PaperRound) -> dict[str, Any]:
    return {path: content["compared"] for path, content in round_.contents.items() if content}


@pytest.mark.parametrize("value", [5, 1])
def test_answers_beyond_the_bound_change_no_difference(value: int) -> None:
    """All at the end of the scale, or all but one answer: no other printed figure moves, and no comparison."""
    fives = people(10, value)
    nearly = with_changed(fives, "SV", 1, {5: 4, 1: 2}[value])

    def few(first: list[bytes]) -> PaperRound:
        return PaperRound().add("").add("A", first).add("B", people(10, 3)).add("C", people(9, 2))

    assert compared(few(fives)) == compared(few(nearly))
    assert compared(many(fives, 3)) == compared(many(nearly, 3))
