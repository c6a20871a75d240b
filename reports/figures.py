"""From sealed answers to the figures of every unit, as they will be frozen. Pure computation, no database."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from measurement.agreement import agreement_word
from measurement.disclosure import Block, Partition, decide
from measurement.presentation import (
    band,
    bounded,
    clamped,
    extremes,
    people_in_tens,
    response_word,
    share_in_tens,
)
from measurement.scoring import MIN_SHARE_ANSWERED, Whole, score, whole
from measurement.spread import BlockSums, Spread, spread_of
from measurement.statistics import Precision, interval
from measurement.tally import SetTally, Total, count
from reports.comparing import Comparison
from reports.inputs import Input
from reports.withholding import Withholding

Content = dict[str, Any]


class Figures:
    """The figures of one round. Every set that anything is computed over comes from a Partition."""

    def __init__(self, data: Input) -> None:
        self.data = data
        self.decision = decide(data.nodes, data.k)
        self.partition, self.finer = self.decision.partition, self.decision.finer
        self._group_numbers = {group: number for number, group in enumerate(data.group_list)}

    @cached_property
    def _total(self) -> Total:
        return count(self.data.people, self.data.scales, len(self.data.obstacle_codes), self._in_block)

    @cached_property
    def blocks(self) -> BlockSums:
        sets = [self.tally_of([block]) for block in self.partition.blocks]
        return BlockSums(
            np.array([one.sums for one in sets], dtype=np.int64).reshape(len(sets), self.data.scales.item_count),
            np.array([one.n for one in sets], dtype=np.int64),
        )

    @cached_property
    def spread(self) -> Spread:
        """Over the people inside blocks only (R11)."""
        return spread_of(self._total.products, self.blocks)

    @cached_property
    def block_numbers(self) -> NDArray[np.int64]:
        """Of each person the block, -1: counts nowhere."""
        by_group = [self.partition.number_of.get(group, -1) for group in self.data.group_list]
        return np.asarray(by_group, dtype=np.int64)[self.data.people.groups]

    @property
    def _in_block(self) -> NDArray[np.bool_]:
        return np.array([group in self.partition.number_of for group in self.data.group_list], dtype=np.bool_)

    @cached_property
    def precisions(self) -> dict[str, Precision]:
        """For each score what its margins rest on."""
        return {code: self.spread.precision(positions) for code, positions in self.data.scales.all().items()}

    def tally_of(self, blocks: Sequence[Block]) -> SetTally:
        return self._total.tally.of([self._group_numbers[group] for block in blocks for group in block.groups])

    @cached_property
    def contents(self) -> dict[str, Content | None]:
        """What a release holds of each unit; None where it is hidden."""
        shown = {node.id: self._own_content(node.id) for node in self.data.nodes if self.partition.is_shown(node.id)}
        parents = {node.id: node.parent for node in self.data.nodes}
        Withholding(self.partition, self.finer, parents).apply(shown)
        compared = Comparison(self.data.scales, self.spread, self.partition, self.blocks).of(shown)
        for unit_id, content in shown.items():
            content["compared"] = compared[unit_id].content
        return {node.id: shown.get(node.id) for node in self.data.nodes}

    def _own_content(self, unit_id: str) -> Content:
        tally = self._set(self.partition, unit_id)
        headcount = self.data.headcounts[unit_id]
        share = (headcount.tenths or 0) / 10
        scores = self.data.scales.all()
        return {
            "n": tally.n,
            # Never fewer than answered; and never what was received, which would count those of hidden units below.
            "invited": None if headcount.invited is None else max(headcount.invited, tally.n),
            "response": response_word(headcount.tenths),
            "scores": {code: self._score(code, positions, tally, share) for code, positions in scores.items()},
            "named": self._named(tally),
            "bands": self._level("bands", unit_id, self._bands),
            "words": self._level("words", unit_id, self._words),
            "items": self._level("items", unit_id, self._items),
        }

    def _set(self, partition: Partition, unit_id: str) -> SetTally:
        return self.tally_of([partition.blocks[index] for index in partition.sets[unit_id]])

    def _score(self, code: str, positions: Sequence[int], tally: SetTally, share: float) -> Content:
        exact = score(int(tally.sums[list(positions)].sum()), tally.n * len(positions))
        value, kind = bounded(whole(exact))
        # Everything made from a bounded figure is made from the bound (R17).
        low, high = interval(value, self.precisions[code].margin(tally.n, share))
        return {"value": value, "kind": kind, "low": low, "high": high}

    def _named(self, tally: SetTally) -> dict[str, list[str]]:
        highest, lowest = extremes({item: clamped(value) for item, value in self._item_scores(tally).items()})
        return {"highest": highest, "lowest": lowest}

    def _level(self, level: str, unit_id: str, write: Callable[[SetTally], Content]) -> Content | None:
        """The finer part of a unit with its own n, when its set may be shown at that level."""
        if level not in self.decision.detail(unit_id).levels:
            return None
        tally = self._set(self.finer[level], unit_id)
        return {"n": tally.n, **write(tally)}

    def _bands(self, tally: SetTally) -> Content:
        return {"values": {item: band(value) for item, value in self._item_scores(tally).items()}}

    def _words(self, tally: SetTally) -> Content:
        """Agreement, obstacles and "don't know", the last two in tenths (None: under 3 people)."""
        return {
            "agreement": {code: agreement_word(tally, at) for code, at in self.data.scales.disciplines.items()},
            "obstacles": self.people(self.data.obstacle_codes, tally.obstacles, tally.n),
            "dont_know": self.people(self.data.item_ids, tally.dont_know, tally.n),
        }

    def people(self, codes: Sequence[str], counts: Whole, n: int) -> dict[str, int | None]:
        """Of how many ticked or did not know each: the share in tenths; None: under 3 people (R10)."""
        return {code: people_in_tens(int(number), n) for code, number in zip(codes, counts, strict=True)}

    def _items(self, tally: SetTally) -> Content:
        """Whole points, and how the answers are divided, in tenths from "strongly disagree" on."""
        scores = self._item_scores(tally)
        rows = dict(zip(self.data.item_ids, tally.filled, strict=True))
        return {
            "values": {item: whole(clamped(value)) for item, value in scores.items()},
            "distribution": {item: [share_in_tens(int(given), tally.n) for given in rows[item]] for item in scores},
        }

    def _item_scores(self, tally: SetTally) -> dict[str, Fraction]:
        """Exact scores of the items that at least 75% of the set really answered."""
        sums = tally.sums
        return {
            item_id: score(int(sums[position]), tally.n)
            for position, item_id in enumerate(self.data.item_ids)
            if int(tally.answered[position]) >= MIN_SHARE_ANSWERED * tally.n
        }

    @property
    def precision_content(self) -> Content:
        """What later rounds are compared by: of the organisation as a whole, never of a unit (R17)."""
        return {
            "freedom": self.spread.freedom,
            "scores": {
                code: {"spread": round(one.sd, 1), "reliability": round(one.reliability, 2)}
                for code, one in self.precisions.items()
            },
        }

    @property
    def k(self) -> int:
        return self.data.k

    @property
    def is_assumed(self) -> bool:
        """Whether the margins rest on assumed figures, because there are too few blocks or answers."""
        return self.spread.is_assumed

    @property
    def knows_headcounts(self) -> bool:
        return all(headcount.invited is not None for headcount in self.data.headcounts.values())
