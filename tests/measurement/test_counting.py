"""A response counts when at least 30 of the 40 items are really answered."""

from hypothesis import given, settings

from measurement.scoring import answered, counted
from tests.measurement.people import answers_of, rows_of_answers


def test_thirty_answers_count_and_twenty_nine_do_not() -> None:
    answers = answers_of([3] * 30 + [0] * 10, [3] * 29 + [0] * 11, [3] * 40, [0] * 40)
    assert counted(answers).tolist() == [True, False, True, False]


def test_dont_know_is_no_answer() -> None:
    assert counted(answers_of([3] * 30 + [9] * 10, [3] * 29 + [9] * 11)).tolist() == [True, False]


def test_every_point_of_the_scale_is_an_answer() -> None:
    assert answered(answers_of([1, 2, 3, 4, 5, 0, 9])).tolist() == [[True] * 5 + [False] * 2]


def test_nobody_answered_counts_nobody() -> None:
    assert counted(answers_of(*[[0] * 40])[:0]).tolist() == []


@settings(max_examples=40, deadline=None)
@given(rows=rows_of_answers)
def test_counting_agrees_with_plain_python(rows: list[list[int]]) -> None:
    expected = [sum(answer in (1, 2, 3, 4, 5) for answer in row) >= 30 for row in rows]
    assert counted(answers_of(*rows)).tolist() == expected
