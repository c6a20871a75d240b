"""The check before freezing: figures that break the rule of blocks are never frozen (measurement.md 8)."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from measurement.disclosure import Block, Partition
from reports.figures import Figures
from reports.release import CheckFailedError, check
from tests.reports.paper_rounds import PaperRound, people


@pytest.fixture
def figures() -> Figures:
    """Blocks A 9, B 8 and, for the finer levels, both merged."""
    return PaperRound().add("").add("A", people(9)).add("B", people(8)).figures


def changed(partition: Partition, change: Callable[[tuple[Block, ...]], tuple[Block, ...]]) -> Partition:
    return replace(partition, blocks=change(partition.blocks))


def test_figures_as_they_are_computed_pass(figures: Figures) -> None:
    assert check(figures)["passed"] is True


def test_a_block_that_is_too_small_is_found(figures: Figures) -> None:
    figures.partition = changed(figures.partition, lambda blocks: (replace(blocks[0], size=4), *blocks[1:]))
    with pytest.raises(CheckFailedError, match="4 people"):
        check(figures)


def test_people_in_two_blocks_are_found(figures: Figures) -> None:
    figures.partition = changed(figures.partition, lambda blocks: (*blocks, blocks[0]))
    with pytest.raises(CheckFailedError, match="two blocks"):
        check(figures)


def test_a_finer_set_that_splits_a_block_is_found(figures: Figures) -> None:
    def split(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        return (replace(blocks[0], size=blocks[0].size - 1), *blocks[1:])

    figures.finer["bands"] = changed(figures.finer["bands"], split)
    with pytest.raises(CheckFailedError, match="bands"):
        check(figures)
