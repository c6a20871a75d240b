"""Reliability and margins (measurement.md 2 and 5). Used when a release is built, never in a web process."""

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray
from scipy import stats

MIN_BLOCKS = 5
MIN_ANSWERS = 50
ASSUMED_SD = 20.0
MINIMUM_SD = 5.0
"""A margin of nothing would say that nobody in any team differs from another."""
ASSUMED_RELIABILITY = 0.70
CONFIDENCE = 0.95

Floats = NDArray[np.float64]


def cronbach_alpha(x: NDArray[np.number]) -> float:
    """Cronbach's alpha (1951) of persons x items: k / (k - 1) * (1 - sum of item variances / variance of the sum).

    NaN when it is not defined: fewer than two persons or items, or a sum without variance.
    """
    persons, items = x.shape
    if persons < 2 or items < 2:
        return float("nan")
    total = x.sum(axis=1, dtype=np.float64).var(ddof=1)
    if total <= 0:
        return float("nan")
    return float(items / (items - 1) * (1 - x.var(axis=0, ddof=1, dtype=np.float64).sum() / total))


def pooled_variance(values: Floats, groups: NDArray[np.int64]) -> float:
    """MSW: squared deviations from each group's own mean, over persons minus groups. Groups are 0, 1, 2 ...

    NaN when there are no more persons than groups.
    """
    sizes = np.bincount(groups)
    sizes = sizes[sizes > 0]
    freedom = len(values) - len(sizes)
    if freedom <= 0:
        return float("nan")
    means = np.bincount(groups, weights=values) / np.maximum(np.bincount(groups), 1)
    return float(((values - means[groups]) ** 2).sum() / freedom)


def standard_error_now(s: float, n: int, share: float, reliability: float) -> float:
    """What the unit as a whole thinks now: s * sqrt((1 - share * reliability) / n).

    `share` is the share of the invited that answered, 0 when it is not known.
    """
    return s * sqrt((1 - share * reliability) / n)


@dataclass(frozen=True)
class Precision:
    """What the margins of one score rest on, for the whole organisation."""

    sd: float
    reliability: float
    quantile: float
    is_assumed: bool
    """Too few blocks or answers to estimate from: s = 20 and reliability .70 (measurement.md 5)."""

    def margin(self, n: int, share: float) -> float:
        """Half the width of the interval, in points."""
        return self.quantile * standard_error_now(self.sd, n, share, self.reliability)


def precision(values: Floats, items: NDArray[np.number], groups: NDArray[np.int64], blocks: int) -> Precision:
    """From the persons inside blocks: their scores, their answers to the score's items, and their block."""
    if blocks < MIN_BLOCKS or len(values) < MIN_ANSWERS:
        return Precision(ASSUMED_SD, ASSUMED_RELIABILITY, _quantile(None), is_assumed=True)
    alpha = cronbach_alpha(items)
    reliability = ASSUMED_RELIABILITY if np.isnan(alpha) else min(1.0, max(0.0, alpha))
    sd = max(MINIMUM_SD, sqrt(pooled_variance(values, groups)))
    return Precision(sd, reliability, _quantile(len(values) - blocks), is_assumed=False)


def _quantile(freedom: int | None) -> float:
    """The two-sided 95% quantile: Student's t, or the normal one where s is assumed and not estimated."""
    tail = (1 + CONFIDENCE) / 2
    return float(stats.norm.ppf(tail) if freedom is None else stats.t.ppf(tail, freedom))


def interval(centre: int, margin: float) -> tuple[int, int]:
    """Centre minus and plus the margin in whole points, clipped to 0..100."""
    return max(0, round(centre - margin)), min(100, round(centre + margin))
