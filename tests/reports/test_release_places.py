"""Where dots stand among many units (section 6): drawn towards the middle, and written as every figure is."""

from typing import Any

from tests.reports.paper_rounds import PaperRound, people


def rows_around(middle: int) -> list[bytes]:
    """Six people who differ as people do."""
    return [bytes([answer] * 40) for answer in (middle - 1, middle, middle + 1)] * 2


def among(others: int, first: list[bytes]) -> dict[str, Any]:
    """A unit beside many that hardly differ, so that its dot is drawn far."""
    round_ = PaperRound().add("").add("A", first)
    for number in range(others):
        round_.add(f"B{number}", rows_around(4))
    return round_.shown("A")


def nearly_only_fives(count: int) -> list[bytes]:
    """Every person gives a 4 to another eighth of the questions."""
    return [bytes(4 if (item + 3 * person) % 8 == 0 else 5 for item in range(40)) for person in range(count)]


def test_where_units_do_not_differ_all_dots_stand_together() -> None:
    round_ = PaperRound().add("")
    for number in range(10):
        round_.add(f"A{number}", rows_around(3))
    for content in round_.contents.values():
        assert content is not None
        assert {one["place"] for one in (content["compared"]["rest"] or {}).values()} <= {50}


def test_a_dot_lies_between_the_figure_and_the_middle() -> None:
    content = among(9, people(12, 5))
    assert {75 < one["place"] < 95 for one in content["compared"]["rest"].values()} == {True}


def test_a_dot_does_not_tell_what_lies_beyond_the_bound() -> None:
    """Among so many that the spread of the whole organisation is the same to the eye."""
    fives, nearly = among(99, people(12, 5)), among(99, nearly_only_fives(12))
    assert fives["scores"] == nearly["scores"]
    assert fives["compared"] == nearly["compared"]


def test_a_dot_is_rounded_as_figures_are() -> None:
    round_ = PaperRound().add("")
    for number in range(10):
        round_.add(f"A{number}", [*people(4, 3), *people(4, 4)])
    content = round_.shown("A0")
    assert content["scores"]["SV"]["value"] == round_.shown("")["scores"]["SV"]["value"] == 63
    assert content["compared"]["rest"]["SV"]["difference"] == 0
    assert content["compared"]["rest"]["SV"]["place"] == 63
