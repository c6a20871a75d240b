"""What is said of differences (sections 5 and 6), made from the figures as they are printed (R17)."""

import math
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from tests.reports.independent.figures import mean_of, value_of
from tests.reports.independent.quantiles import quantile, two_sided
from tests.reports.independent.questionnaire import AREAS, DISCIPLINES, STEPS
from tests.reports.independent.round_on_paper import Path, Person, RoundOnPaper, half_up
from tests.reports.independent.spread import Precision, spread_of

DIMENSIONS = (*DISCIPLINES, *AREAS)
Values = Mapping[str, int]


def mean_of_others(scores: Mapping[str, Fraction], kind: tuple[str, ...], code: str) -> Fraction:
    others = [scores[other] for other in kind if other != code]
    return sum(others, Fraction(0)) / len(others)


def reference(scores: Mapping[str, Fraction], kind: tuple[str, ...], code: str) -> Fraction:
    """What a theme is laid beside: the mean of the others of its kind; a step, which shares items: the total."""
    return scores["total"] if kind == STEPS else mean_of_others(scores, kind, code)


class Own:
    """A unit beside itself."""

    def __init__(self, paper: RoundOnPaper, precision: Precision) -> None:
        self.freedom = precision.freedom
        self.spread = {
            code: spread_of(paper, self.distance(kind, code)) for kind in (DISCIPLINES, AREAS, STEPS) for code in kind
        }

    @staticmethod
    def distance(kind: tuple[str, ...], code: str) -> Any:
        def of_a_person(person: Person) -> Fraction:
            return person.scores[code] - reference(person.scores, kind, code)

        return of_a_person

    def verdicts(self, values: Values, n: int) -> dict[str, str | None]:
        scores = {code: Fraction(value) for code, value in values.items()}
        found: dict[str, str | None] = {}
        for kind in (DISCIPLINES, AREAS, STEPS):
            limit = quantile(1 - 0.05 / (2 * len(kind)), self.freedom)
            for code in kind:
                distance = float(scores[code] - reference(scores, kind, code))
                far = abs(distance) > limit * self.spread[code] / math.sqrt(n)
                found[code] = ("higher" if distance > 0 else "lower") if far else None
        return found


class Rests:
    """All units beside the rest of the organisation, at once."""

    def __init__(self, paper: RoundOnPaper, precision: Precision, values: Mapping[Path, Values]) -> None:
        self.paper, self.precision, self.values = paper, precision, values
        self.rest = {unit: paper.set_of(()) - paper.set_of(unit) for unit in values}

    def found(self) -> dict[Path, dict[str, dict[str, Any]] | None]:
        there = [(unit, code) for unit, rest in self.rest.items() if rest for code in DIMENSIONS]
        differences = {(unit, code): self.difference(unit, code) for unit, code in there}
        demonstrable = benjamini_hochberg({key: self.chance(*key, differences[key]) for key in there})
        found: dict[Path, dict[str, dict[str, Any]] | None] = {
            unit: {} if rest else None for unit, rest in self.rest.items()
        }
        for unit, code in there:
            difference = differences[unit, code]
            sign = "higher" if difference > 0 else "lower"
            beside = found[unit]
            assert beside is not None
            beside[code] = {
                "difference": difference,
                "margin": round(self.precision.margin_of_difference(code, self.n(unit), len(self.rest[unit]))),
                "verdict": sign if (unit, code) in demonstrable else None,
                "place": self.place(unit, code),
            }
        return found

    def n(self, unit: Path) -> int:
        return len(self.paper.set_of(unit))

    def difference(self, unit: Path, code: str) -> int:
        return self.values[unit][code] - value_of([self.paper.people[n] for n in self.rest[unit]], code)

    def chance(self, unit: Path, code: str, difference: int) -> float:
        error = self.precision.error_of_difference(code, self.n(unit), len(self.rest[unit]))
        return two_sided(difference / error, self.precision.freedom)

    def place(self, unit: Path, code: str) -> int:
        """The empirical-Bayes mean, of the figure as it is printed."""
        value, n = self.values[unit][code], self.n(unit)
        if len(self.paper.blocks) < 10:
            return value
        within = Fraction(self.precision.spread[code]) ** 2
        mu, between = self.middle(code, within)
        drawn = between / (between + within / n)
        return half_up(mu + drawn * (value - mu))

    def middle(self, code: str, within: Fraction) -> tuple[Fraction, Fraction]:
        """mu and tau^2, over the blocks, whose means are not beyond the bounds (R17).

        Exact: without any tau^2, mu is everybody's mean, and may well be a half.
        """
        blocks = [
            (max(Fraction(5), min(Fraction(95), mean_of([self.paper.people[n] for n in people], code))), len(people))
            for _, people in self.paper.blocks
        ]
        everybody = sum(n for _, n in blocks)
        grand = sum(mean * n for mean, n in blocks) / everybody
        msb = sum(n * (mean - grand) ** 2 for mean, n in blocks) / (len(blocks) - 1)
        n0 = Fraction(everybody**2 - sum(n * n for _, n in blocks), everybody * (len(blocks) - 1))
        between = max(Fraction(0), Fraction((msb - within) / n0))
        weights = [1 / (between + within / n) for _, n in blocks]
        weighed = (weight * mean for weight, (mean, _) in zip(weights, blocks, strict=True))
        return sum(weighed, Fraction(0)) / sum(weights), between


def benjamini_hochberg[Key](chances: Mapping[Key, float], q: float = 0.05) -> set[Key]:
    """Those that survive."""
    ordered = sorted(chances, key=lambda key: chances[key])
    surviving = 0
    for rank, key in enumerate(ordered, start=1):
        if chances[key] <= q * rank / len(ordered):
            surviving = rank
    return set(ordered[:surviving])
