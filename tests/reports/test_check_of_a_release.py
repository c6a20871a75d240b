"""The check before freezing: figures that break the rule of blocks are never frozen (measurement.md 8)."""

from dataclasses import replace
from typing import Any

import pytest

from measurement.disclosure import Block, Group
from reports.figures import Figures
from reports.record import CheckFailedError, record_of
from tests.reports.paper_rounds import PaperRound, people


@pytest.fixture
def round_() -> PaperRound:
    """Blocks A 9, B 8 and, for the finer levels, both merged; what C holds counts in the root."""
    return PaperRound().add("").add("A", people(9)).add("B", people(8)).add("C", people(4))


def record(figures: Figures) -> dict[str, Any]:
    return record_of(figures, figures.contents)


def test_figures_as_they_are_computed_pass(round_: PaperRound) -> None:
    assert record(round_.figures)["passed"] is True


def test_a_block_that_is_too_small_is_found(round_: PaperRound) -> None:
    figures, unit = round_.figures, str(round_.units["C"].pk)
    small = Block(unit, (Group(unit, is_leaders=False),), 4)
    last = len(figures.partition.blocks)
    figures.partition = replace(
        figures.partition,
        blocks=(*figures.partition.blocks, small),
        sets={**figures.partition.sets, unit: (last,)},
    )
    with pytest.raises(CheckFailedError, match=r"small_block.*found=4, right=5"):
        record(figures)


def test_a_block_that_says_to_hold_more_people_than_it_does_is_found(round_: PaperRound) -> None:
    figures = round_.figures
    first, *others = figures.partition.blocks
    figures.partition = replace(figures.partition, blocks=(replace(first, size=first.size + 1), *others))
    with pytest.raises(CheckFailedError, match="does not hold"):
        record(figures)


def test_people_in_two_blocks_are_found(round_: PaperRound) -> None:
    figures = round_.figures
    blocks = figures.partition.blocks
    figures.partition = replace(figures.partition, blocks=(*blocks, blocks[0]))
    with pytest.raises(CheckFailedError, match="two blocks"):
        record(figures)


def test_a_set_without_its_blocks_is_found(round_: PaperRound) -> None:
    figures, root = round_.figures, str(round_.units[""].pk)
    figures.partition = replace(figures.partition, sets={**figures.partition.sets, root: (0,)})
    with pytest.raises(CheckFailedError, match="no_union"):
        record(figures)


@pytest.mark.parametrize("level", ["bands", "words"])
def test_a_finer_set_that_splits_a_merged_block_is_found(level: str) -> None:
    figures = PaperRound().add("").add("A", people(7)).add("B", people(7)).add("C", people(7)).figures
    (merged,) = figures.finer[level].blocks
    figures.finer[level] = replace(figures.finer[level], blocks=(replace(merged, groups=merged.groups[:2]),))
    with pytest.raises(CheckFailedError, match=f"no_union.*{level}.*found=14, right=21"):
        record(figures)
