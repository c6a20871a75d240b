"""What a release is computed from: whole numbers per group of people, so that no order and no rounding plays a part."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from measurement.scoring import DONT_KNOW, POINTS, Answers, Scales, Whole, answered, filled

BATCH = 50_000
"""People worked on at once: it bounds the memory, and keeps the products below exact in 32-bit floats."""


@dataclass(frozen=True)
class Counted:
    """The people who count in figures, one row each."""

    groups: Whole
    """Persons; 0, 1, 2 ... for the group that each belongs to."""
    answers: Answers
    """Persons x items."""
    obstacles: NDArray[np.uint16]
    """Persons; bit n: the questionnaire's n-th obstacle."""

    def batches(self) -> Iterator["Counted"]:
        for start in range(0, len(self.groups), BATCH):
            part = slice(start, start + BATCH)
            yield Counted(self.groups[part], self.answers[part], self.obstacles[part])


@dataclass(frozen=True)
class Tally:
    """Counts per group; `of` adds groups up to a set."""

    people: Whole
    """Groups."""
    filled: Whole
    """Groups x items x 5: how many gave each answer, missing ones filled in."""
    answered: Whole
    """Groups x items: how many really answered."""
    dont_know: Whole
    """Groups x items."""
    obstacles: Whole
    """Groups x obstacles: how many ticked each."""

    def of(self, groups: Sequence[int]) -> "SetTally":
        chosen = list(groups)
        return SetTally(
            int(self.people[chosen].sum()),
            self.filled[chosen].sum(axis=0),
            self.answered[chosen].sum(axis=0),
            self.dont_know[chosen].sum(axis=0),
            self.obstacles[chosen].sum(axis=0),
        )


@dataclass(frozen=True)
class SetTally:
    """The same counts of one set of people."""

    n: int
    filled: Whole
    """Items x 5."""
    answered: Whole
    dont_know: Whole
    obstacles: Whole

    @property
    def sums(self) -> Whole:
        """Items: the sum of the filled answers."""
        return np.asarray(self.filled @ POINTS)

    def variances(self) -> NDArray[np.float64]:
        """Items: the variance of the filled answers, with n - 1. At least two people."""
        squares = self.n * (self.filled @ POINTS**2) - self.sums**2
        return np.asarray(squares / (self.n * (self.n - 1)))


@dataclass(frozen=True)
class Total:
    tally: Tally
    products: Whole
    """Items x items: the sum over everybody in a block of the products of their filled answers."""


def count(people: Counted, scales: Scales, obstacle_count: int, in_block: NDArray[np.bool_]) -> Total:
    """One pass over everybody. Every person must have answered at least one item.

    `in_block`: of each group whether it is part of a block.
    """
    group_count = len(in_block)
    items = scales.item_count
    places = np.arange(items)
    shapes = ((group_count, items, len(POINTS)), (group_count, items), (group_count, items))
    given, missing, unknown = (np.zeros(shape, dtype=np.int64) for shape in shapes)
    ticked = np.zeros((group_count, obstacle_count), dtype=np.int64)
    products = np.zeros((items, items), dtype=np.int64)
    for batch in people.batches():
        cells = batch.groups[:, None] * items + places
        full = filled(batch.answers, scales.disciplines)
        given += _counts((cells * len(POINTS) + (full - 1)).ravel(), given.shape)
        missing += _counts(cells[~answered(batch.answers)], missing.shape)
        unknown += _counts(cells[batch.answers == DONT_KNOW], unknown.shape)
        counting = full[in_block[batch.groups]].astype(np.float32)
        products += (counting.T @ counting).astype(np.int64)
        for bit in range(obstacle_count):
            ticked[:, bit] += np.bincount(batch.groups[(batch.obstacles >> bit) & 1 == 1], minlength=group_count)
    sizes = np.bincount(people.groups, minlength=group_count)
    return Total(Tally(sizes, given, sizes[:, None] - missing, unknown, ticked), products)


def _counts(cells: Whole, shape: tuple[int, ...]) -> Whole:
    """How often each cell occurs, in an array of that shape."""
    return np.bincount(cells, minlength=int(np.prod(shape))).reshape(shape)
