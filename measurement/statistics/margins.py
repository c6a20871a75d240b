"""How sure a figure of one unit is (measurement.md 5), and whether it differs (5 and 6)."""

from dataclasses import dataclass
from math import sqrt

from scipy import stats

from measurement.statistics.arrays import CONFIDENCE, tail

MIN_BLOCKS = 5
MIN_ANSWERS = 50
ASSUMED_SD = 20.0
MINIMUM_SD = 5.0
"""A margin of nothing would say that nobody in any team differs from another."""
ASSUMED_RELIABILITY = 0.70


def standard_error_now(s: float, n: int, share: float, reliability: float) -> float:
    """What the unit as a whole thinks now: s * sqrt((1 - share * reliability) / n).

    Cochran's finite population correction (1977), for what a scale measures without its error. `share` is the share of
    the invited that answered, 0 when it is not known. ValueError for a unit of nobody, which has no figures either.
    """
    _check(n)
    return s * sqrt(max(0.0, 1 - share * reliability) / n)


def standard_error_difference(s: float, n: int, other: int | None = None) -> float:
    """Whether a unit differs: s * sqrt(1 / n + 1 / other), without correction for who answered.

    `other` is the number of people it is compared with: the rest of the organisation, or an earlier round. Without it,
    s / sqrt(n): against a fixed value, and against the unit's own other topics, where s is that of such differences.
    ValueError for nobody.
    """
    _check(n)
    if other is None:
        return s / sqrt(n)
    _check(other)
    return s * sqrt(1 / n + 1 / other)


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


def interval(centre: int, margin: float) -> tuple[int, int]:
    """Centre minus and plus the margin in whole points, clipped to 0..100."""
    return max(0, round(centre - margin)), min(100, round(centre + margin))


def quantile(freedom: int | None) -> float:
    """The two-sided 95% quantile: Student's t, or the normal one where s is assumed and not estimated."""
    upper = tail(CONFIDENCE)
    return float(stats.norm.ppf(upper) if freedom is None else stats.t.ppf(upper, freedom))


def _check(n: int) -> None:
    if n < 1:
        raise ValueError("Nobody has no margin")
