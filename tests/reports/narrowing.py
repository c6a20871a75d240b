"""How far a question's score can be narrowed down from printed figures: by linear programming over the block means."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog

from measurement.disclosure import Partition
from tests.reports.worlds import World

ROUNDING = 0.5
LOWEST, HIGHEST = 5, 95


@dataclass(frozen=True)
class Bounds:
    """Of a weighted sum of the unknown means."""

    weights: NDArray[np.float64]
    low: float
    high: float


def width_of_item(world: World, unit: str, item: str) -> float:
    """In points, between the lowest and the highest score that everything printed allows of a unit's question.

    Everything: of the unit, its parent, its parent's other children and its own. Unknown are the means of every item
    in every block.
    """
    return _width(world, _family(world, unit), _indices(world, world.figures.finer["bands"], unit), item)


def width_of_rest(world: World, unit: str, item: str) -> float | None:
    """The same of whoever is in a unit's figures and in those of none of its children; None: nobody, or 20 or more.

    By what is printed of the question itself: scale scores of groups of k may be known (measurement.md 8, Check), and
    where all eleven who are left over strongly agree with everything, those alone say so of every question.
    """
    partition = world.figures.partition
    children = [str(one.pk) for one in world.tree.departments if str(one.parent_id) == unit]
    below = {index for child in children for index in partition.sets[child]}
    rest = sorted(set(partition.sets[unit]) - below)
    if not rest or sum(partition.blocks[index].size for index in rest) >= 20:
        return None
    return _width(world, _family(world, unit), rest, item, has_scores=False)


def _width(world: World, family: list[str], own: list[int], item: str, *, has_scores: bool = True) -> float:
    blocks = sorted({index for one in family for index in world.figures.partition.sets[one]})
    known = [bounds for one in family for bounds in _bounds(world, one, blocks, has_scores=has_scores)]
    if not known:
        return 100.0  # nothing is printed of any question
    rows = [bounds.weights for bounds in known] + [-bounds.weights for bounds in known]
    limits = [bounds.high for bounds in known] + [-bounds.low for bounds in known]
    wanted = _mean(world, own, [world.figures.data.item_ids.index(item)], blocks)
    ends = [
        linprog(sign * wanted, A_ub=np.array(rows), b_ub=np.array(limits), bounds=(0, 100), method="highs")
        for sign in (1, -1)
    ]
    assert all(end.status == 0 for end in ends), "what is printed contradicts itself"
    lowest, minus_highest = (float(end.fun or 0) for end in ends)
    return -minus_highest - lowest


def _family(world: World, unit: str) -> list[str]:
    parents = {str(one.pk): str(one.parent_id) for one in world.tree.departments}
    near = {unit, parents[unit]}
    return [one for one in world.shown if one in near or parents[one] in near]


def _indices(world: World, partition: Partition, unit: str) -> list[int]:
    """The set of a unit, at any level, as indices of the smallest blocks."""
    number = {group: at for at, block in enumerate(world.figures.partition.blocks) for group in block.groups}
    return sorted({number[group] for at in partition.sets[unit] for group in partition.blocks[at].groups})


def _bounds(world: World, unit: str, blocks: Sequence[int], *, has_scores: bool) -> Iterator[Bounds]:
    content, figures = world.shown[unit], world.figures
    own = _indices(world, figures.partition, unit)
    for code, positions in figures.data.scales.all().items() if has_scores else ():
        yield Bounds(_mean(world, own, positions, blocks), *_of_score(content["scores"][code]))
    for level in ("bands", "items"):
        if content[level]:
            groups = _indices(world, figures.finer[level], unit)
            for item, value in content[level]["values"].items():
                at = figures.data.item_ids.index(item)
                ends = (20 * value, 20 * value + 20) if level == "bands" else _of_item(value)
                yield Bounds(_mean(world, groups, [at], blocks), *ends)


def _of_score(figure: dict[str, Any]) -> tuple[float, float]:
    value = figure["value"]
    if figure["kind"] == "at_least":
        return value + ROUNDING, 100
    if figure["kind"] == "at_most":
        return 0, value - ROUNDING
    return value - ROUNDING, value + ROUNDING


def _of_item(value: int) -> tuple[float, float]:
    if value >= HIGHEST:
        return HIGHEST - ROUNDING, 100
    if value <= LOWEST:
        return 0, LOWEST + ROUNDING
    return value - ROUNDING, value + ROUNDING


def _mean(world: World, own: Sequence[int], positions: Sequence[int], blocks: Sequence[int]) -> NDArray[np.float64]:
    """Weights that turn the unknown means (blocks x items) into the mean over a set of blocks and some items."""
    sizes = [world.figures.partition.blocks[index].size for index in own]
    weights = np.zeros((len(blocks), len(world.figures.data.item_ids)))
    for index, size in zip(own, sizes, strict=True):
        weights[blocks.index(index), list(positions)] = size / (sum(sizes) * len(positions))
    return weights.ravel()
