"""Cronbach's alpha, against worked figures and against R."""

import math
from statistics import variance

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from measurement.statistics import cronbach_alpha
from tests.measurement.reference import answers_of, needs_reference, rows_of


def test_the_worked_example() -> None:
    assert cronbach_alpha(np.array([(1, 2, 2), (2, 2, 3), (4, 4, 5), (5, 4, 5)])) == pytest.approx(0.970213, abs=5e-7)


@needs_reference
def test_alpha_of_2042_persons_is_what_r_says() -> None:
    rows = rows_of("lq2002.csv")
    # From expected.json, computed with R's psych and multilevel; test_reference compares the whole file.
    for scale, count, alpha in (
        ("LEAD", 11, 0.9022365657598),
        ("TSIG", 3, 0.8231407807075),
        ("HOSTIL", 5, 0.8729244399837),
    ):
        answers = answers_of(rows, scale).astype(np.int64)
        assert answers.shape == (2042, count)
        assert cronbach_alpha(answers) == pytest.approx(alpha, abs=1e-6)


@pytest.mark.parametrize(
    "answers",
    [
        np.zeros((0, 8), dtype=np.uint8),
        np.array([[1, 2, 3]], dtype=np.uint8),
        np.array([[1], [2], [3]], dtype=np.uint8),
        np.full((60, 8), 4, dtype=np.uint8),
        np.array([[1, 5], [5, 1], [3, 3]], dtype=np.uint8),  # the sums are all 6
        np.full((60, 8), 0.1),
        np.array([[0.1, 0.2, 0.3], [0.3, 0.2, 0.1], [0.2, 0.3, 0.1]]),  # the sums are all 0.6, but for their rounding
        np.full((60, 8), np.nan),
    ],
    ids=[
        "nobody", "one person", "one item", "everybody alike", "a sum without variance", "everybody alike in fractions",
        "a sum whose variance is rounding", "all missing",
    ],
)  # fmt: skip
def test_alpha_is_not_defined_without_variance_or_without_two_of_each(answers: np.typing.NDArray[np.number]) -> None:
    assert math.isnan(cronbach_alpha(answers))


def test_a_person_who_misses_an_answer_is_left_out() -> None:
    answers = np.array([(1, 2, 2), (2, 2, 3), (5, np.nan, 1), (4, 4, 5), (5, 4, 5)])
    assert cronbach_alpha(answers) == pytest.approx(0.970213, abs=5e-7)


def test_small_whole_numbers_do_not_overflow() -> None:
    # 60 answers of 5 add up to 300, more than a uint8 holds.
    answers = np.array([[1] * 60, [5] * 60, [3] * 60], dtype=np.uint8)
    assert cronbach_alpha(answers) == pytest.approx(1.0)


@settings(max_examples=60, deadline=None)
@given(rows=st.lists(st.lists(st.integers(1, 5), min_size=3, max_size=3), min_size=2, max_size=12))
def test_alpha_agrees_with_plain_python(rows: list[list[int]]) -> None:
    total = variance([sum(row) for row in rows])
    alpha = cronbach_alpha(np.array(rows, dtype=np.uint8))
    if total == 0:
        assert math.isnan(alpha)
    else:
        items = sum(variance(column) for column in zip(*rows, strict=True))
        assert alpha == pytest.approx(3 / 2 * (1 - items / total), abs=1e-9)
