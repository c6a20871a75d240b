"""What may be called a difference (measurement.md 5 and 6). Only conclusions leave: no t, p or variance (R17)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from measurement.scoring import whole
from measurement.statistics import Floats, benjamini_hochberg, bonferroni, empirical_bayes, p_of_differences

LEVEL = 0.05
MIN_BLOCKS_TO_SHRINK = 10
DECIMALS = 9
"""What lies beyond them is the rounding of the computer, which must not decide about a half."""
HIGHER, LOWER = "higher", "lower"


@dataclass(frozen=True)
class Gap:
    """Between two groups of people that have nobody in common."""

    points: int
    """Between the printed figures, so that a bound stays a bound (R17)."""
    error: float
    """Its standard error."""


def demonstrable(gaps: Sequence[Gap], freedom: int | None) -> list[str | None]:
    """HIGHER or LOWER for what survives Benjamini-Hochberg at q = .05 over all of them together, else None.

    `freedom`: degrees of freedom of the pooled spread; None where that is assumed.
    """
    points, errors = np.array([gap.points for gap in gaps], float), np.array([gap.error for gap in gaps], float)
    return _verdicts(points, benjamini_hochberg(p_of_differences(points, errors, freedom)))


def against_own(
    figures: Mapping[str, int], references: Mapping[str, float], errors: Mapping[str, float], freedom: int | None
) -> dict[str, str | None]:
    """Which of a unit's figures are clearly higher or lower than its own reference, Bonferroni over all of them."""
    differences = np.array([value - references[code] for code, value in figures.items()], float)
    p = p_of_differences(differences, np.array([errors[code] for code in figures], float), freedom)
    return dict(zip(figures, _verdicts(differences, bonferroni(p)), strict=True))


def _verdicts(differences: Floats, adjusted: Floats) -> list[str | None]:
    pairs = zip(differences, adjusted, strict=True)
    return [(HIGHER if difference > 0 else LOWER) if p <= LEVEL else None for difference, p in pairs]


def places(figures: Sequence[int], sizes: Sequence[int], blocks: "BlockMeans", sd: float) -> list[int]:
    """Where the dots stand: at the empirical-Bayes mean of each figure in whole points, or, with fewer than 10 blocks,
    at the figure itself.
    """
    if len(blocks.means) < MIN_BLOCKS_TO_SHRINK:
        return list(figures)
    fit = empirical_bayes(blocks.means, blocks.sizes, sd**2)
    share = fit.between_variance / (fit.between_variance + sd**2 / np.asarray(sizes))
    return [whole(Fraction(round(float(value), DECIMALS))) for value in fit.mu + share * (np.asarray(figures) - fit.mu)]


@dataclass(frozen=True)
class BlockMeans:
    means: Floats
    """The mean of each block in points, not beyond the bounds (R17)."""
    sizes: NDArray[np.int64]
