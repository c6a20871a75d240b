"""The error of a difference: with other people, with an earlier round, and with the own other topics."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from measurement.statistics import (
    combined_variance,
    standard_error_difference,
    standard_error_now,
)

NAN = float("nan")


def test_against_a_fixed_value_and_against_other_people() -> None:
    assert standard_error_difference(18, 9) == pytest.approx(6.0)
    assert standard_error_difference(18, 9, 9) == pytest.approx(6.0 * 2**0.5)
    assert standard_error_difference(18, 9, 10**9) == pytest.approx(6.0)


def test_no_correction_for_who_answered() -> None:
    assert standard_error_difference(18, 6) == standard_error_now(18, 6, 0.0, 0.85)
    assert standard_error_difference(18, 6) > standard_error_now(18, 6, 0.9, 0.85)


@pytest.mark.parametrize(("n", "other"), [(0, None), (5, 0), (-1, 5)])
def test_nobody_has_no_error(n: int, other: int | None) -> None:
    with pytest.raises(ValueError, match="Nobody"):
        standard_error_difference(18, n, other)


def test_two_rounds_are_weighted_by_their_freedom() -> None:
    assert combined_variance([400.0, 100.0], [30, 10]) == pytest.approx(325.0)
    assert combined_variance([400.0], [30]) == 400.0


def test_a_round_without_freedom_counts_for_nothing() -> None:
    assert combined_variance([400.0, NAN], [30, 0]) == 400.0
    assert combined_variance([NAN, NAN], [0, -1]) is None
    assert combined_variance([], []) is None


@pytest.mark.parametrize("variance", [NAN, -1.0])
def test_a_variance_is_not_missing_where_there_is_freedom(variance: float) -> None:
    with pytest.raises(ValueError, match="variance"):
        combined_variance([400.0, variance], [30, 10])


@given(parts=st.lists(st.tuples(st.floats(0, 1000), st.integers(1, 500)), min_size=1, max_size=5))
def test_it_lies_between_the_smallest_and_the_largest(parts: list[tuple[float, int]]) -> None:
    variances, freedoms = [part[0] for part in parts], [part[1] for part in parts]
    found = combined_variance(variances, freedoms)
    assert found is not None
    assert min(variances) - 1e-9 <= found <= max(variances) + 1e-9
