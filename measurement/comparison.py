"""What may be called a difference (measurement.md 5 and 6). Only conclusions leave: no t, p or variance (R17)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import mean

import numpy as np
from numpy.typing import NDArray

from measurement.presentation import HIGHEST, LOWEST
from measurement.scoring import Whole, whole
from measurement.statistics import (
    Floats,
    benjamini_hochberg,
    bonferroni,
    empirical_bayes,
    p_of_differences,
    standard_error_difference,
)

LEVEL = 0.05
MIN_BLOCKS_TO_SHRINK = 10
DECIMALS = 9
"""What lies beyond them is the rounding of the computer, which must not decide about a half."""
HIGHER, LOWER = "higher", "lower"


@dataclass(frozen=True)
class Gap:
    """Between two groups of people that have nobody in common."""

    points: int
    """Between the printed figures, so that a bound stays a bound (R17)."""
    error: float
    """Its standard error."""


@dataclass(frozen=True)
class Printed:
    """What is printed of one set of people. Everything below is made from that, so it tells nothing more (R17)."""

    n: int
    values: Mapping[str, int]
    """Scores by code: whole points, and not beyond the bounds."""


def printed(sums: Whole, counts: Whole) -> Whole:
    """Scores as they are printed, from sums of so many answers 1 to 5. As `score`, `whole` and `bounded` do for one."""
    return np.asarray(np.clip((50 * (sums - counts) + counts) // (2 * counts), LOWEST, HIGHEST))


def gaps_of(unit: Printed, rest: Printed, sds: Mapping[str, float]) -> dict[str, Gap]:
    """How far a unit lies from the rest of the organisation, for each score that `sds` names."""
    return {
        code: Gap(unit.values[code] - rest.values[code], standard_error_difference(sd, unit.n, rest.n))
        for code, sd in sds.items()
    }


def beside_own(
    unit: Printed, kinds: Iterable[Iterable[str]], sds: Mapping[str, float], freedom: int | None
) -> dict[str, str | None]:
    """Each score of a unit beside the mean of its others of that kind. `sds`: of that difference."""
    verdicts: dict[str, str | None] = {}
    for kind in kinds:
        codes = list(kind)
        others = {code: mean(unit.values[other] for other in codes if other != code) for code in codes}
        verdicts |= beside(unit, others, sds, freedom)
    return verdicts


def beside(
    unit: Printed, references: Mapping[str, float], sds: Mapping[str, float], freedom: int | None
) -> dict[str, str | None]:
    errors = {code: standard_error_difference(sds[code], unit.n) for code in references}
    return against_own({code: unit.values[code] for code in references}, references, errors, freedom)


def demonstrable(gaps: Sequence[Gap], freedom: int | None) -> list[str | None]:
    """HIGHER or LOWER for what survives Benjamini-Hochberg at q = .05 over all of them together, else None.

    `freedom`: degrees of freedom of the pooled spread; None where that is assumed.
    """
    points, errors = np.array([gap.points for gap in gaps], float), np.array([gap.error for gap in gaps], float)
    return _verdicts(points, benjamini_hochberg(p_of_differences(points, errors, freedom)))


def against_own(
    figures: Mapping[str, int], references: Mapping[str, float], errors: Mapping[str, float], freedom: int | None
) -> dict[str, str | None]:
    """Which of a unit's figures are clearly higher or lower than its own reference, Bonferroni over all of them."""
    differences = np.array([value - references[code] for code, value in figures.items()], float)
    p = p_of_differences(differences, np.array([errors[code] for code in figures], float), freedom)
    return dict(zip(figures, _verdicts(differences, bonferroni(p)), strict=True))


def _verdicts(differences: Floats, adjusted: Floats) -> list[str | None]:
    pairs = zip(differences, adjusted, strict=True)
    return [(HIGHER if difference > 0 else LOWER) if p <= LEVEL else None for difference, p in pairs]


def places(figures: Sequence[int], sizes: Sequence[int], blocks: "BlockMeans", sd: float) -> list[int]:
    """Where the dots stand: at the empirical-Bayes mean of each figure in whole points, or, with fewer than 10 blocks,
    at the figure itself.
    """
    if len(blocks.means) < MIN_BLOCKS_TO_SHRINK:
        return list(figures)
    fit = empirical_bayes(blocks.means, blocks.sizes, sd**2)
    share = fit.between_variance / (fit.between_variance + sd**2 / np.asarray(sizes))
    return [whole(Fraction(round(float(value), DECIMALS))) for value in fit.mu + share * (np.asarray(figures) - fit.mu)]


@dataclass(frozen=True)
class BlockMeans:
    means: Floats
    """The mean of each block in points, not beyond the bounds (R17)."""
    sizes: NDArray[np.int64]
