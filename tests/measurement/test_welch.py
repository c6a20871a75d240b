"""Welch's t test, and the p value of a difference."""

from statistics import mean, stdev

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from measurement.statistics import p_of_difference, welch

NAN = float("nan")


def test_two_groups_of_three() -> None:
    # Both have variance 1: t = -2 / sqrt(2 / 3), df = 4.
    found = welch(np.array([1, 2, 3]), np.array([3, 4, 5]))
    assert found is not None
    assert (found.difference, found.t, found.df) == pytest.approx((-2.0, -2.449490, 4.0), abs=5e-7)
    assert found.p == pytest.approx(0.070484, abs=5e-7)


def test_missing_values_are_left_out() -> None:
    assert welch(np.array([1, NAN, 2, 3]), np.array([3, 4, 7, NAN])) == welch(np.array([1, 2, 3]), np.array([3, 4, 7]))


def test_a_set_without_variance_may_be_compared_with_one_that_varies() -> None:
    found = welch(np.array([3.0, 3, 3]), np.array([3.0, 4, 5]))
    assert found is not None
    assert found.df == pytest.approx(2.0)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ([], []),
        ([3.0], [4.0, 5.0]),
        ([3.0, 4.0], [4.0]),
        ([3.0, 3.0], [3.0, 3.0]),
        ([0.1] * 3, [0.3] * 3),
        ([NAN] * 3, [1.0, 2.0]),
    ],
    ids=["nobody", "one person", "one other person", "everybody alike", "each set alike", "all missing"],
)
def test_it_is_not_defined(a: list[float], b: list[float]) -> None:
    assert welch(np.array(a), np.array(b)) is None


@settings(max_examples=60, deadline=None)
@given(
    a=st.lists(st.integers(0, 100), min_size=2, max_size=12),
    b=st.lists(st.integers(0, 100), min_size=2, max_size=12),
)
def test_it_agrees_with_scipy_and_the_interval_holds_the_difference(a: list[int], b: list[int]) -> None:
    found = welch(np.array(a), np.array(b))
    if found is None:
        assert len(set(a)) == len(set(b)) == 1
        return
    # scipy's test from the data itself warns when a set has no variance.
    theirs = stats.ttest_ind_from_stats(mean(a), stdev(a), len(a), mean(b), stdev(b), len(b), equal_var=False)
    assert (found.t, found.p) == pytest.approx((theirs.statistic, theirs.pvalue), abs=1e-9)
    assert found.interval[0] <= found.difference <= found.interval[1]
    assert (found.interval[0] <= 0 <= found.interval[1]) == (found.p >= 0.05)


def test_a_difference_of_two_errors_is_one_in_twenty() -> None:
    assert p_of_difference(1.959964, 1.0, None) == pytest.approx(0.05, abs=1e-6)
    assert p_of_difference(-2.014103 * 3, 3.0, 45) == pytest.approx(0.05, abs=1e-6)


def test_without_an_error_nothing_is_claimed() -> None:
    assert p_of_difference(20.0, 0.0, 45) == 1.0
    assert p_of_difference(0.0, 0.0, None) == 1.0
