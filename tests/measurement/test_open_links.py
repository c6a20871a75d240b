"""R18: a unit with an open link is shown from 10 people, and not when it holds more responses than people."""

import pytest

from measurement.disclosure import Node, partition
from tests.measurement.trees import shown


def test_an_open_link_needs_ten() -> None:
    assert shown(partition([Node("org", None, 9, has_open_link=True)], 5)) == {}
    assert shown(partition([Node("org", None, 10, has_open_link=True)], 5)) == {"org": 10}


@pytest.mark.parametrize(("people", "is_shown"), [(11, False), (12, True)])
def test_an_open_link_needs_k_when_that_is_more(people: int, is_shown: bool) -> None:
    assert partition([Node("org", None, people, has_open_link=True)], 12).is_shown("org") is is_shown


def test_an_overfull_unit_is_hidden_whatever_its_number() -> None:
    nodes = [Node("org", None, 0), Node("dept", "org", 50, has_open_link=True, is_overfull=True)]
    assert not partition(nodes, 5).is_shown("dept")


def test_answers_of_a_refused_open_link_go_up() -> None:
    for node in (
        Node("dept", "org", 9, has_open_link=True),
        Node("dept", "org", 50, has_open_link=True, is_overfull=True),
    ):
        assert shown(partition([Node("org", None, 1), node], 5)) == {"org": 1 + node.people}


def test_nine_leaders_of_an_open_link_form_no_block() -> None:
    assert shown(partition([Node("org", None, 0, leaders=9, has_open_link=True)], 5)) == {}
    assert shown(partition([Node("org", None, 0, leaders=10, has_open_link=True)], 5)) == {"org": 10}


def test_overfull_says_nothing_about_a_unit_without_an_open_link() -> None:
    assert shown(partition([Node("org", None, 5, has_open_link=False, is_overfull=True)], 5)) == {"org": 5}


def test_a_unit_under_an_overfull_one_keeps_its_own_figures() -> None:
    nodes = [
        Node("org", None, 0),
        Node("dept", "org", 20, has_open_link=True, is_overfull=True),
        Node("team", "dept", 6),
    ]
    result = partition(nodes, 5)
    assert result.size("team") == 6
    assert result.sets["dept"] == result.sets["team"]  # its figures are those of "team" (R14)
    assert result.size("org") == 26
