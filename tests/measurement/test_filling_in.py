"""Missing answers: the person's mean of that discipline, rounded to a whole answer, half up."""

import numpy as np
from hypothesis import given, settings

from measurement.scoring import filled
from tests.measurement.people import DISCIPLINES, answers_of, person_scores, plainly_filled, rows_of_answers

SV = DISCIPLINES["SV"]


def a_person(shared_vision: list[int], elsewhere: int = 1) -> list[int]:
    """Somebody with these eight answers on shared vision, and the same answer on everything else."""
    row = [elsewhere] * 40
    for position, answer in zip(SV, shared_vision, strict=True):
        row[position] = answer
    return row


def filled_vision(shared_vision: list[int], elsewhere: int = 1) -> list[int]:
    result = filled(answers_of(a_person(shared_vision, elsewhere)), DISCIPLINES)
    return [int(result[0, position]) for position in SV]


def test_the_worked_example_is_filled_with_4_and_scores_78_125() -> None:
    assert filled_vision([5, 4, 0, 4, 5, 4, 3, 0]) == [5, 4, 4, 4, 5, 4, 3, 4]
    filled_answers = filled(answers_of(a_person([5, 4, 0, 4, 5, 4, 3, 9])), DISCIPLINES)
    assert person_scores(filled_answers, SV).tolist() == [78.125]


def test_a_half_is_rounded_up() -> None:
    assert filled_vision([4, 5, 4, 5, 0, 0, 0, 0]) == [4, 5, 4, 5, 5, 5, 5, 5]
    assert filled_vision([2, 3, 2, 3, 9, 9, 9, 9]) == [2, 3, 2, 3, 3, 3, 3, 3]
    assert filled_vision([1, 2, 1, 2, 1, 2, 0, 9]) == [1, 2, 1, 2, 1, 2, 2, 2]


def test_less_than_a_half_is_rounded_down() -> None:
    assert filled_vision([4, 4, 5, 4, 5, 4, 5, 0])[-1] == 4  # 31 / 7
    assert filled_vision([1, 1, 1, 2, 0, 0, 0, 0])[-1] == 1


def test_four_answers_in_the_discipline_are_enough() -> None:
    assert filled_vision([5, 5, 5, 5, 0, 0, 0, 0], elsewhere=1) == [5] * 8


def test_with_fewer_than_four_the_mean_of_all_answers_is_taken() -> None:
    # 3 fives and 32 ones: 47 / 35 = 1.34.
    assert filled_vision([5, 5, 5, 0, 0, 9, 9, 0], elsewhere=1) == [5, 5, 5, 1, 1, 1, 1, 1]
    assert filled_vision([0] * 8, elsewhere=4) == [4] * 8


def test_the_mean_of_all_answers_is_taken_before_anything_is_filled_in() -> None:
    row = [0] * 40
    for position in DISCIPLINES["MM"]:
        row[position] = 5
    for position in DISCIPLINES["PM"][:3]:
        row[position] = 1
    result = filled(answers_of(row), DISCIPLINES)[0]
    # 8 fives and 3 ones: 43 / 11 = 3.9, also for what is missing in PM.
    assert set(result.tolist()) == {1, 4, 5}
    assert [int(result[position]) for position in DISCIPLINES["PM"]] == [1, 1, 1, 4, 4, 4, 4, 4]


def test_dont_know_and_unanswered_are_filled_in_alike() -> None:
    assert filled_vision([5, 4, 0, 4, 5, 4, 3, 0]) == filled_vision([5, 4, 9, 4, 5, 4, 3, 9])


def test_real_answers_stay_and_the_input_too() -> None:
    answers = answers_of(a_person([5, 1, 5, 1, 5, 0, 9, 2]))
    before = answers.copy()
    result = filled(answers, DISCIPLINES)
    assert np.array_equal(answers, before)
    real = (answers >= 1) & (answers <= 5)
    assert np.array_equal(result[real], answers[real])


def test_nobody_borrows_from_anybody_else() -> None:
    rows = [a_person([5, 5, 5, 5, 0, 0, 0, 0]), a_person([1, 1, 1, 1, 0, 0, 0, 0], elsewhere=5)]
    together = filled(answers_of(*rows), DISCIPLINES)
    alone = [filled(answers_of(row), DISCIPLINES)[0].tolist() for row in rows]
    assert together.tolist() == alone


@settings(max_examples=150, deadline=None)
@given(rows=rows_of_answers)
def test_filling_in_agrees_with_plain_python(rows: list[list[int]]) -> None:
    result = filled(answers_of(*rows), DISCIPLINES)
    assert result.tolist() == [plainly_filled(row) for row in rows]
    assert set(np.unique(result).tolist()) <= {1, 2, 3, 4, 5}
