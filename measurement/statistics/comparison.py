"""Whether two sets of people differ, and what is left of it when many are compared (measurement.md 6)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import exp, lgamma, sqrt

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, special, stats

from measurement.statistics.arrays import CONFIDENCE, Floats, Interval, Numbers, known, tail


@dataclass(frozen=True)
class Effect:
    """How far the mean of one set lies above that of another, in standard deviations."""

    g: float
    interval: Interval
    d: float
    """Before the correction (Cohen)."""
    correction: float
    """J."""


def hedges_g(a: Numbers, b: Numbers, level: float = CONFIDENCE) -> Effect | None:
    """g = J d, d = (mean a - mean b) / s pooled over both, df = n_a + n_b - 2 (Hedges 1981), of one value per person.

    J = gamma(df / 2) / (sqrt(df / 2) gamma((df - 1) / 2)), exactly. The interval is J sqrt(1 / n_a + 1 / n_b) times the
    two noncentralities for which t lies on the .975 and the .025 quantile of noncentral t (Steiger & Fouladi 1997).

    Missing values are left out. None with fewer than two people in a set, and when nobody differs from the own set.
    """
    a, b = known(a), known(b)
    if min(len(a), len(b)) < 2:
        return None
    df = len(a) + len(b) - 2
    spread = sqrt((_squares(a) + _squares(b)) / df)
    if spread <= _rounding(a, b):
        return None
    d = float(a.mean() - b.mean()) / spread
    correction = exp(lgamma(df / 2) - lgamma((df - 1) / 2)) / sqrt(df / 2)
    unit = sqrt(1 / len(a) + 1 / len(b))
    low, high = noncentralities(d / unit, df, level)
    return Effect(correction * d, (correction * unit * low, correction * unit * high), d, correction)


def noncentralities(t: float, df: int, level: float = CONFIDENCE) -> Interval:
    """The noncentralities for which a noncentral t with `df` (1 or more) is below t with probability .975 and .025."""
    # P(T < t) is the mean of normal(t s - noncentrality) over s = sqrt(chi^2 / df), here over normal quantiles of s.
    # scipy's nctdtr sums a series instead, which does not end when t is very large.
    quantiles = np.linspace(-8.0, 8.0, 2_001)
    weights = np.exp(-(quantiles**2) / 2)
    weights /= weights.sum()
    below, above = quantiles[quantiles <= 0], quantiles[quantiles > 0]
    halves = (
        special.gammaincinv(df / 2, special.ndtr(below)),
        special.gammainccinv(df / 2, special.ndtr(-above)),
    )
    positions = t * np.sqrt(np.concatenate(halves) * 2 / df)
    first, last = float(positions.min()) - 9, float(positions.max()) + 9
    upper = tail(level)

    def at(probability: float) -> float:
        def excess(noncentrality: float) -> float:
            return float(weights @ special.ndtr(positions - noncentrality)) - probability

        return float(optimize.brentq(excess, first, last, maxiter=1_000))

    return at(upper), at(1 - upper)


@dataclass(frozen=True)
class Difference:
    """Mean a minus mean b, and whether chance could have made it."""

    difference: float
    interval: Interval
    t: float
    df: float
    p: float


def welch(a: Numbers, b: Numbers, level: float = CONFIDENCE) -> Difference | None:
    """Welch's t test (1947), two-sided, of one value per person; variances need not be equal.

    With v = variance / n: t = (mean a - mean b) / sqrt(v_a + v_b), and
    df = (v_a + v_b)^2 / (v_a^2 / (n_a - 1) + v_b^2 / (n_b - 1)).
    Missing values are left out. None with fewer than two people in a set and, as in R, when nobody differs from the own
    set.
    """
    a, b = known(a), known(b)
    if min(len(a), len(b)) < 2:
        return None
    of_a, of_b = (_squares(values) / (len(values) - 1) / len(values) for values in (a, b))
    error = sqrt(of_a + of_b)
    if error <= _rounding(a, b):
        return None
    share = of_a / (of_a + of_b)
    df = 1 / (share**2 / (len(a) - 1) + (1 - share) ** 2 / (len(b) - 1))
    difference = float(a.mean() - b.mean())
    margin = float(stats.t.ppf(tail(level), df)) * error
    interval = difference - margin, difference + margin
    return Difference(difference, interval, difference / error, df, p_of_difference(difference, error, df))


def p_of_difference(difference: float, error: float, df: float | None) -> float:
    """Of one difference, as `p_of_differences`."""
    return float(p_of_differences(np.array([difference]), np.array([error]), df)[0])


def p_of_differences(differences: Floats, errors: Floats, df: float | None) -> Floats:
    """Two-sided, after Student's t (1908) with `df`, or after the normal distribution where s is assumed (df None).

    1 without an error: what rests on nothing is not claimed.
    """
    rests_on_something = errors > 0
    t = np.abs(differences) / np.where(rests_on_something, errors, 1.0)
    p = 2 * (stats.norm.sf(t) if df is None else stats.t.sf(t, df))
    return np.where(rests_on_something, p, 1.0)


def bonferroni(p: Sequence[float] | Floats) -> Floats:
    """m p, at most 1 (Dunn 1961): for a few questions asked at once. Input as for `holm`."""
    return _adjusted(p, lambda tested: tested * len(tested))


def holm(p: Sequence[float] | Floats) -> Floats:
    """Holm's step-down p values (1979): the largest of (m - i + 1) p_(i) so far, at most 1, in the order they came.

    NaN is a test that could not be made: it does not count among the m, as in R, and becomes 1, never to be claimed.
    Empty for an empty family. ValueError for a p outside 0 to 1.
    """

    def adjust(tested: Floats) -> Floats:
        order = np.argsort(tested, kind="stable")
        steps = np.arange(len(tested), 0, -1)
        return _back(order, np.maximum.accumulate(steps * tested[order]))

    return _adjusted(p, adjust)


def benjamini_hochberg(p: Sequence[float] | Floats) -> Floats:
    """Benjamini & Hochberg's step-up p values (1995): the smallest of m p_(i) / i from above, in the order they came.

    Under .05: of what is then claimed, one in twenty is false. Input as for `holm`.
    """

    def adjust(tested: Floats) -> Floats:
        order = np.argsort(tested, kind="stable")[::-1]
        steps = len(tested) / np.arange(len(tested), 0, -1)
        return _back(order, np.minimum.accumulate(steps * tested[order]))

    return _adjusted(p, adjust)


def _adjusted(p: Sequence[float] | Floats, adjust: Callable[[Floats], Floats]) -> Floats:
    raw = np.asarray(p, dtype=np.float64)
    if ((raw < 0) | (raw > 1)).any():
        raise ValueError("A p value lies between 0 and 1")
    tested = ~np.isnan(raw)
    adjusted = np.ones_like(raw)
    adjusted[tested] = np.minimum(adjust(raw[tested]), 1.0)
    return adjusted


def _back(order: NDArray[np.intp], values: Floats) -> Floats:
    placed = np.empty_like(values)
    placed[order] = values
    return placed


def _squares(values: Floats) -> float:
    return float(((values - values.mean()) ** 2).sum())


def _rounding(a: Floats, b: Floats) -> float:
    """Under this a spread is only the rounding of the computer: R's rule for data that are "essentially constant"."""
    return 10 * float(np.finfo(np.float64).eps) * max(abs(float(a.mean())), abs(float(b.mean())))
