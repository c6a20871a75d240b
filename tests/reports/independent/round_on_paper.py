"""A round as its file has it: who answered what, who counts, and together with whom (section 8)."""

import csv
import io
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from tests.reports.independent.questionnaire import DISCIPLINES, ITEMS, SCALES

Path = tuple[str, ...]
People = frozenset[int]

LEVELS = {"bands": 8, "words": 10, "items": 20}


def half_up(value: Fraction) -> int:
    return math.floor(value + Fraction(1, 2))


def fill_in(real: Mapping[str, int]) -> dict[str, int]:
    """The 40 answers of a person who really answered those in `real`."""
    filled = {}
    for discipline in DISCIPLINES:
        here = [real[item] for item in SCALES[discipline] if item in real]
        basis = here if len(here) >= 4 else list(real.values())
        for item in SCALES[discipline]:
            filled[item] = real[item] if item in real else half_up(Fraction(sum(basis), len(basis)))
    return filled


@dataclass(frozen=True)
class Person:
    path: Path
    real: dict[str, int]
    dont_know: frozenset[str]
    obstacles: frozenset[str]

    @cached_property
    def filled(self) -> dict[str, int]:
        return fill_in(self.real)

    @cached_property
    def scores(self) -> dict[str, Fraction]:
        """The person's own mean of y = (x - 1) / 4 * 100 over the items of each scale."""
        return {
            code: Fraction(sum((self.filled[item] - 1) * 25 for item in items), len(items))
            for code, items in SCALES.items()
        }


def person_of(row: Mapping[str, str]) -> Person:
    return Person(
        path=tuple(row["unit"].split(" / ")) if row["unit"] else (),
        real={item: int(row[item]) for item in ITEMS if row[item] in {"1", "2", "3", "4", "5"}},
        dont_know=frozenset(item for item in ITEMS if row[item] == "x"),
        obstacles=frozenset(row["obstacles"].split(";")) - {""},
    )


@dataclass(frozen=True)
class RoundOnPaper:
    """`headcounts` of each unit itself, where they are known. Units without answers are known by those only."""

    everybody: tuple[Person, ...]
    headcounts: Mapping[Path, int] | None
    k: int = 5

    @classmethod
    def from_text(cls, text: str, headcounts: Mapping[str, int] | None = None, k: int = 5) -> "RoundOnPaper":
        people = tuple(person_of(row) for row in csv.DictReader(io.StringIO(text)))
        own = {tuple(path.split(" / ")): count for path, count in headcounts.items()} if headcounts else None
        return cls(people, own, k)

    @cached_property
    def people(self) -> list[Person]:
        """Those who count in figures."""
        return [person for person in self.everybody if len(person.real) >= 30]

    @cached_property
    def units(self) -> list[Path]:
        named = {person.path for person in self.everybody} | set(self.headcounts or ())
        return sorted(
            {path[:depth] for path in named for depth in range(len(path) + 1)}, key=lambda p: [*map(str.casefold, p)]
        )

    # --- sets ---

    def gather(self, portions: Iterable[tuple[Path, People]], threshold: int) -> list[tuple[Path, People]]:
        """The walk: what lies at a unit and what comes up from below it becomes one block when it is enough."""
        portions = list(portions)
        blocks: list[tuple[Path, People]] = []

        def carry(unit: Path) -> People:
            up: People = frozenset().union(*(people for path, people in portions if path == unit))
            for child in self.units:
                if child and child[:-1] == unit:
                    up |= carry(child)
            if len(up) < threshold:
                return up
            blocks.append((unit, up))
            return frozenset()

        carry(())
        return blocks

    @cached_property
    def blocks(self) -> list[tuple[Path, People]]:
        return self.gather(((person.path, frozenset({n})) for n, person in enumerate(self.people)), self.k)

    @cached_property
    def merged(self) -> dict[str, list[tuple[Path, People]]]:
        return {level: self.gather(self.blocks, max(self.k, threshold)) for level, threshold in LEVELS.items()}

    @staticmethod
    def below(unit: Path, blocks: list[tuple[Path, People]]) -> People:
        """T(v): everybody in the blocks formed at the unit or anywhere under it."""
        return frozenset().union(*(people for path, people in blocks if path[: len(unit)] == unit))

    def set_of(self, unit: Path) -> People:
        return self.below(unit, self.blocks)

    def finer_set_of(self, unit: Path, level: str) -> People:
        """Empty where less than two thirds of the unit's people are left, or nobody."""
        people = self.below(unit, self.merged[level])
        return people if len(people) * 3 >= 2 * len(self.set_of(unit)) else frozenset()

    def same_as(self, unit: Path) -> str | None:
        children = [child for child in self.units if child and child[:-1] == unit]
        return next((" / ".join(child) for child in children if self.set_of(child) == self.set_of(unit)), None)

    # --- response (R13) ---

    def invited(self, unit: Path) -> int | None:
        if self.headcounts is None:
            return None
        return sum(count for path, count in self.headcounts.items() if path[: len(unit)] == unit)

    def tenths(self, unit: Path) -> int | None:
        invited = self.invited(unit)
        if invited is None or invited < 10:
            return None
        received = sum(person.path[: len(unit)] == unit for person in self.everybody)
        return half_up(Fraction(10 * received, invited))

    def response_in_words(self, unit: Path) -> str | None:
        tenths = self.tenths(unit)
        if tenths is None:
            return None
        words = {range(8, 11): "nearly_everyone", range(6, 8): "clear_majority", range(4, 6): "about_half"}
        return next((word for tens, word in words.items() if tenths in tens), "minority")
