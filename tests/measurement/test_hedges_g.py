"""Hedges' g and its interval from noncentral t."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from measurement.statistics import hedges_g
from measurement.statistics.comparison import noncentralities

NAN = float("nan")


def test_the_worked_example() -> None:
    found = hedges_g(np.array([1, 2, 3]), np.array([3, 4, 5]))
    assert found is not None
    assert found.g == pytest.approx(-1.595769, abs=5e-7)
    assert found.d == pytest.approx(-2.0)
    assert found.correction == pytest.approx(0.797885, abs=5e-7)


def test_turned_round_everything_changes_sign() -> None:
    a, b = np.array([1.0, 2, 3, 3]), np.array([3.0, 4, 5])
    one, other = hedges_g(a, b), hedges_g(b, a)
    assert one is not None
    assert other is not None
    assert (one.g, *one.interval) == pytest.approx((-other.g, -other.interval[1], -other.interval[0]))


def test_missing_values_are_left_out() -> None:
    assert hedges_g(np.array([1, NAN, 2, 3]), np.array([3, 4, 5, NAN])) == hedges_g(
        np.array([1.0, 2, 3]), np.array([3.0, 4, 5])
    )


@pytest.mark.parametrize("df", [1, 2, 4, 59, 2000])
@pytest.mark.parametrize("t", [-8.0, -0.5, 0.0, 0.5, 3.0, 25.0])
def test_the_noncentralities_put_t_on_the_two_quantiles(t: float, df: int) -> None:
    low, high = noncentralities(t, df)
    # scipy sums a series; ours is a mean over the normal quantiles of the spread.
    assert stats.nct.cdf(t, df, low) == pytest.approx(0.975, abs=1e-9)
    assert stats.nct.cdf(t, df, high) == pytest.approx(0.025, abs=1e-9)


def test_people_who_hardly_differ_from_their_own_set_still_get_an_answer() -> None:
    """Here scipy's own inverse does not end."""
    found = hedges_g(np.array([0.0, 0.0, 1e-7]), np.array([5.0, 5.0, 5.0 + 1e-7]))
    assert found is not None
    assert found.interval[0] < found.g < found.interval[1]


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
    assert hedges_g(np.array(a), np.array(b)) is None


@settings(max_examples=60, deadline=None)
@given(
    a=st.lists(st.integers(0, 100), min_size=2, max_size=12),
    b=st.lists(st.integers(0, 100), min_size=2, max_size=12),
)
def test_the_interval_holds_g_which_is_smaller_than_d(a: list[int], b: list[int]) -> None:
    found = hedges_g(np.array(a), np.array(b))
    if found is None:
        assert len(set(a)) == len(set(b)) == 1
        return
    assert found.interval[0] <= found.g <= found.interval[1]
    assert abs(found.g) <= abs(found.d)
