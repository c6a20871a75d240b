"""What every release keeps, whatever the answers: each property by its name, so that a broken rule can be named.

Each takes a world and a source of chance; the assertions are about the release that would be frozen, never about how
it was computed.
"""

import random
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

from measurement.disclosure import Group, Node
from measurement.presentation import clamped
from measurement.scoring import score, whole
from tests.measurement.attacks import attack_exists
from tests.reports.narrowing import width_of_item, width_of_rest
from tests.reports.worlds import (
    People,
    World,
    answers,
    blank,
    everybody,
    new_id,
    swapped,
    with_other_answers,
)

FINER = {"bands": 8, "words": 10, "items": 20}
Property = Callable[[World, random.Random], None]
PROPERTIES: dict[str, Property] = {}


def release_property(check: Property) -> Property:
    PROPERTIES[check.__name__] = check
    return check


# --- Sets of people


@release_property
def nobody_stands_behind_a_figure_with_fewer_than_k(world: World, chance: random.Random) -> None:
    for people in sets_of(world):
        assert not people or len(people) >= world.k
    for block in world.blocks:
        assert len(block) >= world.k


@release_property
def every_set_is_a_union_of_blocks(world: World, chance: random.Random) -> None:
    for people in sets_of(world):
        assert people == everybody(block for block in world.blocks if block & people)


@release_property
def no_figures_together_are_about_fewer_than_k(world: World, chance: random.Random) -> None:
    assert not attack_exists(set(sets_of(world)), world.k)


@release_property
def the_printed_number_of_people_is_that_of_the_set(world: World, chance: random.Random) -> None:
    for unit, content in world.shown.items():
        assert content["n"] == len(world.people_in(world.figures.partition, unit))
        for level, threshold in FINER.items():
            if content[level]:
                people = world.people_in(world.figures.finer[level], unit)
                assert content[level]["n"] == len(people) >= max(world.k, threshold)
                assert 3 * len(people) >= 2 * content["n"]


@release_property
def a_unit_with_enough_people_of_its_own_has_a_report(world: World, chance: random.Random) -> None:
    """Its own staff are in it (R3, R18)."""
    for node in world.figures.data.nodes:
        if node.people >= needed(node, world.k) and not (node.has_open_link and node.is_overfull):
            assert node.id in world.shown
            assert world.groups[Group(node.id, is_leaders=False)] <= world.people_in(world.figures.partition, node.id)


@release_property
def fewer_people_than_are_needed_count_elsewhere(world: World, chance: random.Random) -> None:
    """Of a unit and all below it, of staff and of leaders: answers of small groups move up and are not lost."""
    partition = world.figures.partition
    for node in world.figures.data.nodes:
        if node.has_open_link and node.is_overfull:
            continue
        below, inside = world.below(node.id), world.people_in(partition, node.id)
        for is_leaders in (False, True):
            groups = (people for group, people in world.groups.items() if group.node in below)
            kind = everybody(groups) & everybody(of_kind(world, is_leaders=is_leaders))
            assert len(kind - inside) < needed(node, world.k)


@release_property
def leaders_never_make_up_the_number(world: World, chance: random.Random) -> None:
    leaders = everybody(of_kind(world, is_leaders=True))
    for block in world.blocks:
        others = block - leaders
        assert not others or len(others) >= world.k


@release_property
def a_finer_part_splits_no_block(world: World, chance: random.Random) -> None:
    for level in FINER:
        for unit in world.shown:
            people = world.people_in(world.figures.finer[level], unit)
            assert all(block <= people or not block & people for block in world.blocks)


# --- Figures


@release_property
def complete_people_never_cancel_out(world: World, chance: random.Random) -> None:
    """Every figure of a question holds everybody of its set, the blanks filled in."""
    for unit, content in world.shown.items():
        if content["items"]:
            people = world.people_in(world.figures.finer["items"], unit)
            for item, value in content["items"]["values"].items():
                assert value == whole(clamped(mean_of_item(world, people, item)))
        if content["bands"]:
            people = world.people_in(world.figures.finer["bands"], unit)
            for item, value in content["bands"]["values"].items():
                assert value == min(4, int(mean_of_item(world, people, item) // 20))


@release_property
def questions_under_twenty_people_are_in_bands_only(world: World, chance: random.Random) -> None:
    for content in world.shown.values():
        if content["n"] < 20:
            assert content["items"] is None
        if content["bands"]:
            assert set(content["bands"]) == {"n", "values"}
            assert set(content["bands"]["values"].values()) <= {0, 1, 2, 3, 4}


@release_property
def a_question_in_a_band_is_not_narrowed_to_one_whole_point(world: World, chance: random.Random) -> None:
    """Of fewer than 20 people, by the other figures of the unit, its parent, and the children of both: tried on one
    question of one unit.
    """
    units = [unit for unit, content in world.shown.items() if content["bands"] and content["bands"]["n"] < 20]
    if units:
        unit = chance.choice(units)
        values = world.shown[unit]["bands"]["values"]
        if values:
            assert width_of_item(world, unit, chance.choice(sorted(values))) > 1


@release_property
def nor_is_a_question_of_who_is_left_over(world: World, chance: random.Random) -> None:
    """Fewer than 20 people who are in a unit's figures and in those of none of its children."""
    if world.shown:
        width = width_of_rest(world, chance.choice(sorted(world.shown)), chance.choice(world.figures.data.item_ids))
        assert width is None or width > 1


@release_property
def scores_beyond_the_bounds_are_the_bound(world: World, chance: random.Random) -> None:
    for content in world.shown.values():
        for figure in content["scores"].values():
            assert 5 <= figure["value"] <= 95
            assert 0 <= figure["low"] <= figure["value"] <= figure["high"] <= 100
        if content["items"]:
            assert all(5 <= value <= 95 for value in content["items"]["values"].values())
            assert all(share <= 9 for row in content["items"]["distribution"].values() for share in row)


@release_property
def the_number_received_is_nowhere(world: World, chance: random.Random) -> None:
    """One more questionnaire that counts in no figure changes nothing, while the response in words is the same."""
    unit = chance.choice(world.tree.departments)
    more = world.with_rows([*world.rows, (new_id(chance), unit.pk, blank(chance), 0)])
    if _responses(more) == _responses(world) and _overfull(more) == _overfull(world):
        assert more.contents == world.contents


# --- Twins


@release_property
def answers_of_people_who_count_nowhere_change_nothing(world: World, chance: random.Random) -> None:
    assert everything(with_other_answers(world, chance)) == everything(world)


@release_property
def whole_responses_swapped_within_a_block_change_nothing(world: World, chance: random.Random) -> None:
    assert everything(swapped(world, chance)) == everything(world)


@release_property
def a_figure_changes_only_with_answers_of_its_own_set(world: World, chance: random.Random) -> None:
    """Somebody answers otherwise: scores, bands, words and figures of sets without that person stay as they are."""
    counting = sorted(everybody(world.groups.values()))
    if not counting:
        return
    person = chance.choice(counting)
    other = world.with_rows(
        (row[0], row[1], answers(chance), chance.randrange(1 << 9)) if row[0] == person else row for row in world.rows
    )
    for unit, content in world.shown.items():
        if person not in world.people_in(world.figures.partition, unit):
            assert plain_values(other.shown[unit]) == plain_values(content)
        for level in FINER:
            if person not in world.people_in(world.figures.finer[level], unit):
                assert other.shown[unit][level] == content[level]


# --- What they are made with


def sets_of(world: World) -> list[People]:
    """The set behind every number of the release; of a number that nobody has thought about a KeyError."""
    figures, root = world.figures, world.all_people
    found: list[People] = [root]  # the spread and all that is made from it
    for unit, content in world.shown.items():
        own = world.people_in(figures.partition, unit)
        sets: dict[str, list[People]] = {
            "n": [own],
            "scores": [own, root],
            "named": [own],
            "compared": [own, root, root - own],
            # Headcounts and response, and a name: apart from the answers (measurement.md 8, Check).
            "invited": [],
            "response": [],
            "same_as": [],
        } | {level: [world.people_in(figures.finer[level], unit)] for level in FINER}
        for key, value in content.items():
            if value is not None:
                found += sets[key]
    return found


def needed(node: Node, k: int) -> int:
    return max(k, 10) if node.has_open_link else k


def of_kind(world: World, *, is_leaders: bool) -> Iterator[People]:
    return (people for group, people in world.groups.items() if group.is_leaders is is_leaders)


def mean_of_item(world: World, people: People, item: str) -> Fraction:
    position = world.figures.data.item_ids.index(item)
    return score(sum(world.filled[person][position] for person in people), len(people))


def plain_values(content: dict[str, Any]) -> list[Any]:
    """What holds the unit's own people only; margins and comparisons hold the organisation's."""
    return [content["n"], content["named"], [(code, one["value"]) for code, one in content["scores"].items()]]


def everything(world: World) -> tuple[Any, ...]:
    figures = world.figures
    return world.contents, figures.precision_content, figures.is_assumed, figures.knows_headcounts


def _responses(world: World) -> dict[str, int | None]:
    return {unit: headcount.tenths for unit, headcount in world.figures.data.headcounts.items()}


def _overfull(world: World) -> list[bool]:
    return [node.is_overfull for node in world.figures.data.nodes]
