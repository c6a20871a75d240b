"""Agreement within a group: r_wg, r_wg(j) and the average deviation."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from measurement.statistics import NULL_SLIGHT_SKEW, NULL_UNIFORM, Floats, average_deviation, rwg, rwg_j

NAN = float("nan")
ONE = np.array([[3], [4], [4], [4], [5]], dtype=np.uint8)
TWO = np.repeat(ONE, 2, axis=1)


@pytest.mark.parametrize(("null", "agreement"), [(NULL_UNIFORM, 0.75), (NULL_SLIGHT_SKEW, 0.626866)])
def test_the_worked_example_of_one_item(null: float, agreement: float) -> None:
    assert rwg(ONE, null) == pytest.approx([agreement], abs=5e-7)
    assert rwg_j(ONE, null) == pytest.approx(agreement, abs=5e-7)


def test_the_worked_example_of_two_items() -> None:
    assert rwg(TWO, NULL_UNIFORM) == pytest.approx([0.75, 0.75])
    assert rwg_j(TWO, NULL_UNIFORM) == pytest.approx(0.857143, abs=5e-7)


def test_the_average_deviation_is_that_of_each_item_averaged() -> None:
    assert average_deviation(TWO) == pytest.approx(0.4)  # 1, 0, 0, 0, 1 over 5
    assert average_deviation(np.array([[1, 3], [5, 3]], dtype=np.uint8)) == pytest.approx(1.0)  # 2 and 0


def test_people_who_vary_more_than_chance_agree_0() -> None:
    apart = np.array([[1], [5], [1], [5]])
    assert rwg(apart, NULL_UNIFORM) == [0.0]
    assert rwg_j(apart, NULL_UNIFORM) == 0.0


def test_people_who_all_answer_alike_agree_1() -> None:
    alike = np.full((6, 3), 4)
    assert rwg(alike, NULL_UNIFORM) == [1.0, 1.0, 1.0]
    assert rwg_j(alike, NULL_UNIFORM) == 1.0
    assert average_deviation(alike) == 0.0


def test_the_variance_of_an_item_is_over_the_answers_there_are() -> None:
    """The first platoon of cohesion.csv in R's multilevel 2.8; without the person who misses one it would be 0."""
    platoon = np.array([(4, 5, 5, 5, 5), (3, NAN, 5, 5, 5), (2, 3, 3, 3, 3)])
    assert rwg_j(platoon, NULL_UNIFORM) == pytest.approx(0.6818181818182, abs=1e-9)
    assert rwg_j(platoon[[0, 2]], NULL_UNIFORM) == 0.0
    assert rwg(platoon, NULL_UNIFORM)[:2] == pytest.approx([0.5, 0.0])


def test_for_the_average_deviation_a_person_who_misses_an_answer_is_left_out() -> None:
    platoon = np.array([(4, 5, 5, 5, 5), (3, NAN, 5, 5, 5), (2, 3, 3, 3, 3)])
    assert average_deviation(platoon) == pytest.approx(1.0)


def test_an_item_that_only_one_person_answered_says_nothing_about_agreement() -> None:
    answers = np.array([(4, NAN), (5, NAN), (4, 3)])
    first, second = rwg(answers, NULL_UNIFORM)
    assert first == pytest.approx(1 - (1 / 3) / 2)
    assert second is None
    assert rwg_j(answers, NULL_UNIFORM) is None


@pytest.mark.parametrize(
    ("answers", "items"),
    [
        (np.zeros((0, 3)), 3),
        (np.array([[1.0, 2, 3]]), 3),
        (np.full((6, 3), NAN), 3),
        (np.zeros((6, 0)), 0),
    ],
    ids=["nobody", "one person", "all missing", "no items"],
)
def test_it_is_not_defined(answers: Floats, items: int) -> None:
    assert rwg(answers, NULL_UNIFORM) == [None] * items
    assert rwg_j(answers, NULL_UNIFORM) is None
    assert average_deviation(answers) is None


@pytest.mark.parametrize("function", [rwg, rwg_j])
@pytest.mark.parametrize("null", [0.0, -1.0, NAN, float("inf")])
def test_chance_has_a_variance(function: Callable[[Floats, float], object], null: float) -> None:
    with pytest.raises(ValueError, match="null variance"):
        function(np.ones((3, 2)), null)


@given(rows=st.lists(st.lists(st.integers(1, 5), min_size=3, max_size=3), min_size=2, max_size=12))
def test_agreement_lies_between_0_and_1_and_a_stricter_chance_leaves_less(rows: list[list[int]]) -> None:
    answers = np.array(rows, dtype=np.uint8)
    uniform, skewed = rwg_j(answers, NULL_UNIFORM), rwg_j(answers, NULL_SLIGHT_SKEW)
    assert uniform is not None
    assert skewed is not None
    assert 0 <= skewed <= uniform <= 1
    deviation = average_deviation(answers)
    assert deviation is not None
    assert 0 <= deviation <= 2
    assert rwg_j(answers[::-1], NULL_UNIFORM) == pytest.approx(uniform)
