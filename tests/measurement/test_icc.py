"""ICC(1) and ICC(2): whether people of one group answer alike."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from measurement.statistics import icc, pooled_variance

NAN = float("nan")


def test_the_worked_example() -> None:
    found = icc(np.array([1, 2, 3, 3, 4, 5]), np.array([0, 0, 0, 1, 1, 1]))
    assert found is not None
    assert found.icc1 == pytest.approx(0.625)
    assert found.icc2 == pytest.approx(0.833333, abs=5e-7)
    assert found.f == pytest.approx(6.0)
    assert found.n0 == pytest.approx(3.0)
    assert (found.df_between, found.df_within, found.mean_size) == (1, 4, 3.0)
    assert (found.persons, found.groups) == (6, 2)


def test_groups_that_are_not_equally_large_count_by_n0() -> None:
    found = icc(np.array([1.0, 2, 3, 5, 6]), np.array([0, 0, 0, 1, 1]))
    assert found is not None
    assert found.n0 == pytest.approx(5 - 13 / 5)  # (N - (9 + 4) / N) / 1
    assert found.mean_size == 2.5
    assert found.icc1 == pytest.approx((found.msb - found.msw) / (found.msb + 1.4 * found.msw))
    assert found.icc1_mean_size == pytest.approx((found.msb - found.msw) / (found.msb + 1.5 * found.msw))


def test_what_is_within_groups_is_the_pooled_variance() -> None:
    values, groups = np.array([1.0, 2, 3, 5, 6, 4]), np.array([0, 0, 0, 1, 1, 2])
    found = icc(values, groups)
    assert found is not None
    assert found.msw == pytest.approx(pooled_variance(values, groups))


def test_groups_may_have_names_and_a_person_without_a_value_is_left_out() -> None:
    named = icc(np.array([5, 1, NAN, 2, 4, 3, 3, NAN]), np.array(["b", "a", "a", "a", "b", "a", "b", "c"]))
    assert named == icc(np.array([5.0, 1, 2, 4, 3, 3]), np.array([1, 0, 0, 1, 0, 1]))


def test_groups_that_differ_less_than_chance_are_shown_as_0() -> None:
    found = icc(np.array([1.0, 5, 1, 5]), np.array([0, 0, 1, 1]))
    assert found is not None
    assert (found.msb, found.f, found.p) == (0.0, 0.0, 1.0)
    assert (found.icc1, found.icc2, found.icc1_mean_size) == (0.0, 0.0, 0.0)
    assert found.icc1_interval[0] == 0.0


@pytest.mark.parametrize("low", [1.0, 0.1])
def test_where_nobody_differs_from_the_own_group_it_is_1(low: float) -> None:
    found = icc(np.array([low] * 3 + [0.3] * 4 + [0.7]), np.array([0] * 3 + [1] * 4 + [2]))
    assert found is not None
    assert (found.f, found.p, found.msw) == (None, 0.0, 0.0)
    assert (found.icc1, found.icc2, found.icc1_mean_size) == (1.0, 1.0, 1.0)
    assert found.icc1_interval == found.icc1_mean_size_interval == (1.0, 1.0)


@pytest.mark.parametrize(
    ("values", "groups"),
    [
        ([], []),
        ([3.0], [0]),
        ([3.0, 4.0, 5.0], [0, 0, 0]),
        ([3.0, 4.0, 5.0], [0, 1, 2]),
        ([0.1] * 6, [0, 0, 0, 1, 1, 1]),
        ([NAN] * 6, [0, 0, 0, 1, 1, 1]),
        ([3.0, 4.0, NAN, NAN], [0, 0, 1, 1]),
    ],
    ids=["nobody", "one person", "one group", "one each", "everybody alike", "all missing", "one group is left"],
)
def test_it_is_not_defined(values: list[float], groups: list[int]) -> None:
    assert icc(np.array(values), np.array(groups, dtype=np.int64)) is None


@settings(max_examples=80, deadline=None)
@given(people=st.lists(st.tuples(st.integers(0, 4), st.integers(0, 100)), max_size=30))
def test_figures_are_between_0_and_1_and_intervals_hold_them(people: list[tuple[int, int]]) -> None:
    found = icc(np.array([value for _, value in people]), np.array([group for group, _ in people], dtype=np.int64))
    if found is None:
        return
    for low, figure, high in (
        (found.icc1_interval[0], found.icc1, found.icc1_interval[1]),
        (found.icc1_mean_size_interval[0], found.icc1_mean_size, found.icc1_mean_size_interval[1]),
    ):
        assert 0 <= low <= figure <= high <= 1
    assert 0 <= found.icc2 <= 1
    assert 0 <= found.p <= 1
    assert 1 <= found.n0 <= found.mean_size + 1e-9
