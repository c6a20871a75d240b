"""What the other modules do to an array first: leave out missing answers, and tell variance from rounding."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Numbers = NDArray[np.number]
Interval = tuple[float, float]

CONFIDENCE = 0.95

ROUNDING = 1e-12
"""A variance that is a smaller share than this of the variances it is made from, is the rounding of the computer."""


def tail(level: float) -> float:
    """The upper probability of a two-sided interval: .975 for .95."""
    if not 0 < level < 1:
        raise ValueError(f"A level lies between 0 and 1: {level}")
    return (1 + level) / 2


def complete(x: Numbers) -> Numbers:
    """Persons x items, without the persons who miss an answer; the array itself when nobody does."""
    if not np.issubdtype(x.dtype, np.floating):
        return x
    missing = np.isnan(x).any(axis=1)
    return x[~missing] if missing.any() else x


def known(values: Numbers) -> Floats:
    """One value per person, without the missing ones."""
    floats = np.asarray(values, dtype=np.float64)
    return floats[~np.isnan(floats)]


def covariance(x: Numbers) -> Floats:
    """Items x items, divided by persons minus one. At least two persons, none with a missing answer."""
    # From the first person's answers, so that items without variance get exactly 0. In floats: 1 - 5 is 252 in a uint8.
    centred = np.subtract(x, x[0], dtype=np.float64)
    centred -= centred.mean(axis=0)
    return np.asarray(centred.T @ centred / (len(x) - 1), dtype=np.float64)
