"""What may be shown (measurement.md 8): answers move up until they are enough together.

Only counts decide, so that a refusal says nothing about answers. Every shown set is a union of disjoint blocks
of at least k people; nothing is ever computed over any other set.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

MINIMUM_K = 5
MAXIMUM_K = 20
OPEN_LINK_MINIMUM = 10
"""A unit with an open link is shown from this many people (R18)."""
LEVELS = {"bands": 8, "words": 10, "items": 20}
"""People needed for a finer level, when k is not higher (R5): items in bands, agreement in words, numbers of items."""
FINER_SHARE = Fraction(2, 3)
"""The finer part is printed when its set holds at least this share of the unit's own set."""
RULES_VERSION = "1"


@dataclass(frozen=True)
class Node:
    """A unit with the number of counted responses that belong to it directly."""

    id: str
    parent: str | None
    people: int
    leaders: int = 0
    """Counted responses of the leaf "leaders" of this unit (R3)."""
    has_open_link: bool = False
    is_overfull: bool = False
    """More responses came through the open link than there are people (R18)."""


@dataclass(frozen=True)
class Group:
    """People who can only be counted together: the direct answers of one unit, or of its leaf "leaders"."""

    node: str
    is_leaders: bool


@dataclass(frozen=True)
class Block:
    """The smallest set that anything is computed over: formed at a unit, of groups that moved up to there."""

    formed_at: str
    groups: tuple[Group, ...]
    size: int


@dataclass(frozen=True)
class Partition:
    """The blocks of a round, and for every unit the blocks that its figures hold (empty: hidden)."""

    blocks: tuple[Block, ...]
    sets: Mapping[str, tuple[int, ...]]
    """Unit id -> indices into `blocks`."""

    @cached_property
    def number_of(self) -> dict[Group, int]:
        """Group -> the index of its block; who counts nowhere is not in it."""
        return {group: index for index, block in enumerate(self.blocks) for group in block.groups}

    def size(self, unit: str) -> int:
        return sum(self.blocks[index].size for index in self.sets[unit])

    def is_shown(self, unit: str) -> bool:
        return bool(self.sets[unit])


@dataclass(frozen=True)
class Detail:
    """What the report of one unit may hold, if every question is answered often enough."""

    n: int
    levels: frozenset[str]
    """The finer levels of LEVELS that may be printed too."""

    @property
    def is_shown(self) -> bool:
        return self.n > 0


@dataclass(frozen=True)
class Decision:
    """Everything that the counts alone decide: the release freezes it, the forecast shows it beforehand."""

    partition: Partition
    finer: dict[str, Partition]

    def detail(self, unit: str) -> Detail:
        if not self.partition.is_shown(unit):
            return Detail(0, frozenset())
        levels = {level for level, part in self.finer.items() if may_show_finer(self.partition, part, unit)}
        return Detail(self.partition.size(unit), frozenset(levels))


def decide(nodes: Sequence[Node], k: int) -> Decision:
    """Blocks, sets and finer levels for threshold k. Raises ValueError on a k or a tree that cannot be."""
    coarse = partition(nodes, k)
    return Decision(coarse, {level: finer(coarse, nodes, threshold_of(level, k)) for level in LEVELS})


@dataclass(frozen=True)
class _Carry:
    """What moves up: groups of staff and of leaders, kept apart because leaders never make up the number."""

    staff: tuple[Group, ...] = ()
    staff_size: int = 0
    leaders: tuple[Group, ...] = ()
    leaders_size: int = 0

    def __add__(self, other: "_Carry") -> "_Carry":
        return _Carry(
            self.staff + other.staff,
            self.staff_size + other.staff_size,
            self.leaders + other.leaders,
            self.leaders_size + other.leaders_size,
        )


def partition(nodes: Sequence[Node], k: int) -> Partition:
    """The blocks and sets for threshold k (R1 to R3, R18). Raises ValueError on a k or a tree that cannot be."""
    if not MINIMUM_K <= k <= MAXIMUM_K:
        raise ValueError(f"k is {k}; it must be {MINIMUM_K} to {MAXIMUM_K}")
    order = bottom_up(nodes)
    blocks: list[Block] = []
    carries: dict[str, _Carry] = {}
    own: dict[str, list[int]] = {}
    children = _children(nodes)
    for node in order:
        carry = _direct(node)
        for child in children[node.id]:
            carry += carries[child]
        block, carries[node.id] = _settle(node, carry, k)
        own[node.id] = []
        if block:
            own[node.id].append(len(blocks))
            blocks.append(block)
    return Partition(tuple(blocks), _subtree_sets(order, children, own))


def finer(coarse: Partition, nodes: Sequence[Node], threshold: int) -> Partition:
    """The same walk over the blocks for a higher threshold: blocks are merged, never split.

    A unit's set here may be printed when `may_show_finer` says so.
    """
    order = bottom_up(nodes)
    children = _children(nodes)
    formed: dict[str, list[int]] = {node.id: [] for node in nodes}
    for index, block in enumerate(coarse.blocks):
        formed[block.formed_at].append(index)
    merged: list[Block] = []
    carries: dict[str, list[int]] = {}
    own: dict[str, list[int]] = {}
    for node in order:
        carry = [*formed[node.id], *(index for child in children[node.id] for index in carries[child])]
        own[node.id] = []
        size = sum(coarse.blocks[index].size for index in carry)
        if size >= threshold:
            groups = tuple(group for index in carry for group in coarse.blocks[index].groups)
            own[node.id].append(len(merged))
            merged.append(Block(node.id, groups, size))
            carry = []
        carries[node.id] = carry
    return Partition(tuple(merged), _subtree_sets(order, children, own))


def may_show_finer(coarse: Partition, finer_partition: Partition, unit: str) -> bool:
    """Whether the finer set of a unit holds at least two thirds of the people of its own set."""
    size = coarse.size(unit)
    return size > 0 and finer_partition.size(unit) >= FINER_SHARE * size


def in_blocks_of(coarse: Partition, other: Partition, unit: str) -> tuple[int, ...]:
    """The set of a unit at another level, as indices of the coarse blocks: so sets of two levels can be compared."""
    merged = (other.blocks[index] for index in other.sets[unit])
    return tuple(sorted({coarse.number_of[group] for block in merged for group in block.groups}))


def partition_of_blocks(blocks: Sequence[Block], nodes: Sequence[Node]) -> Partition:
    """The sets that follow from blocks that are known already (a release keeps where they formed)."""
    own: dict[str, list[int]] = {node.id: [] for node in nodes}
    for index, block in enumerate(blocks):
        own[block.formed_at].append(index)
    return Partition(tuple(blocks), _subtree_sets(bottom_up(nodes), _children(nodes), own))


def needed_at(node: Node, k: int) -> int:
    """People that a block needs to form at this unit (R1, R18)."""
    return max(k, OPEN_LINK_MINIMUM) if node.has_open_link else k


def threshold_of(level: str, k: int) -> int:
    """People needed for a finer level in a round with threshold k (R5)."""
    return max(k, LEVELS[level])


def _direct(node: Node) -> _Carry:
    staff = (Group(node.id, is_leaders=False),) if node.people else ()
    leaders = (Group(node.id, is_leaders=True),) if node.leaders else ()
    return _Carry(staff, node.people, leaders, node.leaders)


def _settle(node: Node, carry: _Carry, k: int) -> tuple[Block | None, _Carry]:
    """The block that forms at this unit, if any, and what goes on upwards (R2, R3, R18)."""
    needed = needed_at(node, k)
    if node.has_open_link and node.is_overfull:
        return None, carry
    if carry.staff_size >= needed:
        size = carry.staff_size + carry.leaders_size
        return Block(node.id, carry.staff + carry.leaders, size), _Carry()
    if carry.leaders_size >= needed:
        block = Block(node.id, carry.leaders, carry.leaders_size)
        return block, _Carry(staff=carry.staff, staff_size=carry.staff_size)
    return None, carry


def _children(nodes: Sequence[Node]) -> dict[str, list[str]]:
    children: dict[str, list[str]] = {node.id: [] for node in nodes}
    for node in nodes:
        if node.parent is not None:
            children[node.parent].append(node.id)
    return children


def bottom_up(nodes: Sequence[Node]) -> list[Node]:
    """The nodes, every child before its parent. Raises ValueError when they are not one tree."""
    by_id = {node.id: node for node in nodes}
    roots = [node.id for node in nodes if node.parent is None]
    if len(roots) != 1 or len(by_id) != len(nodes):
        raise ValueError(f"a tree has one root and different ids; found {len(roots)} roots")
    if unknown := {node.parent for node in nodes if node.parent is not None} - by_id.keys():
        raise ValueError(f"unknown parents: {sorted(map(str, unknown))}")
    children = _children(nodes)
    order = list(roots)
    for node_id in order:  # grows while we go: breadth first
        order.extend(children[node_id])
    if len(order) != len(nodes):
        raise ValueError("the parents run in a circle")
    return [by_id[node_id] for node_id in reversed(order)]


def _subtree_sets(
    order: Sequence[Node], children: Mapping[str, Sequence[str]], own: Mapping[str, Sequence[int]]
) -> dict[str, tuple[int, ...]]:
    """T(v): the blocks formed in the subtree of each unit."""
    sets: dict[str, tuple[int, ...]] = {}
    for node in order:
        below = (index for child in children[node.id] for index in sets[child])
        sets[node.id] = tuple(sorted([*own[node.id], *below]))
    return sets
