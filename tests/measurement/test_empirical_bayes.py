"""Means drawn towards that of all groups."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from measurement.statistics import Floats, empirical_bayes, icc

NAN = float("nan")


def whole(*values: int) -> np.typing.NDArray[np.int64]:
    return np.array(values, dtype=np.int64)


def test_two_groups_of_three() -> None:
    # (1, 2, 3) and (3, 4, 5): MSB 6, MSW 1, n0 3, so tau^2 = 5/3 and lambda = (5/3) / (5/3 + 1/3) = 5/6.
    found = empirical_bayes(np.array([2.0, 4.0]), whole(3, 3), 1.0)
    assert found.between_variance == pytest.approx(5 / 3)
    assert found.mu == pytest.approx(3.0)
    assert found.weights == pytest.approx(np.array([5 / 6, 5 / 6]))
    assert found.means == pytest.approx(np.array([3 - 5 / 6, 3 + 5 / 6]))


def test_groups_that_are_not_equally_large() -> None:
    # Of all 12 the mean is 5, so MSB = (2 * 9 + 4 * 9 + 6 * 1) / 2 = 30.
    # n0 = (12 - 56 / 12) / 2 = 11 / 3; with MSW 8: tau^2 = 22 / (11 / 3) = 6.
    found = empirical_bayes(np.array([2.0, 8.0, 4.0]), whole(2, 4, 6), 8.0)
    assert found.between_variance == pytest.approx(6.0)
    errors = np.array([6 + 8 / 2, 6 + 8 / 4, 6 + 8 / 6])
    assert found.weights == pytest.approx(6 / errors)
    assert found.mu == pytest.approx((2 / errors[0] + 8 / errors[1] + 4 / errors[2]) / (1 / errors).sum())


def test_the_fewer_people_the_further_a_mean_is_drawn() -> None:
    found = empirical_bayes(np.array([30.0, 70.0, 30.0, 70.0]), whole(5, 8, 40, 80), 324.0)
    assert found.weights.tolist() == sorted(found.weights.tolist())
    assert found.means[0] > found.means[2]


def test_between_and_within_are_those_of_the_icc() -> None:
    values, groups = np.array([1.0, 2, 3, 5, 6, 9, 9]), np.array([0, 0, 0, 1, 1, 2, 2])
    parts = icc(values, groups)
    assert parts is not None
    found = empirical_bayes(np.array([2.0, 5.5, 9.0]), whole(3, 2, 2), parts.msw)
    assert found.between_variance == pytest.approx((parts.msb - parts.msw) / parts.n0)


def test_groups_that_differ_no_more_than_chance_all_get_the_same() -> None:
    found = empirical_bayes(np.array([49.0, 51.0, 50.0]), whole(10, 10, 20), 400.0)
    assert found.between_variance == 0.0
    assert found.means == pytest.approx(np.full(3, 50.0))
    assert found.weights.tolist() == [0.0, 0.0, 0.0]


def test_without_variance_within_groups_nothing_is_drawn() -> None:
    found = empirical_bayes(np.array([40.0, 60.0]), whole(5, 50), 0.0)
    assert found.means == pytest.approx(np.array([40.0, 60.0]))
    assert found.weights.tolist() == [1.0, 1.0]


def test_where_nobody_differs_from_anybody_all_get_that_mean() -> None:
    assert empirical_bayes(np.array([50.0, 50.0]), whole(5, 50), 0.0).means.tolist() == [50.0, 50.0]


@pytest.mark.parametrize("variance", [0.0, 400.0])
def test_one_group_keeps_its_mean(variance: float) -> None:
    found = empirical_bayes(np.array([62.0]), whole(9), variance)
    assert (found.means.tolist(), found.mu, found.between_variance) == ([62.0], 62.0, 0.0)


def test_without_groups_there_are_no_means() -> None:
    found = empirical_bayes(np.zeros(0), whole(), 400.0)
    assert (found.means.tolist(), found.weights.tolist(), found.mu) == ([], [], 0.0)


@pytest.mark.parametrize(
    ("means", "sizes", "variance"),
    [
        ([50.0, NAN], [5, 5], 400.0),
        ([50.0, 60.0], [5, 0], 400.0),
        ([50.0, 60.0], [0, 0], 400.0),
        ([50.0, 60.0], [5, 5], NAN),
        ([50.0, 60.0], [5, 5], -1.0),
        ([50.0, 60.0], [5, 5], float("inf")),
    ],
    ids=["no mean", "a group of nobody", "nobody", "no variance", "a variance below 0", "an infinite variance"],
)
def test_what_cannot_be_is_refused(means: list[float], sizes: list[int], variance: float) -> None:
    with pytest.raises(ValueError, match=r"variance|mean"):
        empirical_bayes(np.array(means), whole(*sizes), variance)


@settings(max_examples=80, deadline=None)
@given(
    groups=st.lists(st.tuples(st.floats(0, 100), st.integers(1, 500)), min_size=1, max_size=20),
    variance=st.floats(0, 1000),
)
def test_each_lies_between_its_own_mean_and_that_of_all(groups: list[tuple[float, int]], variance: float) -> None:
    means: Floats = np.array([mean for mean, _ in groups])
    found = empirical_bayes(means, whole(*(size for _, size in groups)), variance)
    assert means.min() - 1e-9 <= found.mu <= means.max() + 1e-9
    assert ((found.weights >= 0) & (found.weights <= 1)).all()
    assert (found.means >= np.minimum(means, found.mu) - 1e-9).all()
    assert (found.means <= np.maximum(means, found.mu) + 1e-9).all()
