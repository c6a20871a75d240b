"""A second computation of a release, by another hand: csv, tomllib and plain Python, nothing of ours.

It follows measurement.md sections 1, 5 and 8 and is written to be read beside them, not to be fast.
"""

import csv
import io
import math
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from pathlib import Path as File
from typing import Any

Path = tuple[str, ...]
People = frozenset[int]

K = 5
LEVELS = {"bands": 8, "items": 20}
ITEMS_FILE = File(__file__).resolve().parents[2] / "questionnaires" / "data" / "leerscan" / "1" / "items.toml"


def scales() -> dict[str, list[str]]:
    """{code of a score: its items}, from the questionnaire's data."""
    entries = tomllib.loads(ITEMS_FILE.read_text(encoding="utf-8"))["item"]
    found: dict[str, list[str]] = {"total": [entry["id"] for entry in entries]}
    for entry in entries:
        for code in (entry["discipline"], entry["area"], *(f"step{number}" for number in entry["steps"])):
            found.setdefault(code, []).append(entry["id"])
    return found


SCALES = scales()
ITEMS = SCALES["total"]
DISCIPLINES = ("SV", "MM", "PM", "TL", "ST")


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

    @cached_property
    def filled(self) -> dict[str, int]:
        return fill_in(self.real)


@dataclass(frozen=True)
class RoundOnPaper:
    """A round as its file has it; `headcounts` of each unit itself, where they are known."""

    everybody: tuple[Person, ...]
    headcounts: Mapping[Path, int] | None

    @classmethod
    def from_text(cls, text: str, headcounts: Mapping[str, int] | None = None) -> "RoundOnPaper":
        people = tuple(
            Person(
                tuple(row["unit"].split(" / ")),
                {item: int(row[item]) for item in ITEMS if row[item] in {"1", "2", "3", "4", "5"}},
            )
            for row in csv.DictReader(io.StringIO(text))
        )
        own = {tuple(path.split(" / ")): count for path, count in headcounts.items()} if headcounts else None
        return cls(people, own)

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

    # --- sets (section 8) ---

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
        return self.gather(((person.path, frozenset({n})) for n, person in enumerate(self.people)), K)

    @cached_property
    def merged(self) -> dict[str, list[tuple[Path, People]]]:
        return {level: self.gather(self.blocks, max(K, threshold)) for level, threshold in LEVELS.items()}

    @staticmethod
    def below(unit: Path, blocks: list[tuple[Path, People]]) -> People:
        """T(v): everybody in the blocks formed at the unit or anywhere under it."""
        return frozenset().union(*(people for path, people in blocks if path[: len(unit)] == unit))

    # --- figures (section 1) ---

    def exact(self, people: People, items: Iterable[str]) -> Fraction:
        """Mean per person of y = (x - 1) / 4 * 100, then over the people."""
        wanted = list(items)
        own = [Fraction(sum((self.people[n].filled[item] - 1) * 25 for item in wanted), len(wanted)) for n in people]
        return sum(own, Fraction(0)) / len(own)

    def items(self, people: People) -> dict[str, Fraction]:
        """Items that at least 75% really answered."""
        return {
            item: self.exact(people, [item])
            for item in ITEMS
            if sum(item in self.people[n].real for n in people) * 4 >= 3 * len(people)
        }

    @staticmethod
    def printed(value: Fraction) -> tuple[int, str]:
        points = half_up(value)
        if points > 95:
            return 95, "at_least"
        return (5, "at_most") if points < 5 else (points, "exact")

    @staticmethod
    def named(items: Mapping[str, Fraction]) -> dict[str, list[str]]:
        """Up to three, whoever shares the place after them left out."""
        if len(items) < 4:
            return {"highest": [], "lowest": []}
        values = sorted(items.values())
        fourth_lowest, fourth_highest = values[3], values[-4]
        highest = {item for item, value in items.items() if value > fourth_highest}
        lowest = {item for item, value in items.items() if value < fourth_lowest}
        return {
            "highest": [item for item in ITEMS if item in highest - lowest],
            "lowest": [item for item in ITEMS if item in lowest - highest],
        }

    def unit(self, unit: Path) -> dict[str, Any] | None:
        """What the release should hold of this unit; None: hidden."""
        people = self.below(unit, self.blocks)
        if not people:
            return None
        return {
            "n": len(people),
            "scores": {code: self.score(code, unit, people) for code in SCALES},
            "named": self.named(self.items(people)),
            "bands": self.finer(unit, "bands"),
            "items": self.finer(unit, "items"),
            "same_as": self.same_as(unit, people),
            **self.headcount(unit),
        }

    def finer(self, unit: Path, level: str) -> dict[str, Any] | None:
        own, people = self.below(unit, self.blocks), self.below(unit, self.merged[level])
        if len(people) * 3 < 2 * len(own) or not people:
            return None
        values = self.items(people)
        if level == "bands":
            return {
                "n": len(people),
                "values": {item: min(4, math.floor(value / 20)) for item, value in values.items()},
            }
        return {"n": len(people), "values": {item: half_up(value) for item, value in values.items()}}

    def same_as(self, unit: Path, people: People) -> str | None:
        children = [child for child in self.units if child and child[:-1] == unit]
        return next((" / ".join(child) for child in children if self.below(child, self.blocks) == people), None)

    # --- response (R13) ---

    def headcount(self, unit: Path) -> dict[str, Any]:
        invited, tenths = self.invited(unit), self.tenths(unit)
        words = {range(8, 11): "nearly_everyone", range(6, 8): "clear_majority", range(4, 6): "about_half"}
        word = None
        if tenths is not None:
            word = next((word for tens, word in words.items() if tenths in tens), "minority")
        return {"invited": invited, "response": word}

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

    # --- margins (section 5, the first error) ---

    def score(self, code: str, unit: Path, people: People) -> dict[str, Any]:
        value, kind = self.printed(self.exact(people, SCALES[code]))
        share = (self.tenths(unit) or 0) / 10
        spread, reliability, quantile = self.precision[code]
        margin = quantile * spread * math.sqrt((1 - share * reliability) / len(people))
        return {
            "value": value,
            "kind": kind,
            "low": max(0, round(value - margin)),
            "high": min(100, round(value + margin)),
        }

    @cached_property
    def precision(self) -> dict[str, tuple[float, float, float]]:
        """{code: (pooled SD within blocks, Cronbach's alpha, t quantile)}, over the people in blocks."""
        inside = [n for _, people in self.blocks for n in people]
        freedom = len(inside) - len(self.blocks)
        assert len(self.blocks) >= 5, "the samples have enough blocks"
        assert len(inside) >= 50, "the samples have enough answers"
        quantile = t_quantile(0.975, freedom)
        found = {}
        for code, items in SCALES.items():
            squares = 0.0
            for _, people in self.blocks:
                own = [float(self.exact(frozenset({n}), items)) for n in people]
                mean = sum(own) / len(own)
                squares += sum((value - mean) ** 2 for value in own)
            found[code] = (math.sqrt(squares / freedom), self.alpha(inside, items), quantile)
        return found

    def alpha(self, inside: list[int], items: list[str]) -> float:
        def variance(values: list[int]) -> float:
            mean = sum(values) / len(values)
            return sum((value - mean) ** 2 for value in values) / (len(values) - 1)

        of_items = sum(variance([self.people[n].filled[item] for n in inside]) for item in items)
        of_sums = variance([sum(self.people[n].filled[item] for item in items) for n in inside])
        return min(1.0, max(0.0, len(items) / (len(items) - 1) * (1 - of_items / of_sums)))


def t_quantile(share: float, freedom: int) -> float:
    """Student's t by Simpson's rule and halving."""
    factor = math.exp(math.lgamma((freedom + 1) / 2) - math.lgamma(freedom / 2)) / math.sqrt(freedom * math.pi)

    def density(x: float) -> float:
        return float(factor * (1 + x * x / freedom) ** (-(freedom + 1) / 2))

    def cumulative(x: float, steps: int = 400) -> float:
        width = x / steps
        inner = sum((4 if step % 2 else 2) * density(step * width) for step in range(1, steps))
        return 0.5 + width / 3 * (density(0) + inner + density(x))

    low, high = 0.0, 20.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if cumulative(middle) < share else (low, middle)
    return (low + high) / 2
