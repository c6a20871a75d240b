"""Cronbach's alpha, against worked figures and against R."""

import csv
import math
from pathlib import Path
from statistics import variance

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from measurement.statistics import cronbach_alpha

REFERENCE = Path(__file__).resolve().parents[2] / ".." / "shared" / "reference"


def test_the_worked_example() -> None:
    assert cronbach_alpha(np.array([(1, 2, 2), (2, 2, 3), (4, 4, 5), (5, 4, 5)])) == pytest.approx(0.970213, abs=5e-7)


@pytest.mark.skipif(not REFERENCE.is_dir(), reason="the reference data of ../shared/reference is not here")
def test_alpha_of_2042_persons_is_what_r_says() -> None:
    with (REFERENCE / "lq2002.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    # From expected.json, computed with R's psych and multilevel (bench/ compares the whole file).
    for scale, count, alpha in (
        ("LEAD", 11, 0.9022365657598),
        ("TSIG", 3, 0.8231407807075),
        ("HOSTIL", 5, 0.8729244399837),
    ):
        items = [f"{scale}{number:02d}" for number in range(1, count + 1)]
        answers = np.array([[int(row[item]) for item in items] for row in rows])
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
    ],
    ids=["nobody", "one person", "one item", "everybody alike", "a sum without variance"],
)
def test_alpha_is_not_defined_without_variance_or_without_two_of_each(answers: np.typing.NDArray[np.uint8]) -> None:
    assert math.isnan(cronbach_alpha(answers))


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
