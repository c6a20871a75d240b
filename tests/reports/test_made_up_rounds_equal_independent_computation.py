"""Rounds of every size, few blocks and many, computed again by tests/reports/independent: no database."""

import csv
import io
import random
from functools import cache
from typing import Any

import pytest

from tests.reports.independent import RoundOnPaper, contents_of, precision_of
from tests.reports.paper_rounds import QUESTIONNAIRE, PaperRound

SEEDS = range(24)
ITEMS = [item.id for item in QUESTIONNAIRE.items]
OBSTACLES = [choice.code for choice in QUESTIONNAIRE.obstacles]
FULL, EMPTY = 5, 1


@cache
def made_up(seed: int) -> PaperRound:
    """A tree of two levels; each unit with its own tendency, some at an end of the scale."""
    chance = random.Random(seed)  # noqa: S311 -- the same round every time
    round_ = PaperRound(k=chance.choice([5, 5, 5, 8, 12])).add("")
    most = chance.choice([8, 25])
    for number in range(chance.choice([1, 2, 4, 7])):
        add(round_, chance, f"D{number}", chance.choice([0, 3, 9]))
        for below in range(chance.randrange(4)):
            add(round_, chance, f"D{number} / E{below}", chance.randrange(2, most))
    return round_


def add(round_: PaperRound, chance: random.Random, path: str, count: int) -> None:
    ticked = [chance.sample(OBSTACLES, chance.randrange(4)) for _ in range(count)]
    round_.add(path, staff(chance, count), obstacles=ticked)


def staff(chance: random.Random, count: int) -> list[bytes]:
    middle = chance.choice([FULL, EMPTY, *[chance.uniform(1.5, 4.5)] * 6])
    width = 0.2 if middle in (FULL, EMPTY) else chance.uniform(0.2, 1.5)
    return [person(chance, chance.gauss(middle, width), width) for _ in range(count)]


def person(chance: random.Random, middle: float, width: float) -> bytes:
    open_share = chance.choice([0, 0, 0.05, 0.2])
    return bytes(
        chance.choice([0, 9]) if chance.random() < open_share else min(5, max(1, round(chance.gauss(middle, width))))
        for _ in ITEMS
    )


def on_paper(round_: PaperRound) -> RoundOnPaper:
    """As a file of import has it."""
    paths = {unit.pk: path for path, unit in round_.units.items()}
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["unit", *ITEMS, "obstacles"])
    for unit_id, answers, mask in round_.rows:
        ticked = [code for position, code in enumerate(OBSTACLES) if mask >> position & 1]
        writer.writerow([paths[unit_id], *({0: "", 9: "x"}.get(one, one) for one in answers), ";".join(ticked)])
    return RoundOnPaper.from_text(out.getvalue(), k=round_.k)


@cache
def expected(seed: int) -> dict[str, dict[str, Any] | None]:
    contents = contents_of(on_paper(made_up(seed)))
    return {path: contents.get(path) for path in made_up(seed).units}


@pytest.mark.parametrize("seed", SEEDS)
def test_every_unit_is_the_same(seed: int) -> None:
    assert made_up(seed).contents == expected(seed)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_spread_and_reliability_are_the_same(seed: int) -> None:
    assert made_up(seed).content["precision"] == precision_of(on_paper(made_up(seed)))


def test_the_rounds_have_every_case() -> None:
    rounds = [on_paper(made_up(seed)) for seed in SEEDS]
    assumed = [precision_of(round_)["freedom"] is None for round_ in rounds]
    sizes = [len(round_.blocks) for round_ in rounds]
    assert {True, False} == set(assumed)
    assert min(sizes) < 5
    assert any(5 <= size < 10 for size in sizes)
    assert max(sizes) >= 10
    assert any(size >= 5 and few for size, few in zip(sizes, assumed, strict=True))
    shown = [content for seed in SEEDS for content in expected(seed).values() if content]
    assert {score["kind"] for content in shown for score in content["scores"].values()} == {
        "exact",
        "at_least",
        "at_most",
    }
    for verdicts in (
        {verdict for content in shown for verdict in content["compared"]["own"].values()},
        {one["verdict"] for content in shown for one in (content["compared"]["rest"] or {}).values()},
    ):
        assert verdicts == {"higher", "lower", None}
