"""The check of a release that anybody can repeat, from its list of blocks and what was published (measurement.md 8).

Every shown set must be a union of blocks, and every block must hold enough people: then no figure, and nothing that
can be computed from several figures, is about fewer.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from measurement.disclosure import (
    LEVELS,
    Block,
    Group,
    Node,
    Partition,
    finer,
    in_blocks_of,
    may_show_finer,
    needed_at,
    partition_of_blocks,
    threshold_of,
)

SCORES = "scores"
"""The level of a unit's own figures; the finer ones are LEVELS."""
SMALL_BLOCK, NO_UNION, TOO_LITTLE_OF_IT, UNKNOWN_UNIT = "small_block", "no_union", "too_little_of_it", "unknown_unit"


@dataclass(frozen=True)
class Fault:
    kind: str
    unit: str
    level: str
    found: int
    """People in the block or the set as it was published."""
    right: int
    """At least so many in a block; exactly so many in a set."""


@dataclass(frozen=True)
class Checked:
    blocks: tuple[Block, ...]
    sets: Mapping[str, Mapping[str, tuple[int, ...]]]
    """Level -> unit -> the blocks that its figures hold, for every set that may be shown."""
    faults: tuple[Fault, ...]

    @property
    def smallest_block(self) -> int:
        return min((block.size for block in self.blocks), default=0)

    @property
    def set_count(self) -> int:
        """Different sets that may be shown, over all levels."""
        return sum(len(set(sets.values())) for sets in self.sets.values())


def check(
    blocks: Sequence[Block], nodes: Sequence[Node], published: Mapping[str, Mapping[str, int]], k: int
) -> Checked:
    """`published`: level -> unit -> the number of people that is printed with it. Of nodes only the tree and the open
    links are used.
    """
    known = {node.id for node in nodes}
    strange = [block for block in blocks if block.formed_at not in known]
    coarse = partition_of_blocks(_told_apart(block for block in blocks if block.formed_at in known), nodes)
    levels = {SCORES: coarse, **{level: finer(coarse, nodes, threshold_of(level, k)) for level in LEVELS}}
    faults = [Fault(UNKNOWN_UNIT, block.formed_at, SCORES, block.size, 0) for block in strange]
    faults += _small_blocks(coarse, nodes, k)
    for level, partition in levels.items():
        for unit, n in published.get(level, {}).items():
            faults += _faults_of_set(coarse, partition, unit, level, n)
    shown = {level: _shown(coarse, partition) for level, partition in levels.items()}
    return Checked(tuple(blocks), shown, tuple(faults))


def _told_apart(blocks: Iterable[Block]) -> list[Block]:
    """A release keeps of a block only where it formed and its size: here each stands for one group."""
    return [replace(block, groups=(Group(str(index), is_leaders=False),)) for index, block in enumerate(blocks)]


def _shown(coarse: Partition, partition: Partition) -> dict[str, tuple[int, ...]]:
    """As indices of the coarse blocks, so that sets of different levels can be laid side by side."""
    if partition is coarse:
        return {unit: indices for unit, indices in coarse.sets.items() if indices}
    shown = (unit for unit in partition.sets if may_show_finer(coarse, partition, unit))
    return {unit: in_blocks_of(coarse, partition, unit) for unit in shown}


def _small_blocks(coarse: Partition, nodes: Sequence[Node], k: int) -> list[Fault]:
    needed = {node.id: needed_at(node, k) for node in nodes}
    return [
        Fault(SMALL_BLOCK, block.formed_at, SCORES, block.size, needed[block.formed_at])
        for block in coarse.blocks
        if block.size < needed[block.formed_at]
    ]


def _faults_of_set(coarse: Partition, partition: Partition, unit: str, level: str, n: int) -> list[Fault]:
    if unit not in partition.sets:
        return [Fault(UNKNOWN_UNIT, unit, level, n, 0)]
    right = partition.size(unit)
    if n != right:
        return [Fault(NO_UNION, unit, level, n, right)]
    if partition is not coarse and not may_show_finer(coarse, partition, unit):
        return [Fault(TOO_LITTLE_OF_IT, unit, level, n, coarse.size(unit))]
    return []


def smallest_cell[Person: Hashable, Name: Hashable](
    earlier: Mapping[Person, Name], later: Mapping[Person, Name]
) -> int | None:
    """Of two releases of the same round: the fewest people who are together in both (R8). None: nobody is in either.

    The mappings give for each person the block. When no cell is smaller than k, every set of either release is a union
    of cells, and so is whatever can be computed from both.
    """
    everybody = earlier.keys() | later.keys()
    cells = Counter((earlier.get(person), later.get(person)) for person in everybody)
    return min(cells.values(), default=None)
