"""How much people differ within groups, over the whole organisation: what every margin rests on (measurement.md 5).

Everything comes from whole-number sums over blocks, so neither the order of people nor who is who plays a part.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isnan, sqrt

import numpy as np

from measurement.scoring import Scales, Whole
from measurement.statistics import (
    ASSUMED_RELIABILITY,
    ASSUMED_SD,
    MIN_ANSWERS,
    MIN_BLOCKS,
    MINIMUM_SD,
    Floats,
    Precision,
    alpha_of_covariances,
    quantile,
)


@dataclass(frozen=True)
class Spread:
    people: int
    blocks: int
    within: Floats
    """Items x items: squares and products of the deviations from each block's own mean, summed."""
    covariance: Floats
    """Items x items, over everybody in a block, with n - 1."""

    @property
    def is_assumed(self) -> bool:
        """Too few blocks or answers to estimate from."""
        return self.blocks < MIN_BLOCKS or self.people < MIN_ANSWERS

    @property
    def freedom(self) -> int | None:
        """Degrees of freedom: answers minus blocks; None where the spread is assumed."""
        return None if self.is_assumed else self.people - self.blocks

    def sd(self, weights: Floats) -> float:
        """The pooled standard deviation within blocks of a weighted sum of the items' answers, in points.

        Assumed, it is 20 for a difference between themes too: those differ less than whole scores do.
        """
        if self.freedom is None:
            return ASSUMED_SD
        return max(MINIMUM_SD, sqrt(self.within_squares(weights) / self.freedom))

    def within_squares(self, weights: Floats) -> float:
        """The sum of squares within blocks of such a weighted sum."""
        return max(0.0, float(weights @ self.within @ weights))

    def reliability(self, positions: Sequence[int]) -> float:
        """Cronbach's alpha of these items; the assumed one where it is not defined, and never outside 0..1."""
        if self.is_assumed:
            return ASSUMED_RELIABILITY
        alpha = alpha_of_covariances(self.covariances(positions))
        return ASSUMED_RELIABILITY if isnan(alpha) else min(1.0, max(0.0, alpha))

    def covariances(self, positions: Sequence[int]) -> Floats:
        return np.asarray(self.covariance[np.ix_(positions, positions)])

    def precision(self, positions: Sequence[int]) -> Precision:
        item_count = len(self.within)
        return Precision(
            self.sd(score_weights(positions, item_count)),
            self.reliability(positions),
            quantile(self.freedom),
            is_assumed=self.is_assumed,
        )


@dataclass(frozen=True)
class BlockSums:
    """Of each block the sums of the filled answers (blocks x items), and how many people it holds."""

    sums: Whole
    sizes: Whole

    def means(self, positions: Sequence[int]) -> Floats:
        """The exact score of each block on these items, in points."""
        chosen = list(positions)
        return np.asarray(25 * (self.sums[:, chosen].sum(axis=1) / (self.sizes * len(chosen)) - 1))


def spread_of(products: Whole, blocks: BlockSums) -> Spread:
    """`products`: items x items, the sum over everybody in a block of the products of their filled answers."""
    people, total = int(blocks.sizes.sum()), blocks.sums.sum(axis=0)
    between = (blocks.sums / blocks.sizes[:, None]).T @ blocks.sums
    # In whole numbers for as long as possible: people who all have the same sum differ by exactly 0.
    covariance = (people * products - np.outer(total, total)) / max(1, people * (people - 1))
    return Spread(people, len(blocks.sizes), products - between, covariance)


def score_weights(positions: Sequence[int], item_count: int) -> Floats:
    """What turns 40 answers into a score in points, but for a constant."""
    weights = np.zeros(item_count)
    weights[list(positions)] = 25 / len(positions)
    return weights


def own_weights(scales: Scales) -> dict[str, Floats]:
    """For each discipline and area: its score minus the mean of the person's others of that kind; for each step: its
    score minus the person's total.
    """
    weights: dict[str, Floats] = {}
    for kind in (scales.disciplines, scales.areas):
        scores = {code: score_weights(positions, scales.item_count) for code, positions in kind.items()}
        weights |= {code: scores[code] - _mean_of_others(scores, code) for code in scores}
    total = score_weights(range(scales.item_count), scales.item_count)
    return weights | {code: score_weights(at, scales.item_count) - total for code, at in scales.steps.items()}


def _mean_of_others(scores: Mapping[str, Floats], code: str) -> Floats:
    others = [value for other, value in scores.items() if other != code]
    return np.asarray(sum(others) / len(others))
