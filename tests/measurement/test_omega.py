"""McDonald's omega; against lavaan in test_reference."""

import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from measurement.statistics import Floats, cronbach_alpha, mcdonald_omega, one_factor

NAN = float("nan")


def people(count: int, loadings: list[float], seed: int = 1) -> Floats:
    """Answers 1 to 5 that one factor makes, more or less."""
    rng = np.random.default_rng(seed)
    factor, own = rng.normal(size=(count, 1)), rng.normal(size=(count, len(loadings)))
    answers: Floats = np.clip(np.round(3 + factor * np.array(loadings) + 0.8 * own), 1, 5)
    return answers


def model(loadings: list[float], uniquenesses: list[float]) -> Floats:
    return np.outer(loadings, loadings) + np.diag(uniquenesses)


@settings(max_examples=60, deadline=None)
@given(
    items=st.lists(st.tuples(st.floats(0.3, 1.2), st.floats(0.1, 1.5)), min_size=3, max_size=12),
)
def test_the_factor_that_made_the_covariances_is_found_back(items: list[tuple[float, float]]) -> None:
    loadings, uniquenesses = [list(column) for column in zip(*items, strict=True)]
    factor = one_factor(model(loadings, uniquenesses))
    assert factor is not None
    assert factor.omega == pytest.approx(sum(loadings) ** 2 / (sum(loadings) ** 2 + sum(uniquenesses)), abs=1e-6)
    assert factor.loadings == pytest.approx(np.array(loadings), abs=1e-3)
    assert factor.uniquenesses == pytest.approx(np.array(uniquenesses), abs=1e-3)


def test_with_equal_loadings_omega_is_alpha() -> None:
    equal = model([0.8] * 5, [0.6, 0.7, 0.5, 0.9, 0.4])
    factor = one_factor(equal)
    assert factor is not None
    assert factor.omega == pytest.approx(5 / 4 * (1 - np.trace(equal) / equal.sum()), abs=1e-6)


def test_an_item_put_the_other_way_round_has_a_loading_below_0() -> None:
    factor = one_factor(model([0.9, 0.8, -0.7, 0.6], [0.5, 0.5, 0.5, 0.5]))
    assert factor is not None
    assert factor.loadings == pytest.approx(np.array([0.9, 0.8, -0.7, 0.6]), abs=1e-5)


def test_a_heywood_case_keeps_an_omega_under_1() -> None:
    # The three correlations ask for .8 * .7 / .5 = 1.12 of an item's variance of 1. With all of it the loadings are
    # 1, .8 and .7, and of the others .36 and .51 stays unique.
    factor = one_factor(np.array([(1, 0.8, 0.7), (0.8, 1, 0.5), (0.7, 0.5, 1)]))
    assert factor is not None
    assert factor.omega == pytest.approx(2.5**2 / (2.5**2 + 0.36 + 0.51), abs=1e-4)
    assert factor.uniquenesses.min() > 0


@pytest.mark.parametrize("seed", range(8))
def test_a_few_people_whose_answers_fit_badly_have_an_omega_between_0_and_1(seed: int) -> None:
    answers = np.random.default_rng(seed).integers(1, 6, size=(12, 6))
    omega = mcdonald_omega(answers)
    assert omega is not None
    assert 0 <= omega <= 1


def test_three_correlations_that_no_factor_can_have_still_give_an_answer() -> None:
    factor = one_factor(np.array([(1, 0.4, 0.4), (0.4, 1, -0.4), (0.4, -0.4, 1)]))
    assert factor is not None
    assert 0 <= factor.omega <= 1


def test_items_that_have_nothing_in_common_have_a_low_omega() -> None:
    """Not 0: a factor of which one item is the only one fits them as well."""
    factor = one_factor(np.eye(5))
    assert factor is not None
    assert factor.omega <= 0.2


def test_a_person_who_misses_an_answer_is_left_out() -> None:
    answers = people(80, [1.0, 0.9, 0.8, 0.7])
    with_holes = np.vstack([answers, [(1, NAN, 5, 5), (NAN, NAN, NAN, NAN)]])
    assert mcdonald_omega(with_holes) == mcdonald_omega(answers)


def test_an_item_without_variance_adds_nothing() -> None:
    answers = people(80, [1.0, 0.9, 0.8, 0.7])
    with_constant = np.insert(answers, 2, 0.1, axis=1)
    assert mcdonald_omega(with_constant) == pytest.approx(mcdonald_omega(answers), abs=1e-9)


@pytest.mark.parametrize(
    "answers",
    [
        np.zeros((0, 8)),
        np.array([[1.0, 2, 3, 4]]),
        np.array([[1.0], [2], [3], [4]]),
        people(60, [1.0, 0.9]),
        np.full((60, 8), 0.1),
        np.full((60, 8), 4, dtype=np.uint8),
        np.full((60, 8), NAN),
        np.zeros((60, 0)),
        people(5, [1.0] * 8),
        people(60, [1.0, 0.9, 0.8])[:, [0, 1, 2, 2]],
        np.repeat(people(60, [1.0]), 4, axis=1),
    ],
    ids=[
        "nobody", "one person", "one item", "two items", "everybody alike", "everybody alike in whole numbers",
        "all missing", "no items", "more items than people", "an item twice", "each answers all items alike",
    ],
)  # fmt: skip
def test_it_is_not_defined(answers: Floats) -> None:
    assert mcdonald_omega(answers) is None


@settings(max_examples=25, deadline=None)
@given(order=st.permutations(range(60)), items=st.permutations(range(5)))
def test_the_order_of_people_and_of_items_does_not_matter(order: list[int], items: list[int]) -> None:
    answers = people(60, [1.0, 0.9, 0.8, 0.7, 0.6])
    mixed = answers[order][:, items]
    assert mcdonald_omega(mixed) == pytest.approx(mcdonald_omega(answers), abs=1e-6)
    assert cronbach_alpha(mixed) == pytest.approx(cronbach_alpha(answers), abs=1e-12)


def test_a_hundred_thousand_people_take_less_than_a_second() -> None:
    answers = people(100_000, [0.8] * 8).astype(np.uint8)
    start = time.process_time()
    omega, alpha = mcdonald_omega(answers), cronbach_alpha(answers)
    assert time.process_time() - start < 1
    assert omega == pytest.approx(alpha, abs=0.01)
