"""Participants whose answers tell who they are: a test finds each one in the ballot box, in the right unit."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from tests.scan.asking import ITEM_IDS

# The first answers are the person's number in base five; enough for 15,625 people.
DIGITS = 6
DONT_KNOW = "x"
MIN_ANSWERED = 30


@dataclass(frozen=True)
class Person:
    number: int
    way_in: str
    """The path of the own link, or of an open link."""
    code: str
    """As on paper; empty: came by a link."""
    unit_id: UUID
    has_script: bool
    answers: dict[str, str]
    """What is meant in the end, as the forms send it; what is left out was skipped."""
    first_thoughts: dict[str, str]
    """What was tapped before, and changed later."""
    obstacles: list[str] = field(default_factory=list)
    remark: str = ""

    @property
    def is_sure_of_a_picture(self) -> bool:
        """Whatever is lost on the way: the script sends its answers once more for that."""
        return self.has_script and sum(value != DONT_KNOW for value in self.answers.values()) >= MIN_ANSWERED


def person(number: int, way_in: str, code: str, unit_id: UUID, obstacles: Sequence[str]) -> Person:
    """Every fourth one has no JavaScript; every fifth one changes some answers; every third one writes a remark."""
    chance = random.Random(f"person {number}")  # noqa: S311 -- to be repeated
    digits = [str(number // 5**place % 5 + 1) for place in range(DIGITS)]
    others = [chance.choice(["1", "2", "3", "4", "5"] * 4 + [DONT_KNOW, ""]) for _item in ITEM_IDS[DIGITS:]]
    answers = {item: value for item, value in zip(ITEM_IDS, [*digits, *others], strict=True) if value}
    changed = chance.sample(sorted(answers), 5) if number % 5 == 0 else []
    return Person(
        number,
        way_in,
        code,
        unit_id,
        has_script=number % 4 != 0,
        answers=answers,
        first_thoughts={item: "1" if answers[item] != "1" else "2" for item in changed},
        obstacles=sorted(chance.sample(obstacles, number % 4)),
        remark=f"Opmerking {number}" if number % 3 == 0 else "",
    )


def as_stored(one: Person, obstacles: Sequence[str]) -> tuple[UUID, bytes, int, str]:
    """What the ballot box should hold of this person."""
    values = (one.answers.get(item, "0") for item in ITEM_IDS)
    answers = bytes(9 if value == DONT_KNOW else int(value) for value in values)
    return one.unit_id, answers, sum(1 << obstacles.index(code) for code in one.obstacles), one.remark


def second_thoughts(one: Person, items: Sequence[str]) -> Iterator[dict[str, str]]:
    """The answers to these items as they are first given, and after thinking again; once when they are the same."""
    meant = {item: one.answers[item] for item in items if item in one.answers}
    first = {item: one.first_thoughts.get(item, value) for item, value in meant.items()}
    yield first
    if first != meant:
        yield meant
