"""From packed answers to scores (measurement.md 1). All sums are whole numbers, so figures are exact.

Answers are arrays of persons x 40, dtype uint8: 1 to 5, 0 unanswered, 9 don't know.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

UNANSWERED, DONT_KNOW = 0, 9
POINTS = np.arange(1, 6)
"""From "strongly disagree" to "strongly agree"."""

MIN_ANSWERED = 30
"""A response counts when at least this many of the 40 items are answered."""
MIN_ANSWERED_IN_DISCIPLINE = 4
MIN_SHARE_ANSWERED = Fraction(3, 4)
"""An item that a smaller share of a set really answered is not shown for that set."""

Answers = NDArray[np.uint8]
Whole = NDArray[np.int64]


@dataclass(frozen=True)
class Scales:
    """Which items, by position, belong to which score; `disciplines` are also what missing answers are filled from."""

    disciplines: Mapping[str, tuple[int, ...]]
    areas: Mapping[str, tuple[int, ...]]
    steps: Mapping[str, tuple[int, ...]]
    item_count: int

    def all(self) -> dict[str, tuple[int, ...]]:
        """Every score by its code, the total first."""
        return {"total": tuple(range(self.item_count)), **self.disciplines, **self.areas, **self.steps}


def answered(answers: Answers) -> NDArray[np.bool_]:
    """Where an item was really answered; same shape as `answers`."""
    return (answers >= 1) & (answers <= 5)


def counted(answers: Answers) -> NDArray[np.bool_]:
    """Which persons count in figures: one value per person."""
    return np.asarray(answered(answers).sum(axis=1) >= MIN_ANSWERED)


def filled(answers: Answers, disciplines: Mapping[str, Sequence[int]]) -> Answers:
    """The answers with missing ones filled in: the person's mean over the answered items of that discipline
    (fewer than 4 answered there: over all answered), rounded to a whole answer, half up.

    Every person must have answered at least one item.
    """
    real = answered(answers)
    known = np.where(real, answers, 0).astype(np.int64)
    total, count = known.sum(axis=1), real.sum(axis=1)
    result = answers.copy()
    for positions in disciplines.values():
        items = list(positions)
        here_total, here_count = known[:, items].sum(axis=1), real[:, items].sum(axis=1)
        enough = here_count >= MIN_ANSWERED_IN_DISCIPLINE
        fill = _half_up(np.where(enough, here_total, total), np.where(enough, here_count, count))
        result[:, items] = np.where(real[:, items], answers[:, items], fill[:, None])
    return result


def _half_up(sums: Whole, counts: Whole) -> NDArray[np.uint8]:
    """sums / counts, rounded half up, in whole numbers."""
    return np.asarray((2 * sums + counts) // (2 * counts), dtype=np.uint8)


def score(answer_sum: int, answer_count: int) -> Fraction:
    """The exact score 0..100 of answers 1..5 that add up to `answer_sum`: (mean - 1) / 4 * 100."""
    return Fraction(25 * (answer_sum - answer_count), answer_count)


def whole(value: Fraction) -> int:
    """Rounded to a whole point, half up."""
    return int((2 * value.numerator + value.denominator) // (2 * value.denominator))
