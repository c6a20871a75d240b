"""The interval of omega, from draws that a step of building a release makes in portions."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from measurement.statistics import covariances_of_draws, mcdonald_omega, omega_draws, omega_interval, one_factor
from tests.measurement.test_omega import people

NAN = float("nan")


def test_the_portions_do_not_matter() -> None:
    answers = people(60, [1.0, 0.9, 0.8, 0.7])
    whole = omega_draws(answers, 7, 0, 12)
    assert [*omega_draws(answers, 7, 0, 5), *omega_draws(answers, 7, 5, 6), *omega_draws(answers, 7, 6, 12)] == whole
    assert len(set(whole)) == 12
    assert omega_draws(answers, 7, 4, 4) == []


def test_another_seed_gives_other_draws() -> None:
    answers = people(60, [1.0, 0.9, 0.8, 0.7])
    assert not set(omega_draws(answers, 7, 0, 6)) & set(omega_draws(answers, 8, 0, 6))


def test_small_whole_numbers_are_drawn_from_as_they_are() -> None:
    answers = people(60, [1.0, 0.9, 0.8, 0.7])
    assert omega_draws(answers.astype(np.uint8), 7, 0, 4) == omega_draws(answers, 7, 0, 4)


def test_people_who_miss_an_answer_are_not_drawn() -> None:
    answers = people(60, [1.0, 0.9, 0.8, 0.7])
    with_holes = np.insert(answers, 30, (1, NAN, 5, 5), axis=0)
    assert omega_draws(with_holes, 7, 0, 4) == omega_draws(answers, 7, 0, 4)


def test_it_is_as_wide_as_that_of_other_samples() -> None:
    """What a hundred other samples of 300 give lies where the draws of one of them say, and spreads as wide."""
    samples = [mcdonald_omega(people(300, [0.9, 0.8, 0.7, 0.6], seed)) for seed in range(100, 200)]
    answers = people(300, [0.9, 0.8, 0.7, 0.6])
    omega = mcdonald_omega(answers)
    assert omega is not None
    found = omega_interval(omega, omega_draws(answers, 7, 0, 200), 300)
    assert found is not None
    wide = np.quantile(np.array(samples, dtype=np.float64), [0.025, 0.975])
    assert found[1] - found[0] == pytest.approx(wide[1] - wide[0], rel=0.3)


def test_no_more_than_2000_people_are_drawn_and_the_interval_is_scaled() -> None:
    draws = [0.70, 0.75, 0.80, 0.85, 0.90]
    assert omega_interval(0.80, draws, 2_000, 0.5) == pytest.approx((0.75, 0.85))
    assert omega_interval(0.80, draws, 100, 0.5) == pytest.approx((0.75, 0.85))
    # Of 8,000 persons sqrt(2,000 / 8,000) = half as wide.
    assert omega_interval(0.80, draws, 8_000, 0.5) == pytest.approx((0.775, 0.825))


def test_a_draw_of_more_than_2000_spreads_as_2000_do() -> None:
    answers = people(8_000, [0.9, 0.8, 0.7, 0.6])
    of_8000, of_2000 = (np.array(omega_draws(x, 7, 0, 150), dtype=np.float64) for x in (answers, answers[:2_000]))
    assert of_8000.std() == pytest.approx(of_2000.std(), rel=0.3)


@given(
    omega=st.floats(0, 1),
    draws=st.lists(st.floats(0, 1), min_size=1, max_size=30),
    n=st.integers(1, 10_000),
)
def test_it_holds_omega_and_lies_between_0_and_1(omega: float, draws: list[float], n: int) -> None:
    found = omega_interval(omega, draws, n)
    assert found is not None
    assert 0 <= found[0] <= omega <= found[1] <= 1


@pytest.mark.parametrize(
    ("draws", "n"),
    [([], 60), ([None, None], 60), ([0.8] * 8 + [None] * 2, 60), ([0.8], 0)],
    ids=["no draws", "no draw with an omega", "too few draws with an omega", "nobody"],
)
def test_from_too_little_there_is_none(draws: Sequence[float | None], n: int) -> None:
    assert omega_interval(0.8, draws, n) is None


def test_a_few_draws_without_an_omega_are_left_out() -> None:
    assert omega_interval(0.8, [0.7] * 9 + [None], 60) == pytest.approx((0.7, 0.8))


@pytest.mark.parametrize("answers", [np.zeros((0, 8)), np.full((60, 8), 3.0), people(60, [1.0, 1.0])])
def test_without_an_omega_no_draw_has_one(answers: np.typing.NDArray[np.float64]) -> None:
    assert omega_draws(answers, 7, 3, 6) == [None] * 3


def test_all_draws_at_once_say_what_each_says_alone() -> None:
    answers = people(140, [1.0, 0.9, 0.8, 0.7, 0.4])
    covariances = covariances_of_draws(answers, 7, 0, 30)
    alone = [factor.omega for factor in map(one_factor, covariances) if factor is not None]
    assert omega_draws(answers, 7, 0, 30) == pytest.approx(alone, abs=1e-4)


def test_an_item_without_variance_in_a_draw_is_no_fault() -> None:
    answers = people(30, [1.0, 0.9, 0.8, 0.7])
    answers[:, 3] = 4
    answers[0, 3] = 5  # in a third of the draws nobody says so
    draws = omega_draws(answers, 7, 0, 20)
    assert all(draw is not None and 0 <= draw <= 1 for draw in draws)
