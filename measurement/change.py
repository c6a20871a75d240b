"""Change between two rounds (measurement.md 6): from printed figures to a conclusion, and no further (R17)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt

from measurement.comparison import Gap, demonstrable
from measurement.scoring import whole
from measurement.statistics import ASSUMED_SD, MINIMUM_SD, combined_variance, quantile, standard_error_difference


@dataclass(frozen=True)
class RoundSpread:
    """How much people differ within groups, as the release of one round keeps it."""

    freedom: int | None
    """None: assumed, for there were too few groups or answers."""
    sds: Mapping[str, float]
    """By score."""


@dataclass(frozen=True)
class Followed:
    """One score of one unit in both rounds: printed figures, and how many people each holds."""

    before: int
    after: int
    n_before: int
    n_after: int
    sd: float
    """Pooled over both rounds."""


@dataclass(frozen=True)
class Changed:
    difference: int
    """In points, after minus before."""
    margin: int
    """Half the width of the 95% interval of the difference."""
    verdict: str | None
    """higher or lower; None: no demonstrable change."""


def pooled(earlier: RoundSpread, later: RoundSpread, codes: Sequence[str]) -> RoundSpread:
    """s^2 = (df_1 s_1^2 + df_2 s_2^2) / (df_1 + df_2), with df_1 + df_2 degrees of freedom.

    A round of which the spread is assumed estimates nothing, so it weighs nothing; with two of those, the pooled one
    is the assumed one too.
    """
    rounds = [one for one in (earlier, later) if one.freedom is not None]
    freedoms = [one.freedom or 0 for one in rounds]
    if not sum(freedoms):
        return RoundSpread(None, dict.fromkeys(codes, ASSUMED_SD))
    variances = {code: combined_variance([one.sds[code] ** 2 for one in rounds], freedoms) for code in codes}
    sds = {code: max(MINIMUM_SD, sqrt(variance or 0.0)) for code, variance in variances.items()}
    return RoundSpread(sum(freedoms), sds)


def changes(followed: Sequence[Followed], freedom: int | None) -> list[Changed]:
    """One family: what is demonstrable depends on how much is looked at (Benjamini-Hochberg, q = .05).

    d = after - before, SE = s sqrt(1 / n_1 + 1 / n_2). Nobody says that the same people answered, so d is a difference
    of two groups, not of pairs. ValueError for a group of nobody.
    """
    gaps = [Gap(one.after - one.before, _error(one)) for one in followed]
    limit = quantile(freedom)
    return [
        Changed(gap.points, round(limit * gap.error), verdict)
        for gap, verdict in zip(gaps, demonstrable(gaps, freedom), strict=True)
    ]


def _error(one: Followed) -> float:
    return standard_error_difference(one.sd, one.n_after, one.n_before)


@dataclass(frozen=True)
class Part:
    """A printed figure of one of the units that were put together, and how many people it holds."""

    value: int
    low: int
    high: int
    n: int


def together(parts: Sequence[Part]) -> tuple[int, int, int]:
    """Value, low and high of disjoint groups as one: the mean of what is printed, each weighing its people.

    In whole points, half up. The margin m of the mean, of margins m_i: m = sqrt(sum (n_i m_i)^2) / sum n_i. One alone
    stays as it is printed. ValueError without parts.
    """
    if not parts:
        raise ValueError("Nothing has no mean")
    if len(parts) == 1:
        return parts[0].value, parts[0].low, parts[0].high
    people = sum(part.n for part in parts)
    value = whole(Fraction(sum(part.value * part.n for part in parts), people))
    # Clipped to 0..100 on one side, the margin is that of the other side.
    margins = [max(part.high - part.value, part.value - part.low) for part in parts]
    margin = sqrt(sum((part.n * one) ** 2 for part, one in zip(parts, margins, strict=True))) / people
    return value, max(0, round(value - margin)), min(100, round(value + margin))
