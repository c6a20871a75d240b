"""R5: a finer level needs more people; blocks are merged for it, never split."""

import pytest

from measurement.disclosure import Block, Group, Node, Partition, finer, may_show_finer, partition
from tests.measurement.trees import worked_example


def levels_shown(nodes: list[Node], threshold: int, k: int = 5) -> set[str]:
    coarse = partition(nodes, k)
    fine = finer(coarse, nodes, threshold)
    return {node.id for node in nodes if may_show_finer(coarse, fine, node.id)}


def test_the_worked_example_shows_items_in_bands_for_a1_b1_and_the_organisation() -> None:
    nodes = worked_example()
    assert levels_shown(nodes, 8) == {"A1", "B1", "org"}
    coarse = partition(nodes, 5)
    fine = finer(coarse, nodes, 8)
    assert (fine.size("A"), coarse.size("A")) == (8, 15)
    assert (fine.size("B"), coarse.size("B")) == (9, 15)
    assert fine.size("org") == 36


def test_the_worked_example_shows_words_and_numbers_of_items_higher_up() -> None:
    # From 10: A holds 15 (8 + 7 merged), B 15, org 36. From 20: only the organisation.
    assert levels_shown(worked_example(), 10) == {"A", "B", "org"}
    assert levels_shown(worked_example(), 20) == {"org"}


def test_two_thirds_are_enough_and_a_little_less_is_not() -> None:
    two_thirds = [Node("org", None, 0), Node("a", "org", 14), Node("b", "org", 7)]
    less = [Node("org", None, 0), Node("a", "org", 13), Node("b", "org", 7)]
    assert levels_shown(two_thirds, 10) == {"org", "a"}
    assert levels_shown(less, 10) == {"a"}


def test_blocks_that_are_too_small_merge_where_they_are_enough_together() -> None:
    nodes = [Node("org", None, 0), Node("a", "org", 5), Node("b", "org", 6)]
    coarse = partition(nodes, 5)
    fine = finer(coarse, nodes, 8)
    assert [(block.formed_at, block.size) for block in fine.blocks] == [("org", 11)]
    assert set(fine.blocks[0].groups) == {Group("a", is_leaders=False), Group("b", is_leaders=False)}


def test_a_block_of_leaders_merges_like_any_other() -> None:
    nodes = [Node("org", None, 5), Node("a", "org", 0, leaders=5)]
    fine = finer(partition(nodes, 5), nodes, 10)
    assert [(block.formed_at, block.size) for block in fine.blocks] == [("org", 10)]


def test_the_same_threshold_changes_nothing() -> None:
    nodes = worked_example()
    coarse = partition(nodes, 5)
    assert {block: coarse.size(block) for block in coarse.sets} == {
        unit: finer(coarse, nodes, 5).size(unit) for unit in coarse.sets
    }


def test_a_hidden_unit_has_no_finer_part() -> None:
    nodes = [Node("org", None, 3)]
    coarse = partition(nodes, 5)
    assert not may_show_finer(coarse, finer(coarse, nodes, 8), "org")


@pytest.mark.parametrize(
    ("size", "merged", "is_shown"), [(15, 10, True), (15, 9, False), (16, 10, False), (8, 8, True)]
)
def test_the_share_is_compared_exactly(size: int, merged: int, is_shown: bool) -> None:
    def one(people: int) -> Partition:
        return Partition((Block("org", (Group("org", is_leaders=False),), people),), {"org": (0,)})

    assert may_show_finer(one(size), one(merged), "org") is is_shown
