"""What lies within groups and what lies between them (measurement.md 4 and 6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from measurement.statistics.arrays import CONFIDENCE, ROUNDING, Floats, Interval, Numbers, tail


def pooled_variance(values: Floats, groups: NDArray[np.int64]) -> float:
    """MSW: squared deviations from each group's own mean, over persons minus groups. Groups are 0, 1, 2 ...

    NaN when there are no more persons than groups. Missing values are not looked for.
    """
    sizes = np.bincount(groups)
    sizes = sizes[sizes > 0]
    freedom = len(values) - len(sizes)
    if freedom <= 0:
        return float("nan")
    means = np.bincount(groups, weights=values) / np.maximum(np.bincount(groups), 1)
    return float(((values - means[groups]) ** 2).sum() / freedom)


def combined_variance(variances: Sequence[float], freedoms: Sequence[int]) -> float | None:
    """One variance from several, each weighted by its degrees of freedom: s^2 "pooled over both" rounds.

    An earlier round has no answers any more, only its variance. Parts without freedom count for nothing; None when none
    has any. ValueError when a part with freedom has no variance (NaN), or one below 0.
    """
    parts = [(variance, freedom) for variance, freedom in zip(variances, freedoms, strict=True) if freedom > 0]
    if not all(variance >= 0 for variance, _freedom in parts):
        raise ValueError("A variance is 0 or more")
    total = sum(freedom for _variance, freedom in parts)
    return sum(variance * freedom for variance, freedom in parts) / total if total else None


@dataclass(frozen=True)
class IntraclassCorrelation:
    """How far people of one group answer alike. As shown: what would be below 0 is 0."""

    persons: int
    groups: int
    mean_size: float
    n0: float
    """The size of groups as it counts for variance when they are not equally large (Searle)."""
    msb: float
    msw: float
    df_between: int
    df_within: int
    f: float | None
    """None when nobody differs from the own group: infinite."""
    p: float
    icc1: float
    """With n0: the one to report."""
    icc1_interval: Interval
    icc1_mean_size: float
    """With the mean size of groups, as R's multilevel has it."""
    icc1_mean_size_interval: Interval
    icc2: float


def icc(values: Numbers, groups: NDArray[np.generic], level: float = CONFIDENCE) -> IntraclassCorrelation | None:
    """ICC(1) = (MSB - MSW) / (MSB + (n0 - 1) MSW), ICC(2) = (MSB - MSW) / MSB, of one value and one group per person.

    n0 = (N - sum n_i^2 / N) / (J - 1) (Searle, Casella & McCulloch 1992); ICC(2) after Bliese (2000). The interval is
    that of F (McGraw & Wong 1996): the same formula with MSB / F(.975; J-1, N-J) and with MSB * F(.975; N-J, J-1).

    Persons with a missing value are left out; groups may be named by anything that numpy sorts, and some may hold one
    person. Where nobody differs from the own group and groups differ, both ICCs are 1. None when it is not defined:
    fewer than two groups, no more persons than groups, nobody who differs from anybody.
    """
    floats = np.asarray(values, dtype=np.float64)
    present = ~np.isnan(floats)
    found, numbers = np.unique(groups[present], return_inverse=True)
    sizes = np.bincount(numbers, minlength=len(found)).astype(np.float64)
    if len(found) < 2:
        return None
    between, within = _squares(floats[present], numbers, sizes)
    return icc_of_squares(between, within, sizes, level)


def icc_of_squares(
    between: float, within: float, sizes: NDArray[np.number], level: float = CONFIDENCE
) -> IntraclassCorrelation | None:
    """The same from the sums of squares between and within groups, and the size of each group."""
    sizes = np.asarray(sizes, dtype=np.float64)
    persons, count = int(sizes.sum()), len(sizes)
    if count < 2 or persons <= count or between == within == 0:
        return None
    msb, msw = between / (count - 1), within / (persons - count)
    upper = tail(level)
    low = msb / float(stats.f.ppf(upper, count - 1, persons - count))
    high = msb * float(stats.f.ppf(upper, persons - count, count - 1))
    n0, mean_size = _n0(sizes), persons / count
    return IntraclassCorrelation(
        persons=persons,
        groups=count,
        mean_size=mean_size,
        n0=n0,
        msb=msb,
        msw=msw,
        df_between=count - 1,
        df_within=persons - count,
        f=msb / msw if msw else None,
        p=float(stats.f.sf(msb / msw, count - 1, persons - count)) if msw else 0.0,
        icc1=_icc1(msb, msw, n0),
        icc1_interval=(_icc1(low, msw, n0), _icc1(high, msw, n0)),
        icc1_mean_size=_icc1(msb, msw, mean_size),
        icc1_mean_size_interval=(_icc1(low, msw, mean_size), _icc1(high, msw, mean_size)),
        icc2=max(0.0, 1 - msw / msb) if msb else 0.0,
    )


@dataclass(frozen=True)
class Shrunken:
    """The means of groups, each drawn towards mu the further the fewer people it rests on."""

    means: Floats
    weights: Floats
    """Lambda, 0 to 1: how much of a group's own mean is left."""
    mu: float
    between_variance: float
    """Tau^2."""


def empirical_bayes(means: Floats, sizes: NDArray[np.integer], within_variance: float) -> Shrunken:
    """EB_j = mu + lambda_j (m_j - mu), lambda_j = tau^2 / (tau^2 + s^2 / n_j) (Efron & Morris 1973).

    tau^2 = max(0, (MSB - MSW) / n0) with MSB from these means and sizes, and MSW = s^2 = `within_variance`; mu is the
    mean weighted by 1 / (tau^2 + s^2 / n_j). One value per group; the same order comes back.

    When groups differ no more than chance lets them, every mean becomes mu; with one group its mean stays. Without
    groups the arrays are empty and mu is 0. ValueError for a missing mean, a group of nobody, or a `within_variance`
    that is NaN or below 0: where it cannot be estimated, the caller knows what to assume.
    """
    floats, people = np.asarray(means, dtype=np.float64), np.asarray(sizes, dtype=np.float64)
    _check(floats, people, within_variance)
    if len(floats) < 2:
        return shrunken(floats, people, within_variance, 0.0)
    squares = people * (floats - np.average(floats, weights=people)) ** 2
    msb = float(squares.sum()) / (len(floats) - 1)
    return shrunken(floats, people, within_variance, max(0.0, msb - within_variance) / _n0(people))


def shrunken(means: Floats, sizes: Floats, within_variance: float, between_variance: float) -> Shrunken:
    """The same with a tau^2 that is known already, such as that of restricted maximum likelihood."""
    _check(means, sizes, within_variance, between_variance)
    if not len(means):
        return Shrunken(means, np.zeros(0), 0.0, between_variance)
    errors = between_variance + within_variance / sizes
    largest = float(errors.max())
    if not largest:
        # Nobody differs from anybody.
        return Shrunken(means, np.zeros(len(means)), float(np.average(means, weights=sizes)), 0.0)
    mu = float(np.average(means, weights=1 / (errors / largest)))
    weights = between_variance / errors
    return Shrunken(mu + weights * (means - mu), weights, mu, between_variance)


def _check(means: Floats, sizes: Floats, *variances: float) -> None:
    if not all(variance >= 0 and isfinite(variance) for variance in variances):
        raise ValueError("A variance is 0 or more")
    if not np.isfinite(means).all() or (sizes < 1).any():
        raise ValueError("Every group has a mean and somebody in it")


def _n0(sizes: Numbers) -> float:
    """The size of groups as it counts for variance: their size when all are alike, otherwise less than the mean."""
    total = float(sizes.sum())
    return (total - float((sizes**2).sum()) / total) / (len(sizes) - 1)


def _icc1(msb: float, msw: float, size: float) -> float:
    return max(0.0, (msb - msw) / (msb + (size - 1) * msw))


def _squares(values: Floats, groups: NDArray[np.intp], sizes: Floats) -> tuple[float, float]:
    """The sums of squares between and within; exactly 0 where only the rounding of the computer is left."""
    # From one of the values, so that people who all answer alike are exactly 0.
    centred = values - values[0]
    means = np.bincount(groups, weights=centred) / sizes
    between = float((sizes * (means - centred.mean()) ** 2).sum())
    within = float(((centred - means[groups]) ** 2).sum())
    noise = ROUNDING * (between + within)
    return between if between > noise else 0.0, within if within > noise else 0.0
