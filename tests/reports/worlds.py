"""Random rounds in memory: trees, headcounts, leaders, open links, answers with gaps; and what is released of them.

Hypothesis draws the shape and a seed; the answers follow from the seed, so that a case is small to draw and to shrink.
"""

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.vendor.pretty import RepresentationPrinter

from measurement.disclosure import Group, Partition
from questionnaires.loading import load_questionnaire
from questionnaires.scales import scales_of
from reports.figures import Figures
from reports.inputs import Row, gather, input_of
from reports.release import contents_of
from scan.models import Unit
from scan.tree import Tree
from tests.measurement.people import plainly_filled

QUESTIONNAIRE = load_questionnaire("leerscan", 1)
SCALES = scales_of(QUESTIONNAIRE)
People = frozenset[UUID]
COUNTS_FROM = 30


@dataclass(frozen=True)
class World:
    """A round with its answers. `rows`: id, unit, answers, obstacles, as the ballot box gives them."""

    k: int
    tree: Tree
    rows: tuple[Row, ...]

    def __repr__(self) -> str:
        """Short: a failing case is found again by its seed."""
        groups = {
            f"{self.tree.units[UUID(one.node)].path} {one.is_leaders}": len(found) for one, found in self.groups.items()
        }
        return f"<World k={self.k} {groups}>"

    def _repr_pretty_(self, printer: RepresentationPrinter, _is_cycle: bool) -> None:
        """Hypothesis would write out every answer, and warn that it is much."""
        printer.text(repr(self))

    @cached_property
    def figures(self) -> Figures:
        return Figures(input_of(self.k, self.tree, QUESTIONNAIRE, gather(self.rows, len(QUESTIONNAIRE.items))))

    @cached_property
    def contents(self) -> Mapping[str, dict[str, Any] | None]:
        """By unit id, as a release freezes them."""
        return contents_of(self.tree, self.figures)

    @cached_property
    def shown(self) -> dict[str, dict[str, Any]]:
        return {unit: content for unit, content in self.contents.items() if content is not None}

    @cached_property
    def filled(self) -> dict[UUID, list[int]]:
        """The answers of everybody who counts, missing ones filled in, by the plain rules of tests/measurement."""
        return {row[0]: plainly_filled(list(row[2]), SCALES.disciplines) for row in self.rows if counts(row)}

    @cached_property
    def groups(self) -> dict[Group, People]:
        """Who counts, by the unit that they belong to."""
        found: dict[Group, set[UUID]] = {}
        for row in self.rows:
            if counts(row):
                unit = self.tree.units[row[1]]
                is_leaders = unit.kind == Unit.Kind.LEADERS
                group = Group(str(unit.parent_id if is_leaders else unit.pk), is_leaders=is_leaders)
                found.setdefault(group, set()).add(row[0])
        return {group: frozenset(people) for group, people in found.items()}

    def people_in(self, partition: Partition, unit: str) -> People:
        """Everybody in the figures of a unit."""
        blocks = [partition.blocks[index] for index in partition.sets[unit]]
        return everybody(self.groups[group] for block in blocks for group in block.groups)

    @cached_property
    def blocks(self) -> list[People]:
        return [everybody(self.groups[group] for group in block.groups) for block in self.figures.partition.blocks]

    @property
    def all_people(self) -> People:
        """The root's set."""
        return everybody(self.blocks)

    def below(self, unit: str) -> set[str]:
        """The unit and everything under it."""
        found = {unit}
        for one in self.tree.departments:  # parents come first
            if str(one.parent_id) in found:
                found.add(str(one.pk))
        return found

    def with_rows(self, rows: Iterable[Row]) -> "World":
        return replace(self, rows=tuple(rows))


def everybody(sets: Iterable[People]) -> People:
    return frozenset().union(*sets)


def counts(row: Row) -> bool:
    return sum(1 <= answer <= 5 for answer in row[2]) >= COUNTS_FROM


@dataclass(frozen=True)
class Shape:
    """Of one unit: how many of each kind answered."""

    parent: int
    staff: int
    leaders: int
    blanks: int
    """Who answered fewer than 30 questions."""
    is_open: bool
    is_overfull: bool
    spare: int
    """People who were invited and did not answer."""


shapes = st.builds(
    Shape,
    parent=st.integers(0, 100),
    staff=st.one_of(st.integers(0, 12), st.integers(13, 26)),
    leaders=st.sampled_from((0, 0, 0, 1, 2, 5, 6)),
    blanks=st.sampled_from((0, 0, 1, 2)),
    is_open=st.sampled_from((False, False, False, True)),
    is_overfull=st.sampled_from((False, False, True)),
    spare=st.integers(0, 12),
)
thresholds = st.sampled_from((5, 5, 5, 6, 8, 10, 20))


@st.composite
def worlds(draw: st.DrawFn, max_units: int = 9) -> World:
    found = draw(st.lists(shapes, min_size=1, max_size=max_units))
    chance = random.Random(draw(st.integers(0, 2**32)))  # noqa: S311 -- Hypothesis chooses the seed
    return build(draw(thresholds), found, chance, knows_headcounts=draw(st.booleans()))


def build(k: int, found: list[Shape], chance: random.Random, *, knows_headcounts: bool) -> World:
    units: list[Unit] = []
    leaves: list[Unit] = []
    rows: list[Row] = []
    for number, shape in enumerate(found):
        parent = units[shape.parent % number] if number else None
        name = f"u{number}"
        path = "" if parent is None else f"{parent.path} / {name}" if parent.path else name
        received = shape.staff + shape.blanks
        unit = Unit(id=new_id(chance), parent=parent, name=name, path=path, path_key=path, has_open_link=shape.is_open)
        unit.invited = received + shape.spare if knows_headcounts else None
        if shape.is_open:
            unit.expected = max(0, received - 1) if shape.is_overfull else received + shape.spare
        units.append(unit)
        rows += _rows(unit, shape.staff, chance)
        rows += [(new_id(chance), unit.pk, blank(chance), 0) for _person in range(shape.blanks)]
        if shape.leaders:
            leaf = Unit(id=new_id(chance), parent=unit, name="leaders", kind=Unit.Kind.LEADERS)
            leaf.invited = shape.leaders if knows_headcounts else None
            leaves.append(leaf)
            rows += _rows(leaf, shape.leaders, chance)
    return World(k, Tree({unit.pk: unit for unit in [*units, *leaves]}), tuple(rows))


def _rows(unit: Unit, count: int, chance: random.Random) -> list[Row]:
    """One team in five is of one mind, at an end of the scale or in the middle of it."""
    middle = chance.choice((None, None, None, None, (1, 1, 2), (4, 5, 5), (5,), (3, 4)))
    return [(new_id(chance), unit.pk, answers(chance, middle), chance.randrange(1 << 9)) for _person in range(count)]


def answers(chance: random.Random, likely: tuple[int, ...] | None = None) -> bytes:
    """Of somebody who counts: at most ten questions are left open."""
    given = chance.choices(likely or range(1, 6), k=40)
    for position in chance.sample(range(40), chance.choice((0, 0, 1, 3, 10))):
        given[position] = chance.choice((0, 9))
    return bytes(given)


def blank(chance: random.Random) -> bytes:
    """Of somebody who does not: at least eleven are left open."""
    given = chance.choices(range(1, 6), k=40)
    for position in chance.sample(range(40), 11):
        given[position] = chance.choice((0, 9))
    return bytes(given)


def with_other_answers(world: World, chance: random.Random) -> World:
    """Of everybody who counts nowhere."""
    counting = world.all_people
    return world.with_rows(
        row if row[0] in counting else (row[0], row[1], answers(chance) if counts(row) else blank(chance), 0)
        for row in world.rows
    )


def swapped(world: World, chance: random.Random) -> World:
    """Whole responses change hands within each block."""
    rows = {row[0]: row for row in world.rows}
    for block in world.blocks:
        people = sorted(block)
        others = chance.sample(people, len(people))
        given = {one: rows[other] for one, other in zip(people, others, strict=True)}
        rows |= {one: (one, rows[one][1], row[2], row[3]) for one, row in given.items()}
    return world.with_rows(rows.values())


def new_id(chance: random.Random) -> UUID:
    return UUID(int=chance.getrandbits(128), version=4)
