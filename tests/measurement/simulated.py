"""Organisations made up by chance, and what their comparison page would claim: by the functions that make a release."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt

import numpy as np

from measurement.comparison import Printed, beside_own, demonstrable, gaps_of, printed
from measurement.scoring import Scales, Whole
from measurement.spread import BlockSums, Spread, own_weights, score_weights, spread_of
from questionnaires.questionnaire import AREAS, DIMENSIONS, DISCIPLINES

SD, CORRELATION = 18, 0.6
"""Of a person's scores, and between them."""
MIDDLE = 60
ANSWERS = 10
"""A score is the sum of so many answers 1 to 5, as those of real people are."""
DEPARTMENTS = 20

_PLACES = {code: (place,) for place, code in enumerate(DIMENSIONS)}
SCALES = Scales(
    {code: _PLACES[code] for code in DISCIPLINES}, {code: _PLACES[code] for code in AREAS}, {}, len(DIMENSIONS)
)
_WEIGHTS = {code: score_weights(places, len(DIMENSIONS)) for code, places in _PLACES.items()}
_OWN_WEIGHTS = own_weights(SCALES)


@dataclass(frozen=True)
class Organisation:
    """Equal departments of so many people, but for what was changed."""

    sums: Whole
    """Departments x people x themes: of each person the sum of the answers."""

    def with_lower(self, points: int, *themes: str) -> "Organisation":
        """The same people, of whom those of the first department answer so much lower on these themes."""
        sums, places = self.sums.copy(), [DIMENSIONS.index(theme) for theme in themes]
        sums[0][:, places] = np.maximum(sums[0][:, places] - points * 4 * ANSWERS // 100, ANSWERS)
        return Organisation(sums)

    @property
    def size(self) -> int:
        return len(self.sums[0])

    @property
    def departments(self) -> list[Printed]:
        return _printed(self.sums.sum(axis=1), self.size)

    @property
    def rests(self) -> list[Printed]:
        """Of each department everybody else."""
        of_each = self.sums.sum(axis=1)
        return _printed(of_each.sum(axis=0) - of_each, (DEPARTMENTS - 1) * self.size)

    @property
    def spread(self) -> Spread:
        """Each theme as one answer, which may be broken."""
        answers = self.sums / ANSWERS
        people = answers.reshape(-1, len(DIMENSIONS))
        # For the types these are whole numbers; the arithmetic does not need them to be.
        return spread_of(people.T @ people, BlockSums(answers.sum(axis=1), np.full(len(answers), self.size)))  # type: ignore[arg-type]


def organisation(random: np.random.Generator, size: int) -> Organisation:
    shared, own = random.standard_normal((DEPARTMENTS, size, 1)), random.standard_normal((DEPARTMENTS, size, 11))
    points = MIDDLE + SD * (sqrt(CORRELATION) * shared + sqrt(1 - CORRELATION) * own)
    return Organisation(ANSWERS + np.clip(np.rint(points * (4 * ANSWERS / 100)), 0, 4 * ANSWERS).astype(np.int64))


def _printed(totals: Whole, people: int) -> list[Printed]:
    values = printed(totals, np.full(totals.shape, people * ANSWERS)).tolist()
    return [Printed(people, dict(zip(DIMENSIONS, of_one, strict=True))) for of_one in values]


def page(made: Organisation) -> list[Mapping[str, str | None]]:
    """Of each department what the comparison page claims, by theme."""
    spread = made.spread
    sds = {code: spread.sd(weights) for code, weights in _WEIGHTS.items()}
    gaps = [gaps_of(one, rest, sds) for one, rest in zip(made.departments, made.rests, strict=True)]
    verdicts = iter(demonstrable([gap for one in gaps for gap in one.values()], spread.freedom))
    return [{code: next(verdicts) for code in DIMENSIONS} for _department in range(DEPARTMENTS)]


def own_themes(made: Organisation) -> Mapping[str, str | None]:
    """Which themes of the first department are called higher or lower than its others."""
    spread = made.spread
    sds = {code: spread.sd(weights) for code, weights in _OWN_WEIGHTS.items()}
    return beside_own(made.departments[0], (DISCIPLINES, AREAS), sds, spread.freedom)
