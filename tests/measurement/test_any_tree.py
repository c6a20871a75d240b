"""What disclosure control keeps for every tree, whatever its counts."""

from collections.abc import Sequence
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from measurement.disclosure import LEVELS, Group, Node, Partition, finer, may_show_finer, partition, threshold_of
from tests.measurement.trees import below, needed, people_of_blocks, people_shown, thresholds, trees

often = settings(max_examples=120, deadline=None)


def count(nodes: Sequence[Node], groups: Sequence[Group], *, leaders: bool) -> int:
    by_id = {node.id: node for node in nodes}
    chosen = [by_id[group.node] for group in groups if group.is_leaders is leaders]
    return sum(node.leaders if leaders else node.people for node in chosen)


def groups_shown(result: Partition, unit: str) -> set[Group]:
    return {group for index in result.sets[unit] for group in result.blocks[index].groups}


def as_sets(result: Partition, names: dict[str, str]) -> dict[str, set[tuple[str, frozenset[tuple[str, bool]], int]]]:
    """A partition without its order, with other names for the units."""
    return {
        names[unit]: {
            (
                names[result.blocks[index].formed_at],
                frozenset((names[group.node], group.is_leaders) for group in result.blocks[index].groups),
                result.blocks[index].size,
            )
            for index in indices
        }
        for unit, indices in result.sets.items()
    }


@often
@given(nodes=trees(), k=thresholds)
def test_every_person_is_in_at_most_one_block(nodes: list[Node], k: int) -> None:
    blocks = people_of_blocks(nodes, partition(nodes, k))
    assert all(one.isdisjoint(other) for one, other in combinations(blocks, 2))


@often
@given(nodes=trees(), k=thresholds)
def test_every_block_has_k_others_or_consists_of_k_leaders(nodes: list[Node], k: int) -> None:
    by_id = {node.id: node for node in nodes}
    for block in partition(nodes, k).blocks:
        staff, leaders = (count(nodes, block.groups, leaders=which) for which in (False, True))
        enough = needed(by_id[block.formed_at], k)
        assert block.size == staff + leaders
        assert staff >= enough or (staff == 0 and leaders >= enough)


@often
@given(nodes=trees(), k=thresholds)
def test_no_block_forms_at_an_overfull_unit(nodes: list[Node], k: int) -> None:
    overfull = {node.id for node in nodes if node.is_overfull}
    assert overfull.isdisjoint(block.formed_at for block in partition(nodes, k).blocks)


@often
@given(nodes=trees(), k=thresholds)
def test_a_unit_shows_the_blocks_formed_in_its_own_subtree_and_no_others(nodes: list[Node], k: int) -> None:
    result = partition(nodes, k)
    assert result.sets.keys() == {node.id for node in nodes}
    for node in nodes:
        inside = {under.id for under in below(nodes, node.id)}
        wanted = [index for index, block in enumerate(result.blocks) if block.formed_at in inside]
        assert sorted(result.sets[node.id]) == wanted
        assert {group.node for group in groups_shown(result, node.id)} <= inside


@often
@given(nodes=trees(), k=thresholds)
def test_every_shown_set_and_every_difference_of_two_is_a_union_of_blocks(nodes: list[Node], k: int) -> None:
    shown = people_shown(nodes, partition(nodes, k))
    for one in shown.values():
        for other in shown.values():
            assert len(one - other) == 0 or len(one - other) >= k


@often
@given(nodes=trees(), k=thresholds)
def test_a_unit_with_enough_people_of_its_own_is_never_hidden(nodes: list[Node], k: int) -> None:
    result = partition(nodes, k)
    for node in nodes:
        if node.people >= needed(node, k) and not node.is_overfull:
            assert result.is_shown(node.id)
            assert Group(node.id, is_leaders=False) in groups_shown(result, node.id)


@often
@given(nodes=trees(), k=thresholds)
def test_at_most_one_fewer_than_needed_of_a_units_people_count_elsewhere(nodes: list[Node], k: int) -> None:
    """k - 1 of its staff and k - 1 of its leaders, all below it included; 9 for k - 1 with an open link."""
    result = partition(nodes, k)
    for node in nodes:
        if node.is_overfull:
            continue
        inside = below(nodes, node.id)
        shown = groups_shown(result, node.id)
        for leaders in (False, True):
            absent = [group for under in inside if (group := Group(under.id, is_leaders=leaders)) not in shown]
            assert count(nodes, absent, leaders=leaders) < needed(node, k)


@often
@given(nodes=trees(), k=thresholds, level=st.sampled_from(sorted(LEVELS)))
def test_a_finer_level_merges_whole_blocks_and_never_splits_one(nodes: list[Node], k: int, level: str) -> None:
    coarse = partition(nodes, k)
    threshold = threshold_of(level, k)
    fine = finer(coarse, nodes, threshold)
    small = [frozenset(block.groups) for block in coarse.blocks]
    for block in fine.blocks:
        groups = frozenset(block.groups)
        parts = [part for part in small if part & groups]
        assert all(part <= groups for part in parts)
        assert frozenset().union(*parts) == groups
        assert block.size == sum(one.size for one in coarse.blocks if frozenset(one.groups) <= groups)
        assert block.size >= threshold
    for one, other in combinations(people_of_blocks(nodes, fine), 2):
        assert one.isdisjoint(other)


@often
@given(nodes=trees(), k=thresholds, level=st.sampled_from(sorted(LEVELS)))
def test_a_finer_set_holds_no_more_than_the_units_own_set_and_at_least_two_thirds(
    nodes: list[Node], k: int, level: str
) -> None:
    coarse = partition(nodes, k)
    fine = finer(coarse, nodes, threshold_of(level, k))
    few, many = people_shown(nodes, fine), people_shown(nodes, coarse)
    for unit, people in few.items():
        assert people <= many[unit]
    for node in nodes:
        is_enough = node.id in few and 3 * len(few[node.id]) >= 2 * len(many[node.id])
        assert may_show_finer(coarse, fine, node.id) is is_enough


@often
@given(nodes=trees(), k=thresholds, data=st.data())
def test_only_counts_decide_and_no_name_or_order(nodes: list[Node], k: int, data: st.DataObject) -> None:
    ids = [node.id for node in nodes]
    names = dict(zip(ids, data.draw(st.permutations(ids)), strict=True))
    renamed = [
        Node(
            names[node.id],
            None if node.parent is None else names[node.parent],
            node.people,
            node.leaders,
            node.has_open_link,
            node.is_overfull,
        )
        for node in data.draw(st.permutations(nodes))
    ]
    same = {unit: unit for unit in ids}
    one, other = partition(nodes, k), partition(renamed, k)
    assert as_sets(one, names) == as_sets(other, same)
    for level in LEVELS:
        threshold = threshold_of(level, k)
        assert as_sets(finer(one, nodes, threshold), names) == as_sets(finer(other, renamed, threshold), same)


@often
@given(nodes=trees(), k=st.integers(5, 19))
def test_a_higher_threshold_never_shows_smaller_groups(nodes: list[Node], k: int) -> None:
    shown = people_shown(nodes, partition(nodes, k + 1))
    assert all(len(people) > k for people in shown.values())
