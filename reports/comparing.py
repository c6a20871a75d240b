"""What a release says of differences: with a unit's own other themes, and with the rest of the organisation.

Everything here is made from printed figures, so that it tells nothing that they do not (R17).
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from measurement.comparison import BlockMeans, Printed, beside, beside_own, demonstrable, gaps_of, places, printed
from measurement.disclosure import Partition
from measurement.presentation import HIGHEST, LOWEST
from measurement.scoring import Scales
from measurement.spread import BlockSums, Spread, own_weights, score_weights
from measurement.statistics import quantile
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
        units = {unit_id: _printed(content) for unit_id, content in shown.items()}
        rests = self._rests(units)
        return {unit_id: Compared(self._own(unit), rests.get(unit_id)) for unit_id, unit in units.items()}

    # --- A unit beside itself

    def _own(self, unit: Printed) -> dict[str, str | None]:
        kinds, freedom = (self._scales.disciplines, self._scales.areas), self._spread.freedom
        of_steps = dict.fromkeys(self._scales.steps, float(unit.values["total"]))
        return beside_own(unit, kinds, self._own_sds, freedom) | beside(unit, of_steps, self._own_sds, freedom)

    # --- A unit beside the rest of the organisation (R12)

    def _rests(self, shown: Mapping[str, Printed]) -> dict[str, dict[str, Rest]]:
        everybody = range(len(self._blocks.sizes))
        others = {unit_id: sorted(set(everybody) - set(self._partition.sets[unit_id])) for unit_id in shown}
        compared = {
            unit_id: gaps_of(shown[unit_id], self._rest(rest), self._sds) for unit_id, rest in others.items() if rest
        }
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

    def _rest(self, blocks: list[int]) -> Printed:
        """These blocks together, as they would be printed."""
        sums, n = self._blocks.sums[blocks].sum(axis=0), int(self._blocks.sizes[blocks].sum())
        of_each = np.array([sums[list(positions)].sum() for positions in self._dimensions.values()])
        counts = np.array([n * len(positions) for positions in self._dimensions.values()])
        return Printed(n, dict(zip(self._dimensions, map(int, printed(of_each, counts)), strict=True)))

    def _dots(self, code: str, units: Mapping[str, Printed]) -> dict[str, int]:
        figures = [unit.values[code] for unit in units.values()]
        sizes = [unit.n for unit in units.values()]
        means = np.clip(self._blocks.means(self._dimensions[code]), LOWEST, HIGHEST)
        blocks = BlockMeans(means, self._blocks.sizes)
        return dict(zip(units, places(figures, sizes, blocks, self._sds[code]), strict=True))


def _printed(content: Content) -> Printed:
    return Printed(int(content["n"]), {code: int(figure["value"]) for code, figure in content["scores"].items()})
