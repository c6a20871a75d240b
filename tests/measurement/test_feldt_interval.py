"""Feldt's interval of alpha."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from measurement.statistics import feldt_interval


def test_the_worked_example() -> None:
    assert feldt_interval(0.9022365657598, 2042, 11) == pytest.approx((0.8958, 0.9084), abs=5e-5)


@given(alpha=st.floats(-2, 1), n=st.integers(2, 3000), k=st.integers(2, 40))
def test_it_holds_alpha_and_does_not_pass_1(alpha: float, n: int, k: int) -> None:
    found = feldt_interval(alpha, n, k)
    assert found is not None
    assert found[0] <= alpha <= found[1] + 1e-12
    assert found[1] <= 1


def test_the_more_people_and_the_lower_the_level_the_narrower() -> None:
    wide, narrow, lower = feldt_interval(0.8, 50, 8), feldt_interval(0.8, 500, 8), feldt_interval(0.8, 50, 8, 0.5)
    assert wide
    assert narrow
    assert lower
    assert wide[1] - wide[0] > narrow[1] - narrow[0]
    assert wide[1] - wide[0] > lower[1] - lower[0]


def test_an_alpha_of_1_has_no_width() -> None:
    assert feldt_interval(1.0, 60, 8) == (1.0, 1.0)


@pytest.mark.parametrize(("alpha", "n", "k"), [(float("nan"), 60, 8), (0.8, 1, 8), (0.8, 0, 8), (0.8, 60, 1)])
def test_without_alpha_or_without_two_persons_and_items_there_is_none(alpha: float, n: int, k: int) -> None:
    assert feldt_interval(alpha, n, k) is None


@pytest.mark.parametrize("level", [0.0, 1.0, 95.0])
def test_a_level_is_a_share(level: float) -> None:
    with pytest.raises(ValueError, match="level"):
        feldt_interval(0.8, 60, 8, level)
