"""What a release says of differences: with a unit's own other themes, and with the rest of the organisation.

Everything here is made from printed figures, so that it tells nothing that they do not (R17).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from statistics import mean
from typing import Any

import numpy as np

from measurement.comparison import (
    BlockMeans,
    Gap,
    against_own,
    demonstrable,
    places,
)
from measurement.disclosure import Partition
from measurement.presentation import HIGHEST, LOWEST, bounded
from measurement.scoring import Scales, Whole, score, whole
from measurement.spread import BlockSums, Spread, own_weights, score_weights
from measurement.statistics import quantile, standard_error_difference
from reports.published import Rest

Content = Mapping[str, Any]


@dataclass(frozen=True)
class Compared:
    own: Mapping[str, str | None]
    """Disciplines, areas and steps: clearly higher or lower than the unit's other themes, or than its total."""
    rest: Mapping[str, Rest] | None
    """Disciplines and areas; None where there is no rest."""

    @property
    def content(self) -> dict[str, Any]:
        return asdict(self)


class Comparison:
    """Of all shown units of a round together: what is demonstrable depends on how much is looked at."""

    def __init__(self, scales: Scales, spread: Spread, partition: Partition, blocks: BlockSums) -> None:
        self._scales, self._spread, self._partition, self._blocks = scales, spread, partition, blocks
        self._dimensions = {**scales.disciplines, **scales.areas}
        self._sds = {code: spread.sd(score_weights(at, scales.item_count)) for code, at in self._dimensions.items()}
        self._own_sds = {code: spread.sd(weights) for code, weights in own_weights(scales).items()}

    def of(self, shown: Mapping[str, Content]) -> dict[str, Compared]:
        rests = self._rests(shown)
        return {unit_id: Compared(self._own(content), rests.get(unit_id)) for unit_id, content in shown.items()}

    # --- A unit beside itself

    def _own(self, content: Content) -> dict[str, str | None]:
        values = {code: int(figure["value"]) for code, figure in content["scores"].items()}
        n = int(content["n"])
        verdicts: dict[str, str | None] = {}
        for kind in (self._scales.disciplines, self._scales.areas):
            verdicts |= self._beside(values, {code: _mean_of_others(values, kind, code) for code in kind}, n)
        return verdicts | self._beside(values, dict.fromkeys(self._scales.steps, float(values["total"])), n)

    def _beside(self, values: Mapping[str, int], references: Mapping[str, float], n: int) -> dict[str, str | None]:
        errors = {code: standard_error_difference(self._own_sds[code], n) for code in references}
        return against_own({code: values[code] for code in references}, references, errors, self._spread.freedom)

    # --- A unit beside the rest of the organisation (R12)

    def _rests(self, shown: Mapping[str, Content]) -> dict[str, dict[str, Rest]]:
        everybody = range(len(self._blocks.sizes))
        others = {unit_id: sorted(set(everybody) - set(self._partition.sets[unit_id])) for unit_id in shown}
        compared = {unit_id: self._gaps(shown[unit_id], rest) for unit_id, rest in others.items() if rest}
        every = [gap for gaps in compared.values() for gap in gaps.values()]
        verdicts = iter(demonstrable(every, self._spread.freedom))
        dots = {code: self._dots(code, {unit_id: shown[unit_id] for unit_id in compared}) for code in self._dimensions}
        limit = quantile(self._spread.freedom)
        return {
            unit_id: {
                code: Rest(gap.points, round(limit * gap.error), next(verdicts), dots[code][unit_id])
                for code, gap in gaps.items()
            }
            for unit_id, gaps in compared.items()
        }

    def _gaps(self, content: Content, rest: list[int]) -> dict[str, Gap]:
        sums, n = self._blocks.sums[rest].sum(axis=0), int(self._blocks.sizes[rest].sum())
        return {
            code: Gap(
                content["scores"][code]["value"] - _printed(sums, n, positions),
                standard_error_difference(self._sds[code], content["n"], n),
            )
            for code, positions in self._dimensions.items()
        }

    def _dots(self, code: str, units: Mapping[str, Content]) -> dict[str, int]:
        figures = [content["scores"][code]["value"] for content in units.values()]
        sizes = [content["n"] for content in units.values()]
        means = np.clip(self._blocks.means(self._dimensions[code]), LOWEST, HIGHEST)
        blocks = BlockMeans(means, self._blocks.sizes)
        return dict(zip(units, places(figures, sizes, blocks, self._sds[code]), strict=True))


def _mean_of_others(values: Mapping[str, int], kind: Iterable[str], code: str) -> float:
    return mean(values[other] for other in kind if other != code)


def _printed(sums: Whole, n: int, positions: Sequence[int]) -> int:
    """The score as it would be printed: whole, and not beyond the bounds."""
    return bounded(whole(score(int(sums[list(positions)].sum()), n * len(positions))))[0]
