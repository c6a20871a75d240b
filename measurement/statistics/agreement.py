"""How much the people of one group agree (measurement.md 3). Never printed as a number: reports have words for it."""

from collections.abc import Sequence
from math import isfinite

import numpy as np

from measurement.statistics.arrays import Floats, Numbers, complete

NULL_UNIFORM = 2.0
"""The variance of five answers that are equally likely."""
NULL_SLIGHT_SKEW = 1.34
"""The one to judge by: people tend to agree a little with anything (LeBreton & Senter 2008)."""


def rwg(x: Numbers, null_variance: float) -> list[float | None]:
    """For each item of persons x items: r_wg = 1 - s^2 / s_E^2, cut at 0 (James, Demaree & Wolf 1984).

    Of each item over the answers there are. None for an item with fewer than two answers. ValueError when
    `null_variance` is not more than 0.
    """
    _check(null_variance)
    return [None if variance is None else max(0.0, 1 - variance / null_variance) for variance in _variances_of_items(x)]


def rwg_j(x: Numbers, null_variance: float) -> float | None:
    """r_wg(j) of persons x J items: J (1 - m) / (J (1 - m) + m), m = min(1, mean item variance / s_E^2).

    James, Demaree & Wolf (1984). The variance of each item is over the answers there are, as in R's multilevel 2.8
    (older versions left out persons who miss one). 0 when the items vary as much as `null_variance` or more, 1 when
    everybody agrees. None, as in R, when an item has fewer than two answers; without items. ValueError when
    `null_variance` is not more than 0.
    """
    _check(null_variance)
    variances = [variance for variance in _variances_of_items(x) if variance is not None]
    if not x.shape[1] or len(variances) < x.shape[1]:
        return None
    return rwg_j_of_variances(variances, null_variance)


def rwg_j_of_variances(variances: Sequence[float] | Floats, null_variance: float) -> float:
    """The same from the variance of each item, with n - 1. At least one item."""
    items = len(variances)
    m = min(1.0, float(sum(variances)) / items / null_variance)
    return items * (1 - m) / (items * (1 - m) + m)


def average_deviation(x: Numbers) -> float | None:
    """AD_M of persons x items: the mean of |x - the item's mean|, averaged over the items (Burke & Dunlap 2002).

    Persons who miss an answer are left out, as R's multilevel does here (and not for r_wg(j)). None with fewer than two
    persons, and without items.
    """
    x = complete(x)
    persons, items = x.shape
    if persons < 2 or not items:
        return None
    deviations = np.subtract(x, x.mean(axis=0, dtype=np.float64), dtype=np.float64)
    return float(np.abs(deviations, out=deviations).mean())


def _check(null_variance: float) -> None:
    if not (null_variance > 0 and isfinite(null_variance)):
        raise ValueError(f"A null variance is more than 0: {null_variance}")


def _variances_of_items(x: Numbers) -> list[float | None]:
    """With n - 1, over the answers there are; None for fewer than two."""
    values: Floats = np.asarray(x, dtype=np.float64)
    missing = np.isnan(values)
    counts = len(values) - missing.sum(axis=0)
    means = np.where(missing, 0.0, values).sum(axis=0) / np.maximum(counts, 1)
    squares = (np.where(missing, 0.0, values - means) ** 2).sum(axis=0)
    return [float(square / (count - 1)) if count >= 2 else None for square, count in zip(squares, counts, strict=True)]
