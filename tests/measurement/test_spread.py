"""The spread within blocks from whole-number sums: the same as from the people one by one."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from measurement import tally
from measurement.scoring import Answers
from measurement.spread import BlockSums, Spread, own_weights, score_weights, spread_of
from measurement.statistics import cronbach_alpha, pooled_variance
from measurement.tally import Counted
from tests.measurement.people import SCALES, person_scores


def people(seed: int, count: int, blocks: int) -> tuple[Answers, np.ndarray]:
    """Complete answers of people who differ, and the block of each; every block has somebody."""
    chance = np.random.default_rng(seed)
    answers = np.clip(chance.integers(1, 6, (count, 40)) + chance.integers(-1, 2, (count, 1)), 1, 5).astype(np.uint8)
    return answers, np.concatenate([np.arange(blocks), chance.integers(0, blocks, count - blocks)])


def spread(answers: Answers, groups: np.ndarray) -> Spread:
    count = int(groups.max()) + 1 if len(groups) else 0
    everybody = Counted(groups, answers, np.zeros(len(groups), np.uint16))
    total = tally.count(everybody, SCALES, 0, np.ones(count, np.bool_))
    sums = np.array([total.tally.of([block]).sums for block in range(count)], dtype=np.int64).reshape(count, 40)
    return spread_of(total.products, BlockSums(sums, total.tally.people))


@pytest.mark.parametrize(("blocks", "count"), [(4, 400), (5, 49), (1, 8)])
def test_under_5_blocks_or_50_answers_the_spread_is_assumed(blocks: int, count: int) -> None:
    found = spread(*people(1, count, blocks))
    precision = found.precision(SCALES.areas["T"])
    assert (found.is_assumed, found.freedom) == (True, None)
    assert (precision.sd, precision.reliability, precision.is_assumed) == (20.0, 0.70, True)
    assert precision.quantile == pytest.approx(1.959964, abs=1e-6)
    assert {found.sd(weights) for weights in own_weights(SCALES).values()} == {20.0}


def test_nobody_at_all_is_no_fault() -> None:
    nobody = spread(np.zeros((0, 40), np.uint8), np.zeros(0, np.int64))
    assert (nobody.people, nobody.is_assumed) == (0, True)
    assert nobody.precision(SCALES.areas["T"]).sd == 20.0


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 2**32), st.integers(50, 120), st.integers(5, 9))
def test_the_spread_and_the_reliability_of_a_score(seed: int, count: int, blocks: int) -> None:
    answers, groups = people(seed, count, blocks)
    for positions in SCALES.all().values():
        precision = spread(answers, groups).precision(positions)
        values = person_scores(answers, positions)
        assert precision.sd == pytest.approx(max(5.0, pooled_variance(values, groups) ** 0.5))
        alpha = cronbach_alpha(answers[:, list(positions)])
        assert precision.reliability == pytest.approx(min(1.0, max(0.0, alpha)))


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 2**32), st.integers(50, 120))
def test_the_spread_of_a_theme_beside_the_persons_others(seed: int, count: int) -> None:
    answers, groups = people(seed, count, 6)
    found, weights = spread(answers, groups), own_weights(SCALES)
    for kind in (SCALES.disciplines, SCALES.areas):
        scores = {code: person_scores(answers, positions) for code, positions in kind.items()}
        for code, values in scores.items():
            others = np.mean([scores[other] for other in kind if other != code], axis=0)
            expected = pooled_variance(values - others, groups) ** 0.5
            assert found.sd(weights[code]) == pytest.approx(max(5.0, expected))


def test_the_spread_of_a_step_beside_the_persons_total() -> None:
    answers, groups = people(7, 80, 6)
    total = person_scores(answers, range(40))
    for code, positions in SCALES.steps.items():
        expected = pooled_variance(person_scores(answers, positions) - total, groups) ** 0.5
        assert spread(answers, groups).sd(own_weights(SCALES)[code]) == pytest.approx(max(5.0, expected))


def test_the_order_of_people_changes_no_bit_of_it() -> None:
    answers, groups = people(3, 100, 7)
    order = np.random.default_rng(4).permutation(100)
    one, other = spread(answers, groups), spread(answers[order], groups[order])
    for weights in (score_weights(SCALES.areas["T"], 40), *own_weights(SCALES).values()):
        assert one.sd(weights) == other.sd(weights)


def test_the_quantile_is_students_with_answers_minus_blocks() -> None:
    # t tables: 45 degrees of freedom 2.014103, 100 degrees 1.983972.
    assert spread(*people(1, 50, 5)).precision(SCALES.areas["T"]).quantile == pytest.approx(2.014103, abs=1e-6)
    assert spread(*people(1, 105, 5)).precision(SCALES.areas["T"]).quantile == pytest.approx(1.983972, abs=1e-6)


def test_a_reliability_is_never_below_0() -> None:
    answers, groups = people(2, 60, 5)
    opposed = answers.copy()
    first, *others = SCALES.areas["F"]
    opposed[:, others] = answers[:, [first]]
    opposed[:, others[::2]] = 6 - answers[:, [first]]
    opposed[:, others[-1]] = answers[:, others[-1]]  # a sum that never differs has no alpha at all
    assert cronbach_alpha(opposed[:, list(SCALES.areas["F"])]) < 0
    assert spread(opposed, groups).precision(SCALES.areas["F"]).reliability == 0.0


def test_people_who_all_answer_alike_keep_a_margin() -> None:
    """A margin of nothing would say that everybody answered the same."""
    precision = spread(np.full((60, 40), 4, np.uint8), np.arange(60) % 6).precision(SCALES.areas["T"])
    assert (precision.sd, precision.reliability, precision.is_assumed) == (5.0, 0.70, False)
    assert precision.margin(10, 0.5) > 2.5
