"""What margins rest on (measurement.md 5): the whole organisation's own spread, or an assumed one."""

import numpy as np
import pytest

from measurement.statistics import Precision, cronbach_alpha, pooled_variance, precision


def an_organisation(blocks: int, answers: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Scores, answers to 8 items, and blocks of people who differ a little, made without chance."""
    people = np.arange(answers)
    items = 1 + (people[:, None] * 7 + np.arange(8)[None, :] * (people[:, None] % 3)) % 5
    return (items.mean(axis=1) - 1) * 25, items.astype(np.uint8), people % blocks


def precision_of(blocks: int, answers: int) -> Precision:
    values, items, groups = an_organisation(blocks, answers)
    return precision(values, items, groups, blocks)


@pytest.mark.parametrize(("blocks", "answers"), [(4, 400), (5, 49), (1, 8), (0, 0)])
def test_under_5_blocks_or_50_answers_the_spread_is_assumed(blocks: int, answers: int) -> None:
    result = precision(*an_organisation(max(1, blocks), answers), blocks)
    assert result.is_assumed
    assert (result.sd, result.reliability) == (20.0, 0.70)
    assert result.quantile == pytest.approx(1.959964, abs=1e-6)


def test_from_5_blocks_and_50_answers_the_spread_is_estimated() -> None:
    values, items, groups = an_organisation(5, 50)
    result = precision(values, items, groups, 5)
    assert not result.is_assumed
    assert result.sd**2 == pytest.approx(pooled_variance(values, groups))
    assert result.reliability == pytest.approx(min(1.0, max(0.0, cronbach_alpha(items))))


def test_the_quantile_is_students_with_answers_minus_blocks() -> None:
    # t tables: 45 degrees of freedom 2.014103, 100 degrees 1.983972.
    assert precision_of(5, 50).quantile == pytest.approx(2.014103, abs=1e-6)
    assert precision_of(5, 105).quantile == pytest.approx(1.983972, abs=1e-6)


def test_a_reliability_lies_between_0_and_1() -> None:
    values, items, groups = an_organisation(5, 60)
    opposed = np.stack([items[:, 0], 6 - items[:, 0], items[:, 0], 6 - items[:, 0] + (np.arange(60) % 2)], axis=1)
    assert cronbach_alpha(opposed) < 0
    assert precision(values, opposed, groups, 5).reliability == 0.0


def test_people_who_all_answer_alike_keep_a_margin() -> None:
    """A margin of nothing would say that everybody answered the same."""
    result = precision(np.full(60, 75.0), np.full((60, 8), 4, dtype=np.uint8), np.arange(60) % 6, 6)
    assert (result.sd, result.reliability, result.is_assumed) == (5.0, 0.70, False)
    assert result.margin(10, 0.5) > 2.5
