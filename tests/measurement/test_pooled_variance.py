"""The pooled variance within blocks (MSW)."""

import math
from collections import defaultdict
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from measurement.statistics import pooled_variance


def plainly(people: list[tuple[int, int]]) -> Fraction | None:
    groups: dict[int, list[int]] = defaultdict(list)
    for group, value in people:
        groups[group].append(value)
    freedom = len(people) - len(groups)
    if freedom <= 0:
        return None
    squares = Fraction(0)
    for values in groups.values():
        mean = Fraction(sum(values), len(values))
        squares += sum((value - mean) ** 2 for value in values)
    return squares / freedom


def test_the_groups_of_the_worked_example() -> None:
    # (1, 2, 3) and (3, 4, 5) of measurement.md 10: each has variance 1.
    assert pooled_variance(np.array([1.0, 2, 3, 3, 4, 5]), np.array([0, 0, 0, 1, 1, 1])) == pytest.approx(1.0)


def test_a_difference_between_groups_adds_nothing() -> None:
    assert pooled_variance(np.array([10.0, 10, 90, 90]), np.array([0, 0, 1, 1])) == 0.0


def test_the_order_of_people_does_not_matter() -> None:
    mixed = pooled_variance(np.array([3.0, 1, 5, 2, 4, 3]), np.array([0, 0, 1, 0, 1, 1]))
    assert mixed == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("values", "groups"), [([], []), ([50.0], [0]), ([50.0, 60.0, 70.0], [0, 1, 2])], ids=["nobody", "one", "one each"]
)
def test_it_is_not_defined_without_more_people_than_groups(values: list[float], groups: list[int]) -> None:
    assert math.isnan(pooled_variance(np.array(values, dtype=np.float64), np.array(groups, dtype=np.int64)))


@settings(max_examples=80, deadline=None)
@given(people=st.lists(st.tuples(st.integers(0, 4), st.integers(0, 100)), max_size=25))
def test_it_agrees_with_plain_python(people: list[tuple[int, int]]) -> None:
    groups = np.array([group for group, _ in people], dtype=np.int64)
    result = pooled_variance(np.array([value for _, value in people], dtype=np.float64), groups)
    expected = plainly(people)
    if expected is None:
        assert math.isnan(result)
    else:
        assert result == pytest.approx(float(expected), abs=1e-6)
