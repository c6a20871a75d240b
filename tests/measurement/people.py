"""Answers of people for the tests of scoring, and the same rules once more in plain Python."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from measurement.scoring import Answers, Scales

# Eight items for each discipline, as in the blueprint, but woven through each other.
DISCIPLINES = {code: tuple(range(start, 40, 5)) for start, code in enumerate(("SV", "MM", "PM", "TL", "ST"))}
SCALES = Scales(
    disciplines=DISCIPLINES,
    areas={"T": (0, 1, 2, 3, 4, 5, 6), "F": (34, 35, 36, 37, 38, 39)},
    steps={"1": (0, 2, 12, 21, 32, 36), "3": (9, 16, 17, 18, 22, 23, 31)},
    item_count=40,
)


def answers_of(*rows: Sequence[int]) -> Answers:
    return np.array(rows, dtype=np.uint8)


def half_up(value: Fraction) -> int:
    """The nearest whole number; exactly between two, the higher one."""
    below = value.numerator // value.denominator
    return below if value - below < Fraction(1, 2) else below + 1


def plainly_filled(row: Sequence[int], disciplines: Mapping[str, Sequence[int]] = DISCIPLINES) -> list[int]:
    """One person's 40 answers with the missing ones filled in, step by step as measurement.md 1 says."""
    real = [answer for answer in row if 1 <= answer <= 5]
    result = list(row)
    for positions in disciplines.values():
        here = [row[position] for position in positions if 1 <= row[position] <= 5]
        basis = here if len(here) >= 4 else real
        fill = half_up(Fraction(sum(basis), len(basis)))
        for position in positions:
            if not 1 <= row[position] <= 5:
                result[position] = fill
    return result


def person_scores(filled_answers: Answers, positions: Sequence[int]) -> NDArray[np.float64]:
    """Each person's score 0..100 on the items at these positions."""
    return np.asarray((filled_answers[:, list(positions)].mean(axis=1) - 1) * 25)


def plain_score(rows: Sequence[Sequence[int]], positions: Sequence[int]) -> Fraction:
    """The mean over persons of their mean over the items, each item 0..100."""
    means = [
        sum((Fraction(row[position] - 1, 4) * 100 for position in positions), Fraction(0)) / len(positions)
        for row in rows
    ]
    return sum(means, Fraction(0)) / len(means)


one_answer = st.sampled_from((1, 2, 3, 4, 5, 1, 2, 3, 4, 5, 0, 9))
rows_of_answers = st.lists(
    st.lists(one_answer, min_size=40, max_size=40).filter(lambda row: any(1 <= answer <= 5 for answer in row)),
    min_size=1,
    max_size=6,
)
