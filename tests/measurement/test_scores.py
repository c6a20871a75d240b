"""Scores: (mean answer - 1) / 4 * 100, exact until the last rounding, which is half up."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from measurement.scoring import filled, score, whole
from tests.measurement.people import (
    DISCIPLINES,
    SCALES,
    answers_of,
    half_up,
    person_scores,
    plain_score,
    plainly_filled,
    rows_of_answers,
)


@pytest.mark.parametrize(("answer", "points"), [(1, 0), (2, 25), (3, 50), (4, 75), (5, 100)])
def test_an_answer_is_worth_a_quarter_of_the_way_each(answer: int, points: int) -> None:
    assert score(answer, 1) == points
    assert score(answer * 7, 7) == points


def test_a_score_is_exact() -> None:
    assert score(10, 3) == Fraction(175, 3)
    assert score(33, 8) == Fraction(625, 8)  # the worked example: 78.125


@pytest.mark.parametrize(
    ("value", "points"),
    [
        (Fraction(0), 0),
        (Fraction(1, 2), 1),
        (Fraction(115, 2), 58),
        (Fraction(117, 2), 59),  # 58.5; half to even would say 58
        (Fraction(625, 8), 78),
        (Fraction(175, 3), 58),
        (Fraction(199, 2), 100),
        (Fraction(994999999999, 10000000000), 99),  # 99.4999999999
        (Fraction(100), 100),
    ],
)
def test_whole_points_are_rounded_half_up(value: Fraction, points: int) -> None:
    assert whole(value) == points


@settings(max_examples=200, deadline=None)
@given(value=st.fractions(0, 100))
def test_rounding_agrees_with_plain_python(value: Fraction) -> None:
    assert whole(value) == half_up(value)


def test_a_floating_point_half_that_is_no_half_is_rounded_down() -> None:
    # 28 answers that add up to 93: 58.0357; 200 that add up to 868: 83.5 exactly.
    assert whole(score(93, 28)) == 58
    assert whole(score(868, 200)) == 84


def test_every_score_has_its_own_items_and_the_total_has_all() -> None:
    scores = SCALES.all()
    assert next(iter(scores)) == "total"
    assert scores["total"] == tuple(range(40))
    assert scores["SV"] == DISCIPLINES["SV"]
    assert set(scores) == {"total", "SV", "MM", "PM", "TL", "ST", "T", "F", "1", "3"}


@settings(max_examples=60, deadline=None)
@given(rows=rows_of_answers)
def test_all_scores_agree_with_plain_python(rows: list[list[int]]) -> None:
    result = filled(answers_of(*rows), DISCIPLINES)
    plain = [plainly_filled(row) for row in rows]
    for positions in SCALES.all().values():
        part = result[:, list(positions)]
        exact = score(int(part.sum()), part.size)
        assert exact == plain_score(plain, positions)
        assert whole(exact) == half_up(plain_score(plain, positions))
        persons = person_scores(result, positions).tolist()
        assert persons == pytest.approx([float(plain_score([row], positions)) for row in plain])
