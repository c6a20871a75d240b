"""Shown figures cannot be added and subtracted into figures about fewer than k people."""

from hypothesis import given, settings

from measurement.disclosure import LEVELS, Node, finer, partition, threshold_of
from tests.measurement.attacks import attack_exists, rank
from tests.measurement.trees import below, people_shown, thresholds, trees, worked_example


def everybody(nodes: list[Node], unit: str) -> frozenset[str]:
    return frozenset(f"{node.id} {number}" for node in below(nodes, unit) for number in range(node.people))


def test_the_threshold_alone_would_have_betrayed_the_small_department() -> None:
    for nodes in (worked_example(), worked_example(c=4)):
        large = {node.id: everybody(nodes, node.id) for node in nodes if len(everybody(nodes, node.id)) >= 5}
        assert "A3" not in large
        assert attack_exists(large.values(), 5)


def test_the_blocks_of_the_worked_example_betray_nobody() -> None:
    for nodes in (worked_example(), worked_example(c=4)):
        assert not attack_exists(people_shown(nodes, partition(nodes, 5)).values(), 5)


def test_a_total_shown_earlier_and_one_part_shown_later_betray_the_rest() -> None:
    part = frozenset(f"A {number}" for number in range(10))
    assert attack_exists([part | {"B 0"}, part], 5)
    assert not attack_exists([part | {"B 0"}], 5)
    assert not attack_exists([part | {f"B {number}" for number in range(5)}, part], 5)


def test_sets_that_overlap_crosswise_can_betray_too() -> None:
    a, b, c = (frozenset(f"{name} {number}" for number in range(3)) for name in "abc")
    assert attack_exists([a | b, b | c, a | c], 5)  # each pair of 6; together they give a alone
    assert not attack_exists([a | b, b | c], 5)


def test_the_rank_is_exact() -> None:
    assert rank([(1, 0, 1), (0, 1, 1), (1, 1, 2)]) == 2
    assert rank([(1, 1, 0), (0, 1, 1), (1, 0, 1)]) == 3
    assert rank([]) == 0


@settings(max_examples=60, deadline=None)
@given(nodes=trees(max_units=8), k=thresholds)
def test_all_levels_of_any_tree_together_betray_nobody(nodes: list[Node], k: int) -> None:
    coarse = partition(nodes, k)
    partitions = [coarse, *(finer(coarse, nodes, threshold_of(level, k)) for level in LEVELS)]
    sets = {people for each in partitions for people in people_shown(nodes, each).values()}
    assert not attack_exists(sorted(sets, key=sorted), k)
