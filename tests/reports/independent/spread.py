"""Spread within the blocks, and what margins rest on (section 5)."""

import math
from collections.abc import Callable
from fractions import Fraction
from statistics import variance

from tests.reports.independent.quantiles import quantile
from tests.reports.independent.questionnaire import SCALES
from tests.reports.independent.round_on_paper import Person, RoundOnPaper

ASSUMED_SPREAD, ASSUMED_RELIABILITY, SMALLEST_SPREAD = 20.0, 0.70, 5.0

Figure = Callable[[Person], Fraction]


def freedom_of(paper: RoundOnPaper) -> int | None:
    """Answers less blocks; None: too few of either, everything is assumed."""
    answers = sum(len(people) for _, people in paper.blocks)
    return None if len(paper.blocks) < 5 or answers < 50 else answers - len(paper.blocks)


def spread_of(paper: RoundOnPaper, figure: Figure) -> float:
    """Pooled SD within the blocks of a figure that every person has."""
    freedom = freedom_of(paper)
    if freedom is None:
        return ASSUMED_SPREAD
    squares = Fraction(0)
    for _, people in paper.blocks:
        own = [figure(paper.people[n]) for n in people]
        middle = sum(own, Fraction(0)) / len(own)
        squares += sum((value - middle) ** 2 for value in own)
    return max(SMALLEST_SPREAD, math.sqrt(squares / freedom))


def spread_of_scale(paper: RoundOnPaper, code: str) -> float:
    return spread_of(paper, lambda person: person.scores[code])


def reliability_of(paper: RoundOnPaper, code: str) -> float:
    """Cronbach's alpha over everybody in the blocks; where all have the same sum there is none, and it is assumed."""
    if freedom_of(paper) is None:
        return ASSUMED_RELIABILITY
    inside = [paper.people[n].filled for _, people in paper.blocks for n in people]
    items = SCALES[code]
    of_items = sum(variance([Fraction(filled[item]) for filled in inside]) for item in items)
    of_sums = variance([Fraction(sum(filled[item] for item in items)) for filled in inside])
    if not of_sums:
        return ASSUMED_RELIABILITY
    return float(min(Fraction(1), max(Fraction(0), Fraction(len(items), len(items) - 1) * (1 - of_items / of_sums))))


class Precision:
    """Of the organisation: for each scale its spread and reliability."""

    def __init__(self, paper: RoundOnPaper) -> None:
        self.freedom = freedom_of(paper)
        self.spread = {code: spread_of_scale(paper, code) for code in SCALES}
        self.reliability = {code: reliability_of(paper, code) for code in SCALES}
        self.quantile = quantile(0.975, self.freedom)

    def margin(self, code: str, n: int, share: float) -> float:
        """Of what the unit as a whole thinks: the first error."""
        return self.quantile * self.spread[code] * math.sqrt((1 - share * self.reliability[code]) / n)

    def margin_of_difference(self, code: str, n: int, other: int) -> float:
        """The second error, without anything off for who answered."""
        return self.quantile * self.error_of_difference(code, n, other)

    def error_of_difference(self, code: str, n: int, other: int) -> float:
        return self.spread[code] * math.sqrt(1 / n + 1 / other)
