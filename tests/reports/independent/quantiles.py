"""Student's t by Simpson's rule and halving; the normal distribution where no freedom is known."""

import math
from statistics import NormalDist

FURTHEST = 40.0
"""Beyond this nothing is left."""


def cumulative(x: float, freedom: int | None) -> float:
    """The chance of at most x, x at least 0."""
    if freedom is None:
        return NormalDist().cdf(x)
    factor = math.exp(math.lgamma((freedom + 1) / 2) - math.lgamma(freedom / 2)) / math.sqrt(freedom * math.pi)

    def density(at: float) -> float:
        return float(factor * (1 + at * at / freedom) ** (-(freedom + 1) / 2))

    steps = 2 * math.ceil(50 * x) + 400
    width = x / steps
    inner = sum((4 if step % 2 else 2) * density(step * width) for step in range(1, steps))
    return 0.5 + width / 3 * (density(0) + inner + density(x))


def two_sided(x: float, freedom: int | None) -> float:
    """The chance of something at least this far from 0."""
    return max(0.0, 2 * (1 - cumulative(min(abs(x), FURTHEST), freedom)))


def quantile(share: float, freedom: int | None) -> float:
    low, high = 0.0, FURTHEST
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if cumulative(middle, freedom) < share else (low, middle)
    return (low + high) / 2
