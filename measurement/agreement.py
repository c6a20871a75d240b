"""Whether people agree, in words (measurement.md 3): the number itself never leaves a release."""

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from measurement.scoring import POINTS
from measurement.tally import SetTally

ONE_MIND, VARIED, DIVIDED = "one_mind", "varied", "divided"
ONE_MIND_UNTIL, VARIED_UNTIL = Fraction(60, 100), Fraction(83, 100)


def agreement_word(tally: SetTally, positions: Sequence[int]) -> str:
    """By the average deviation AD_M = mean |x - item mean| (Burke & Dunlap 2002), averaged over the items."""
    deviation = sum((average_deviation_of_item(tally, at) for at in positions), Fraction(0)) / len(positions)
    if deviation <= ONE_MIND_UNTIL:
        return ONE_MIND
    return VARIED if deviation <= VARIED_UNTIL else DIVIDED


def average_deviation_of_item(tally: SetTally, position: int) -> Fraction:
    """Exact, from how many gave each answer."""
    counts, n = tally.filled[position], tally.n
    total = int(counts @ POINTS)
    return Fraction(int(counts @ np.abs(n * POINTS - total)), n * n)
