"""R3: leaders answer together in a leaf of their own, which never makes up the number."""

from measurement.disclosure import Block, Group, Node, partition
from tests.measurement.trees import shown


def test_leaders_never_make_up_the_number() -> None:
    assert shown(partition([Node("org", None, people=4, leaders=4)], 5)) == {}


def test_one_leader_joins_when_the_others_are_enough() -> None:
    result = partition([Node("org", None, people=5, leaders=1)], 5)
    both = (Group("org", is_leaders=False), Group("org", is_leaders=True))
    assert result.blocks == (Block("org", both, 6),)


def test_enough_leaders_form_a_block_by_themselves_and_the_others_go_up() -> None:
    nodes = [Node("org", None, people=9), Node("dept", "org", people=4, leaders=5)]
    result = partition(nodes, 5)
    below, top = result.blocks
    assert below == Block("dept", (Group("dept", is_leaders=True),), 5)
    assert (top.formed_at, top.size) == ("org", 13)
    assert set(top.groups) == {Group("dept", is_leaders=False), Group("org", is_leaders=False)}
    assert shown(result) == {"dept": 5, "org": 18}


def test_enough_leaders_and_enough_others_are_one_block() -> None:
    (block,) = partition([Node("org", None, people=7, leaders=6)], 5).blocks
    assert block.size == 13


def test_leaders_that_are_too_few_go_up_as_leaders() -> None:
    nodes = [Node("org", None, people=2), Node("dept", "org", people=8), Node("team", "dept", people=1, leaders=3)]
    result = partition(nodes, 5)
    # The one other person and the three leaders of "team" count in "dept", which has enough of its own.
    assert shown(result) == {"dept": 12, "org": 12}


def test_leaders_of_several_units_may_be_enough_together_higher_up() -> None:
    nodes = [Node("org", None, 1), Node("a", "org", 0, leaders=3), Node("b", "org", 0, leaders=2)]
    result = partition(nodes, 5)
    assert shown(result) == {"org": 5}
    assert {group.is_leaders for group in result.blocks[0].groups} == {True}


def test_staff_left_over_beside_a_block_of_leaders_counts_nowhere_at_the_top() -> None:
    result = partition([Node("org", None, people=4, leaders=5)], 5)
    assert result.blocks == (Block("org", (Group("org", is_leaders=True),), 5),)


def test_a_leaf_without_answers_takes_no_part() -> None:
    (block,) = partition([Node("org", None, people=5, leaders=0)], 5).blocks
    assert block.groups == (Group("org", is_leaders=False),)
