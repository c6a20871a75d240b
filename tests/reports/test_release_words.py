"""What a release says from 10 people on in words, and from 20 on of how answers are divided (R5, R10, section 3)."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from tests.reports.independent import SCALES
from tests.reports.paper_rounds import QUESTIONNAIRE, PaperRound, people

ITEMS = [item.id for item in QUESTIONNAIRE.items]
Column = Sequence[int]


def rows_of(usual: Column, other: Mapping[str, Column] | None = None) -> list[bytes]:
    """People whose answers to each question stand in a column."""
    columns = [(other or {}).get(item, usual) for item in ITEMS]
    return [bytes(row) for row in zip(*columns, strict=True)]


def words(count: int, **given: Any) -> dict[str, Any]:
    found: dict[str, Any] = PaperRound().add("", people(count), **given).shown()["words"]
    return found


# --- agreement in words (section 3) ---


def apart(pairs: int) -> Column:
    """200 people, so many of them on either side of "neither": AD_M is pairs / 100."""
    return [2] * pairs + [4] * pairs + [3] * (200 - 2 * pairs)


@pytest.mark.parametrize(
    ("usual", "one_question", "word"),
    [(60, 60, "one_mind"), (60, 61, "varied"), (83, 83, "varied"), (83, 84, "divided")],
)
def test_agreement_changes_its_word_just_beyond_60_and_83_hundredths(usual: int, one_question: int, word: str) -> None:
    rows = rows_of(apart(usual), {SCALES["SV"][0]: apart(one_question)})
    assert PaperRound().add("", rows).shown()["words"]["agreement"]["SV"] == word


def test_agreement_is_that_of_each_discipline() -> None:
    other = dict.fromkeys(SCALES["TL"], apart(90)) | dict.fromkeys(SCALES["PM"], apart(70))
    assert PaperRound().add("", rows_of(apart(10), other)).shown()["words"]["agreement"] == {
        "SV": "one_mind",
        "MM": "one_mind",
        "PM": "varied",
        "TL": "divided",
        "ST": "one_mind",
    }


def test_agreement_is_about_the_filled_answers() -> None:
    """Who left a question open does not disagree: the answer is the person's mean over that discipline."""
    rows = rows_of([4] * 10, {SCALES["SV"][0]: [0] * 4 + [9] * 4 + [4] * 2})
    assert PaperRound().add("", rows).shown()["words"]["agreement"]["SV"] == "one_mind"


# --- who is there (R5) ---


@pytest.mark.parametrize(("k", "count", "n"), [(5, 9, None), (5, 10, 10), (12, 12, 12), (20, 20, 20)])
def test_words_are_of_10_people_or_of_the_rounds_own_threshold(k: int, count: int, n: int | None) -> None:
    found = PaperRound(k=k).add("", people(count)).shown()["words"]
    assert (found and found["n"]) == n


def test_a_higher_threshold_of_the_round_merges_for_words_too() -> None:
    round_ = PaperRound(k=12).add("").add("A", people(12)).add("B", people(11)).add("C", people(1))
    assert round_.shown("")["words"]["n"] == 24
    assert round_.shown("A")["words"]["n"] == 12


@pytest.mark.parametrize(("of_the_small_one", "n"), [(5, 10), (6, None), (9, None)])
def test_words_need_two_thirds_of_the_people(of_the_small_one: int, n: int | None) -> None:
    # The small one is too small for words; its people go up to the root, where they meet those of B.
    round_ = PaperRound().add("").add("A").add("A / A1", people(10)).add("A / A2", people(of_the_small_one))
    round_.add("B", people(9))
    assert round_.shown("A")["n"] == 10 + of_the_small_one
    found = round_.shown("A")["words"]
    assert (found and found["n"]) == n
    assert round_.shown("A / A1")["words"]["n"] == 10
    assert round_.shown("A / A2")["words"] is None
    assert round_.shown("")["words"]["n"] == 19 + of_the_small_one


def test_two_small_units_are_merged_for_words() -> None:
    round_ = PaperRound().add("").add("A").add("A / A1", people(5, 2)).add("A / A2", people(5, 4))
    assert round_.shown("A")["words"]["n"] == 10
    assert set(round_.shown("A")["words"]["agreement"].values()) == {"divided"}
    assert round_.shown("A / A1")["words"] is None


# --- obstacles and "don't know" (R10) ---


@pytest.mark.parametrize(
    ("ticked", "count", "tenths"),
    [
        (0, 10, None),
        (2, 10, None),
        (3, 10, 3),
        (2, 40, None),
        (3, 30, 1),
        (3, 31, 0),
        (5, 20, 3),
        (7, 20, 4),
        (9, 10, 9),
        (10, 10, 9),
        (40, 40, 9),
    ],
)
def test_obstacles_are_shares_in_tens_from_3_people(ticked: int, count: int, tenths: int | None) -> None:
    found = words(count, obstacles=[["hierarchy"]] * ticked)["obstacles"]
    assert found.pop("hierarchy") == tenths
    assert set(found.values()) == {None}
    assert len(found) == len(QUESTIONNAIRE.obstacles) - 1


def test_a_person_may_tick_several_obstacles() -> None:
    found = words(10, obstacles=[["time_pressure", "other", "hierarchy"]] * 3 + [["other"]] * 2)["obstacles"]
    assert (found["time_pressure"], found["hierarchy"], found["other"]) == (3, 3, 5)


def test_one_person_under_3_or_nobody_look_the_same() -> None:
    assert words(10) == words(10, obstacles=[["other"]]) == words(10, obstacles=[["other"], ["other"]])


def test_obstacles_of_who_does_not_count_are_left_out() -> None:
    round_ = PaperRound().add("", [*people(10), *[bytes([4] * 29 + [0] * 11)] * 5], obstacles=[["other"]] * 15)
    assert round_.shown()["words"]["n"] == 10
    alone = PaperRound().add("", [*[bytes([4] * 29 + [0] * 11)] * 5, *people(10)], obstacles=[["other"]] * 5)
    assert alone.shown()["words"]["obstacles"]["other"] is None


@pytest.mark.parametrize(("count", "tenths"), [(2, None), (3, 2), (10, 5), (20, 9)])
def test_dont_know_is_a_share_of_all_people(count: int, tenths: int | None) -> None:
    """Also of a question of which no figure may be shown; questions left open are not among them."""
    rows = rows_of([4] * 20, {"q07": [9] * count + [4] * (20 - count), "q08": [0] * 20})
    content = PaperRound().add("", rows).shown()
    found = content["words"]["dont_know"]
    assert found.pop("q07") == tenths
    assert set(found.values()) == {None}
    assert ("q07" in content["items"]["values"]) is (count <= 5)


# --- how answers are divided (R5, R10) ---


def divided(column: Column) -> list[int]:
    found: list[int] = (
        PaperRound().add("", rows_of([4] * len(column), {"q01": column})).shown()["items"]["distribution"]["q01"]
    )
    return found


def test_how_answers_are_divided_is_there_from_20_people() -> None:
    assert PaperRound().add("", people(19)).shown()["items"] is None
    assert PaperRound().add("", people(20)).shown()["items"]["distribution"]["q40"] == [0, 0, 0, 9, 0]
    assert "distribution" not in PaperRound().add("", people(20)).shown()["bands"]


@pytest.mark.parametrize(
    ("column", "tenths"),
    [
        ([5] * 20, [0, 0, 0, 0, 9]),
        ([5] * 19 + [4], [0, 0, 0, 0, 9]),
        ([1] * 18 + [2] * 2, [9, 1, 0, 0, 0]),
        ([1] * 16 + [2] * 4, [8, 2, 0, 0, 0]),
        ([1] * 1 + [2] * 2 + [3] * 3 + [4] * 5 + [5] * 9, [0, 1, 2, 3, 5]),
        ([1] * 3 + [3] * 28, [0, 0, 9, 0, 0]),
    ],
)
def test_shares_are_in_tens_and_never_of_everybody(column: Column, tenths: list[int]) -> None:
    assert divided(column) == tenths


def test_a_share_of_everybody_and_of_nearly_everybody_look_the_same() -> None:
    everybody, nearly = ([2] * 40, [2] * 37 + [3] * 3)
    assert divided(everybody) == divided(nearly)


def test_answers_left_open_are_divided_as_they_are_filled() -> None:
    assert divided([4] * 15 + [0] * 3 + [9] * 2) == [0, 0, 0, 9, 0]


def test_a_question_that_fewer_than_75_percent_answered_is_not_divided() -> None:
    content = PaperRound().add("", rows_of([4] * 20, {"q01": [4] * 14 + [9] * 6})).shown()
    assert "q01" not in content["items"]["distribution"]
    assert set(content["items"]["distribution"]) == set(content["items"]["values"])
    assert len(content["items"]["values"]) == 39
