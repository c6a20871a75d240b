"""R1 and R2: nothing about fewer than k people; answers of a group that is too small move up."""

from measurement.disclosure import Group, Node, partition
from tests.measurement.trees import shown, worked_example


def test_the_worked_example_hides_only_the_department_that_is_too_small() -> None:
    result = partition(worked_example(), 5)
    assert shown(result) == {"org": 36, "A": 15, "A1": 8, "A2": 7, "B": 15, "B1": 9, "B2": 6, "C": 6}
    assert not result.is_shown("A3")


def test_with_a_smaller_c_the_two_small_groups_count_together_in_the_organisation() -> None:
    result = partition(worked_example(c=4), 5)
    assert shown(result) == {"org": 37, "A": 15, "A1": 8, "A2": 7, "B": 15, "B1": 9, "B2": 6}
    (top,) = (block for block in result.blocks if block.formed_at == "org")
    assert set(top.groups) == {Group("A3", is_leaders=False), Group("C", is_leaders=False)}
    assert top.size == 7


def test_k_people_are_enough_and_one_fewer_is_not() -> None:
    for k in (5, 12, 20):
        assert partition([Node("org", None, k)], k).is_shown("org")
        assert not partition([Node("org", None, k - 1)], k).is_shown("org")


def test_small_answers_count_in_the_first_group_above_where_they_are_enough() -> None:
    nodes = [
        Node("org", None, 9),
        Node("dept", "org", 0),
        Node("team 1", "dept", 3),
        Node("team 2", "dept", 2),
    ]
    result = partition(nodes, 5)
    assert shown(result) == {"dept": 5, "org": 14}
    assert [(block.formed_at, block.size) for block in result.blocks] == [("dept", 5), ("org", 9)]


def test_answers_climb_over_more_than_one_level() -> None:
    nodes = [
        Node("org", None, 0),
        Node("branch", "org", 1),
        Node("dept", "branch", 1),
        Node("team", "dept", 4),
    ]
    assert shown(partition(nodes, 6)) == {"branch": 6, "org": 6}


def test_what_is_left_over_at_the_top_counts_nowhere() -> None:
    nodes = [Node("org", None, 4), Node("dept", "org", 8)]
    result = partition(nodes, 5)
    assert shown(result) == {"org": 8, "dept": 8}
    assert {group.node for block in result.blocks for group in block.groups} == {"dept"}


def test_people_directly_in_a_parent_are_a_leaf_of_their_own() -> None:
    nodes = [Node("org", None, 6), Node("dept", "org", 7)]
    result = partition(nodes, 5)
    assert sorted((block.formed_at, block.size) for block in result.blocks) == [("dept", 7), ("org", 6)]
    assert shown(result) == {"org": 13, "dept": 7}


def test_a_small_neighbour_does_not_hide_a_large_enough_unit() -> None:
    nodes = [Node("org", None, 0), Node("large", "org", 30), Node("small", "org", 1)]
    assert shown(partition(nodes, 5)) == {"org": 30, "large": 30}


def test_a_parent_may_show_the_answers_of_one_child_only() -> None:
    nodes = [Node("org", None, 2), Node("only", "org", 5)]
    result = partition(nodes, 5)
    assert result.sets["org"] == result.sets["only"] == (0,)


def test_nobody_answered_shows_nothing() -> None:
    result = partition([Node("org", None, 0), Node("dept", "org", 0)], 5)
    assert result.blocks == ()
    assert shown(result) == {}
