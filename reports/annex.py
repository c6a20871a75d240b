"""The technical annex for the consultant: how well the questions measure, for the organisation as a whole.

measurement.md 2 to 4: from 100 people, "indicative" from 50, none below. Figures have two decimals; shares are in tens.
Nothing here is of a unit: agreement and differences between units are given from five groups on only.
"""

from collections.abc import Sequence
from math import isnan
from statistics import mean
from typing import Any

import numpy as np
from numpy.typing import NDArray

from measurement.agreement import agreement_word
from measurement.presentation import ANNEX_FROM, ANNEX_FULL_FROM
from measurement.scoring import filled
from measurement.spread import score_weights
from measurement.statistics import (
    DRAWS,
    MIN_BLOCKS,
    NULL_SLIGHT_SKEW,
    NULL_UNIFORM,
    Floats,
    alpha_of_covariances,
    covariances_of_draws,
    feldt_interval,
    icc_of_squares,
    item_totals_of_covariances,
    omega_interval,
    omegas_of_draws,
    one_factor,
    rwg_j_of_variances,
)
from measurement.tally import Counted, SetTally
from reports.figures import Figures
from reports.inputs import content_keys

WEAK_ITEM = 0.30
SEED = 1
"""The same answers give the same interval, whoever computes it."""

Content = dict[str, Any]


def annex_of(figures: Figures, *, has_omega_intervals: bool = True) -> Content | None:
    n = figures.spread.people
    if n < ANNEX_FROM:
        return None
    content = _Annex(figures, DRAWS if has_omega_intervals else 0).content()
    return content | {"n": n, "is_indicative": n < ANNEX_FULL_FROM}


class _Annex:
    def __init__(self, figures: Figures, draws: int) -> None:
        self._figures = figures
        self._draws = draws
        self._scales = figures.data.scales
        self._dimensions = {**self._scales.disciplines, **self._scales.areas}

    def content(self) -> Content:
        draws = self._covariances()
        everybody = self._figures.tally_of(self._figures.partition.blocks)
        has_groups = len(self._figures.partition.blocks) >= MIN_BLOCKS
        return {
            "scales": {code: self._scale(positions, draws) for code, positions in self._dimensions.items()},
            "items": self._items(everybody),
            "differences": self._differences() if has_groups else None,
            "agreement": self._agreement(),
            "dont_know": self._figures.people(self._figures.data.item_ids, everybody.dont_know, everybody.n),
        }

    def _covariances(self) -> Floats:
        """Draws x items x items. Who gave which answers to which unit plays no part in which people are drawn."""
        if not self._draws:
            item_count = self._scales.item_count
            return np.zeros((0, item_count, item_count))
        answers = _answers_in_blocks(self._figures)
        return covariances_of_draws(answers[np.lexsort(content_keys(answers))], SEED, 0, self._draws)

    def _scale(self, positions: Sequence[int], draws: Floats) -> Content:
        n, s = self._figures.spread.people, self._figures.spread.covariances(positions)
        alpha = alpha_of_covariances(s)
        factor = one_factor(s)
        of_omega = None
        if factor is not None:
            here = draws[:, list(positions)][:, :, list(positions)]
            of_omega = omega_interval(factor.omega, omegas_of_draws(here, factor), n)
        return {
            "items": len(positions),
            "alpha": None if isnan(alpha) else _decimals(alpha),
            "alpha_interval": _interval(feldt_interval(alpha, n, len(positions))),
            "omega": None if factor is None else _decimals(factor.omega),
            "omega_interval": _interval(of_omega),
        }

    def _items(self, everybody: SetTally) -> dict[str, Content]:
        """Each item against the others of its discipline."""
        found: dict[str, Content] = {}
        for positions in self._scales.disciplines.values():
            totals = item_totals_of_covariances(self._figures.spread.covariances(positions))
            for position, total in zip(positions, totals, strict=True):
                found[self._figures.data.item_ids[position]] = {
                    "total": None if total is None else _decimals(total),
                    "is_weak": total is not None and total < WEAK_ITEM,
                }
        return {item: found[item] for item in self._figures.data.item_ids}

    def _differences(self) -> dict[str, Content]:
        """How far departments differ at all (ICC): over the blocks, of which some are mixtures."""
        found, blocks, spread = {}, self._figures.blocks, self._figures.spread
        for code, positions in self._dimensions.items():
            means, sizes = blocks.means(positions), blocks.sizes
            between = float((sizes * (means - np.average(means, weights=sizes)) ** 2).sum())
            result = icc_of_squares(between, spread.within_squares(score_weights(positions, len(spread.within))), sizes)
            if result is not None:
                found[code] = {
                    "icc1": _decimals(result.icc1),
                    "icc1_interval": _interval(result.icc1_interval),
                    "icc2": _decimals(result.icc2),
                }
        return found

    def _agreement(self) -> dict[str, Content] | None:
        """Over the groups that are large enough for agreement in words: how many of each kind, and the mean r_wg(j)."""
        groups = [self._figures.tally_of([block]) for block in self._figures.finer["words"].blocks]
        if len(groups) < MIN_BLOCKS:
            return None
        found = {}
        for code, positions in self._scales.disciplines.items():
            words = [agreement_word(group, positions) for group in groups]
            variances = [group.variances()[list(positions)] for group in groups]
            found[code] = {
                "groups": {word: words.count(word) for word in ("one_mind", "varied", "divided")},
                "rwg_uniform": _decimals(mean(rwg_j_of_variances(one, NULL_UNIFORM) for one in variances)),
                "rwg_slight_skew": _decimals(mean(rwg_j_of_variances(one, NULL_SLIGHT_SKEW) for one in variances)),
            }
        return found


def _answers_in_blocks(figures: Figures) -> NDArray[np.uint8]:
    """The filled answers of everybody inside a block."""
    people, inside = figures.data.people, figures.block_numbers >= 0
    chosen = Counted(people.groups[inside], people.answers[inside], people.obstacles[inside])
    return np.concatenate([filled(batch.answers, figures.data.scales.disciplines) for batch in chosen.batches()])


def _decimals(value: float) -> float:
    return round(value, 2)


def _interval(ends: tuple[float, float] | None) -> list[float] | None:
    return None if ends is None else [_decimals(end) for end in ends]
