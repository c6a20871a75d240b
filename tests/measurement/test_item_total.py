"""The correlation of each item with the sum of the others."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from measurement.statistics import corrected_item_total

NAN = float("nan")


def test_it_is_the_correlation_with_the_sum_of_the_others() -> None:
    answers = np.array([(1, 2, 2), (2, 2, 3), (4, 4, 5), (5, 4, 5)], dtype=np.uint8)
    plainly = [np.corrcoef(answers[:, item], np.delete(answers, item, axis=1).sum(axis=1))[0, 1] for item in range(3)]
    assert corrected_item_total(answers) == pytest.approx(plainly, abs=1e-12)


def test_an_item_that_goes_against_the_others_is_below_0() -> None:
    assert corrected_item_total(np.array([(1, 1, 5), (3, 3, 3), (5, 5, 1)]))[2] == pytest.approx(-1.0)


def test_a_person_who_misses_an_answer_is_left_out() -> None:
    answers = np.array([(1, 2, 2), (2, 2, 3), (4, 4, 5), (5, 4, 5), (5, NAN, 1)])
    assert corrected_item_total(answers) == corrected_item_total(answers[:4])


def test_an_item_without_variance_has_none_and_changes_nothing_for_the_others() -> None:
    answers = np.array([(1, 2, 0.1, 2), (2, 2, 0.1, 3), (4, 4, 0.1, 5), (5, 4, 0.1, 5)])
    one, two, constant, three = corrected_item_total(answers)
    assert constant is None
    assert [one, two, three] == pytest.approx(corrected_item_total(np.delete(answers, 2, axis=1)))


@pytest.mark.parametrize(
    ("answers", "items"),
    [
        (np.zeros((0, 3)), 3),
        (np.array([[1.0, 2, 3]]), 3),
        (np.array([[1.0], [2], [3]]), 1),
        (np.full((9, 3), 0.1), 3),
        (np.full((9, 3), NAN), 3),
        (np.zeros((9, 0)), 0),
    ],
    ids=["nobody", "one person", "one item", "everybody alike", "all missing", "no items"],
)
def test_it_is_none_for_each_item_where_nothing_varies(answers: np.typing.NDArray[np.float64], items: int) -> None:
    assert corrected_item_total(answers) == [None] * items


def test_others_that_add_up_to_the_same_for_everybody_have_no_correlation() -> None:
    assert corrected_item_total(np.array([(1, 1, 5), (2, 5, 1), (3, 3, 3)]))[0] is None


@settings(max_examples=60, deadline=None)
@given(rows=st.lists(st.lists(st.integers(1, 5), min_size=4, max_size=4), min_size=2, max_size=15))
def test_it_lies_between_minus_1_and_1(rows: list[list[int]]) -> None:
    found = corrected_item_total(np.array(rows, dtype=np.uint8))
    assert all(value is None or -1 <= value <= 1 for value in found)
