"""Nodes that are not one tree are refused with a reason."""

import pytest

from measurement.disclosure import Node, bottom_up, finer, partition

BROKEN = {
    "none": ([], "found 0 roots"),
    "two roots": ([Node("a", None, 9), Node("b", None, 9)], "found 2 roots"),
    "no root": ([Node("a", "b", 9), Node("b", "a", 9)], "found 0 roots"),
    "its own parent": ([Node("a", None, 9), Node("b", "b", 9)], "circle"),
    "a circle beside the root": ([Node("a", None, 9), Node("b", "c", 9), Node("c", "b", 9)], "circle"),
    "the same id twice": ([Node("a", None, 9), Node("b", "a", 9), Node("b", "a", 9)], "different ids"),
    "an unknown parent": ([Node("a", None, 9), Node("b", "x", 9)], "unknown parents: .*x"),
}


@pytest.mark.parametrize(("nodes", "reason"), BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_tree_is_refused(nodes: list[Node], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        partition(nodes, 5)


@pytest.mark.parametrize(("nodes", "reason"), BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_tree_is_refused_for_a_finer_level_too(nodes: list[Node], reason: str) -> None:
    coarse = partition([Node("a", None, 9)], 5)
    with pytest.raises(ValueError, match=reason):
        finer(coarse, nodes, 8)


def test_every_child_comes_before_its_parent() -> None:
    nodes = [Node("a", None, 1), Node("b", "a", 1), Node("c", "b", 1), Node("d", "a", 1)]
    order = [node.id for node in bottom_up([nodes[2], nodes[0], nodes[3], nodes[1]])]
    assert order[-1] == "a"
    assert order.index("c") < order.index("b")
