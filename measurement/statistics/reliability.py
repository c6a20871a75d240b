"""How well the items of a scale measure one thing (measurement.md 2): alpha, and each item against the others."""

from math import isnan

import numpy as np
from scipy import stats

from measurement.statistics.arrays import CONFIDENCE, ROUNDING, Floats, Interval, Numbers, complete, covariance, tail


def cronbach_alpha(x: Numbers) -> float:
    """Cronbach's alpha (1951) of persons x items: k / (k - 1) * (1 - sum of item variances / variance of the sum).

    Persons who miss an answer are left out, as in R's multilevel. NaN when it is not defined: fewer than two persons or
    items, or a sum without variance.
    """
    x = complete(x)
    persons, items = x.shape
    if persons < 2 or items < 2:
        return float("nan")
    return alpha_of_covariances(covariance(x))


def alpha_of_covariances(s: Floats) -> float:
    """The same from the covariances, items x items. NaN with fewer than two items, or a sum without variance."""
    items = len(s)
    own, total = float(np.trace(s)), float(s.sum())
    if items < 2 or total <= ROUNDING * own:
        return float("nan")
    return float(items / (items - 1) * (1 - own / total))


def feldt_interval(alpha: float, n: int, k: int, level: float = CONFIDENCE) -> Interval | None:
    """Feldt's interval (1965) of alpha over n persons and k items.

    1 - (1 - alpha) F(.975; n - 1, (n - 1)(k - 1)) to 1 - (1 - alpha) F(.025; the same). The lower end may be negative.
    None when alpha is NaN, and with fewer than two persons or items.
    """
    if isnan(alpha) or n < 2 or k < 2:
        return None
    upper = tail(level)
    of_low, of_high = (float(stats.f.ppf(p, n - 1, (n - 1) * (k - 1))) for p in (upper, 1 - upper))
    return 1 - (1 - alpha) * of_low, 1 - (1 - alpha) * of_high


def corrected_item_total(x: Numbers) -> list[float | None]:
    """For each item of persons x items: its correlation with the sum of the other items (Nunnally 1978).

    From the covariances s: (sum_j s_ij - s_ii) / sqrt(s_ii * (total - 2 sum_j s_ij + s_ii)). Persons who miss an answer
    are left out. None for an item without variance or whose others have none together; for each item when there are
    fewer than two persons; for the only item.
    """
    x = complete(x)
    persons, items = x.shape
    return item_totals_of_covariances(covariance(x)) if persons > 1 else [None] * items


def item_totals_of_covariances(s: Floats) -> list[float | None]:
    """The same from the covariances, items x items."""
    if len(s) < 2:
        return [None] * len(s)
    own, together = np.diag(s), s.sum(axis=1)
    others = s.sum() - 2 * together + own
    return [
        _correlation(*of_item, noise=ROUNDING * own.sum()) for of_item in zip(together - own, own, others, strict=True)
    ]


def _correlation(shared: float, one: float, other: float, noise: float) -> float | None:
    if min(one, other) <= noise:
        return None
    return float(np.clip(shared / np.sqrt(one * other), -1.0, 1.0))
