"""From sealed answers to the figures of every unit, as they will be frozen. Pure computation, no database."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from measurement import scoring
from measurement.disclosure import Block, Group, Node, Partition, decide
from measurement.presentation import band, bounded, clamped, extremes, response_tenths, response_word
from measurement.scoring import MIN_SHARE_ANSWERED, Scales, score, whole
from measurement.statistics import Precision, interval, precision


@dataclass(frozen=True)
class Headcount:
    """People invited, and questionnaires received, in a unit and all below it. `invited` None: not known."""

    invited: int | None
    received: int

    @property
    def tenths(self) -> int | None:
        return None if self.invited is None else response_tenths(self.received, self.invited)


@dataclass(frozen=True)
class Input:
    """Everything that the figures are made from. `groups`: for each person the index into `group_list`."""

    nodes: Sequence[Node]
    group_list: Sequence[Group]
    groups: NDArray[np.int64]
    answers: scoring.Answers
    headcounts: Mapping[str, Headcount]
    item_ids: Sequence[str]
    scales: Scales
    k: int


@dataclass(frozen=True)
class Sums:
    """Of a set of people: how many, the sum of the filled answers per item, and how many really answered each."""

    n: int
    filled: scoring.Whole
    answered: scoring.Whole


class Figures:
    """The figures of one round. Every set that anything is computed over comes from a Partition."""

    def __init__(self, data: Input) -> None:
        self._data = data
        self.decision = decide(data.nodes, data.k)
        self.partition, self.finer = self.decision.partition, self.decision.finer
        self._block_of_group = {
            group: index for index, block in enumerate(self.partition.blocks) for group in block.groups
        }

    @cached_property
    def _blocks(self) -> NDArray[np.int64]:
        """For each person the block, or -1: counted nowhere."""
        by_group = [self._block_of_group.get(group, -1) for group in self._data.group_list]
        return np.asarray(by_group, dtype=np.int64)[self._data.groups]

    @cached_property
    def _filled(self) -> scoring.Answers:
        return scoring.filled(self._data.answers, self._data.scales.disciplines)

    @cached_property
    def _sums_of_groups(self) -> dict[Group, Sums]:
        real = scoring.answered(self._data.answers)
        sums = {}
        for index, group in enumerate(self._data.group_list):
            here = self._data.groups == index
            sums[group] = Sums(
                int(here.sum()),
                self._filled[here].sum(axis=0, dtype=np.int64),
                real[here].sum(axis=0, dtype=np.int64),
            )
        return sums

    @cached_property
    def precisions(self) -> dict[str, Precision]:
        """For each score what its margins rest on; over people inside blocks only (R11)."""
        inside = self._blocks >= 0
        blocks, answers = self._blocks[inside], self._filled[inside]
        count = len(self.partition.blocks)
        return {
            code: precision(scoring.person_scores(answers, positions), answers[:, list(positions)], blocks, count)
            for code, positions in self._data.scales.all().items()
        }

    def _sums(self, blocks: Iterable[Block]) -> Sums:
        groups = [self._sums_of_groups[group] for block in blocks for group in block.groups]
        return Sums(
            sum(group.n for group in groups),
            np.sum([group.filled for group in groups], axis=0),
            np.sum([group.answered for group in groups], axis=0),
        )

    def unit(self, unit_id: str) -> dict[str, Any] | None:
        """What a release holds of this unit; None when it is hidden."""
        if not self.partition.is_shown(unit_id):
            return None
        sums = self._sums(_blocks_of(self.partition, unit_id))
        headcount = self._data.headcounts[unit_id]
        share = (headcount.tenths or 0) / 10
        return {
            "n": sums.n,
            # Never fewer than answered; and never what was received, which would count those of hidden units below.
            "invited": None if headcount.invited is None else max(headcount.invited, sums.n),
            "response": response_word(headcount.tenths),
            "scores": {
                code: self._score(code, positions, sums, share) for code, positions in self._data.scales.all().items()
            },
            "named": self._named(sums),
            "bands": self._level("bands", unit_id, band),
            "items": self._level("items", unit_id, lambda value: whole(clamped(value))),
        }

    def _score(self, code: str, positions: Sequence[int], sums: Sums, share: float) -> dict[str, Any]:
        exact = score(int(sums.filled[list(positions)].sum()), sums.n * len(positions))
        value, kind = bounded(whole(exact))
        # Everything made from a bounded figure is made from the bound (R17).
        low, high = interval(value, self.precisions[code].margin(sums.n, share))
        return {"value": value, "kind": kind, "low": low, "high": high}

    def _named(self, sums: Sums) -> dict[str, list[str]]:
        highest, lowest = extremes({item: clamped(value) for item, value in self._item_scores(sums).items()})
        return {"highest": highest, "lowest": lowest}

    def _level(self, level: str, unit_id: str, write: Any) -> dict[str, Any] | None:
        """The finer part of a unit with its own n, when its set may be shown at that level."""
        if level not in self.decision.detail(unit_id).levels:
            return None
        sums = self._sums(_blocks_of(self.finer[level], unit_id))
        return {"n": sums.n, "values": {item: write(value) for item, value in self._item_scores(sums).items()}}

    def _item_scores(self, sums: Sums) -> dict[str, Fraction]:
        """Exact scores of the items that at least 75% of the set really answered."""
        return {
            item_id: score(int(sums.filled[position]), sums.n)
            for position, item_id in enumerate(self._data.item_ids)
            if int(sums.answered[position]) >= MIN_SHARE_ANSWERED * sums.n
        }

    @property
    def k(self) -> int:
        return self._data.k

    @property
    def is_assumed(self) -> bool:
        """Whether the margins rest on assumed figures, because there are too few blocks or answers."""
        return self.precisions["total"].is_assumed

    @property
    def knows_headcounts(self) -> bool:
        return all(headcount.invited is not None for headcount in self._data.headcounts.values())


def _blocks_of(partition_: Partition, unit_id: str) -> list[Block]:
    return [partition_.blocks[index] for index in partition_.sets[unit_id]]
