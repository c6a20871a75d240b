"""Twins: two rounds that differ in nothing but the answers of people who count nowhere. Nobody can tell them apart."""

import random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from scan.answering.packing import obstacle_mask
from tests.reports.paper_rounds import QUESTIONNAIRE, PaperRound

PATHS = ("", "A", "A / A1", "A / A2", "A / A2 / X", "B", "B / B1", "C")
SEEDS = st.integers(0, 2**32)
SIZES = st.lists(st.integers(0, 14), min_size=len(PATHS), max_size=len(PATHS))


def counted_row(seed: int) -> bytes:
    """Everything answered, but for some of the last ten."""
    chance = random.Random(seed)  # noqa: S311 -- Hypothesis chooses the seed
    return bytes([*chance.choices(range(1, 6), k=30), *chance.choices((0, 1, 2, 3, 4, 5, 9), k=10)])


def uncounted_row(seed: int) -> bytes:
    """At most 29 answered."""
    chance = random.Random(seed)  # noqa: S311 -- Hypothesis chooses the seed
    return bytes([*chance.choices((0, 1, 2, 3, 4, 5, 9), k=29), *[chance.choice((0, 9))] * 11])


TICKED = st.frozensets(st.sampled_from([choice.code for choice in QUESTIONNAIRE.obstacles]), max_size=3)
MASKS = TICKED.map(lambda codes: obstacle_mask(codes, QUESTIONNAIRE.obstacles))
COUNTED, UNCOUNTED = SEEDS.map(counted_row), SEEDS.map(uncounted_row)


@st.composite
def rounds(draw: st.DrawFn) -> tuple[PaperRound, PaperRound]:
    """A round, and its twin in which everybody who counts nowhere gives other answers."""
    one = PaperRound()
    headcounts = draw(st.booleans())
    for path, staff, leaders, blank in zip(PATHS, draw(SIZES), draw(SIZES), draw(SIZES), strict=True):
        given = [draw(COUNTED) for _ in range(staff)] + [draw(UNCOUNTED) for _ in range(blank // 3)]
        one.add(
            path,
            given,
            obstacles=[draw(TICKED) for _ in given],
            leaders=[draw(COUNTED) for _ in range(leaders // 3)],
            invited=draw(st.integers(len(given), 30)) if headcounts else None,
        )
    counting = {group for block in one.figures.partition.blocks for group in block.groups}
    counts_in = {
        unit.pk
        for units, is_leaders in ((one.units, False), (one.leaves, True))
        for path, unit in units.items()
        if any(group.node == str(one.units[path].pk) and group.is_leaders is is_leaders for group in counting)
    }
    rows = []
    for unit_id, answers, obstacles in one.rows:
        is_counted = sum(1 <= value <= 5 for value in answers) >= 30
        if is_counted and unit_id in counts_in:
            rows.append((unit_id, answers, obstacles))
        else:
            rows.append((unit_id, draw(COUNTED if is_counted else UNCOUNTED), draw(MASKS)))
    return one, PaperRound(one.k, one.units, one.leaves, rows)


def everything(round_: PaperRound) -> dict[str, Any]:
    return {"units": round_.contents, "round": round_.content, "check": round_.record}


@settings(max_examples=60, deadline=None)
@given(rounds())
def test_answers_of_people_who_count_nowhere_change_nothing(twins: tuple[PaperRound, PaperRound]) -> None:
    one, other = twins
    assert everything(one) == everything(other)


@settings(max_examples=60, deadline=None)
@given(rounds())
def test_every_shown_figure_holds_at_least_five_people(twins: tuple[PaperRound, PaperRound]) -> None:
    for content in twins[0].contents.values():
        if content:
            assert content["n"] >= 5
            for level, threshold in (("bands", 8), ("words", 10), ("items", 20)):
                if content[level]:
                    assert content[level]["n"] >= threshold
                    assert content[level]["n"] * 3 >= content["n"] * 2
            assert all(
                0 <= score["low"] <= score["value"] <= score["high"] <= 100 for score in content["scores"].values()
            )


@settings(max_examples=40, deadline=None)
@given(rounds(), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(twins: tuple[PaperRound, PaperRound], chance: Any) -> None:
    one = twins[0]
    rows = list(one.rows)
    chance.shuffle(rows)
    assert everything(PaperRound(one.k, one.units, one.leaves, rows)) == everything(one)
