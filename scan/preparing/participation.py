"""Who takes part in a round in preparation, in which unit, and how they are reached.

The forecast and the launch both read it here, so that what was foreseen is what is asked.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID

from organisations.models import Department, Person
from organisations.names import MAX_NAME, join_path, path_key, split_path
from scan.models import LeftOut, LeftOutDepartment, PlannedJoin, PlannedOpenLink, Round

JOINED_BY = " + "
FEW_CODES = 4


@dataclass
class PlannedUnit:
    """A unit as it will be frozen: one department, or siblings that answer together."""

    departments: tuple[Department, ...]
    parent: "PlannedUnit | None"
    name: str
    path: str
    expected: int | None = None
    """With an open link: how many people are expected to answer by it."""
    staff: list[Person] = field(default_factory=list)
    leaders: list[Person] = field(default_factory=list)
    """The leaders of the units below, and of the root itself: they answer together in the leaf "leaders" (R3)."""

    @property
    def id(self) -> UUID:
        """The id of the department whose place it takes."""
        return self.departments[0].pk

    @property
    def path_key(self) -> str:
        return path_key(self.path)

    @property
    def depth(self) -> int:
        return len(split_path(self.path))

    @property
    def has_open_link(self) -> bool:
        return self.expected is not None

    @property
    def staff_count(self) -> int:
        """How many are invited to answer in this unit itself, its leaf "leaders" left aside."""
        return len(self.staff) if self.expected is None else self.expected

    @property
    def mailed(self) -> list[Person]:
        return [] if self.has_open_link else [person for person in self.staff if person.email]

    @property
    def coded(self) -> list[Person]:
        """People without an address: they get a code on paper."""
        return [] if self.has_open_link else [person for person in self.staff if not person.email]


@dataclass(frozen=True)
class Participation:
    """The units of a round in preparation, parents before children."""

    units: tuple[PlannedUnit, ...]

    @cached_property
    def total(self) -> int:
        return sum(unit.staff_count + len(unit.leaders) for unit in self.units)

    @cached_property
    def mail_count(self) -> int:
        leaders = sum(bool(person.email) for unit in self.units for person in unit.leaders)
        return leaders + sum(len(unit.mailed) for unit in self.units)

    def few_codes(self) -> list[tuple[PlannedUnit, int]]:
        """Groups in which one to four people get a code: whoever tries those codes sees how many were used."""
        counts = []
        for unit in self.units:
            leaders = sum(not person.email for person in unit.leaders)
            counts += [(unit, len(unit.coded)), (unit, leaders)]
        return [(unit, count) for unit, count in counts if 1 <= count <= FEW_CODES]

    @cached_property
    def code_count(self) -> int:
        leaders = sum(not person.email for unit in self.units for person in unit.leaders)
        return leaders + sum(len(unit.coded) for unit in self.units)


def participation_of(round_: Round) -> Participation:
    """Call it inside the organisation's scope."""
    departments = _taking_part(round_)
    joins = dict(PlannedJoin.objects.filter(round=round_).values_list("department_id", "into_id"))
    expected = dict(PlannedOpenLink.objects.filter(round=round_).values_list("department_id", "expected"))
    units = units_of(departments, joins, expected)
    by_department = {department.pk: unit for unit in units for department in unit.departments}
    for person in _people(round_):
        unit = by_department.get(person.department_id)
        if unit is None:
            continue
        if person.is_leader:
            (unit.parent or unit).leaders.append(person)
        else:
            unit.staff.append(person)
    return Participation(tuple(units))


def _taking_part(round_: Round) -> list[Department]:
    """Departments in path order, without those that are left out and all below them."""
    left_out = set(LeftOutDepartment.objects.filter(round=round_).values_list("department_id", flat=True))
    departments = Department.objects.filter(organisation=round_.organisation_id, archived_on=None)
    kept = []
    for department in sorted(departments, key=lambda department: split_path(department.path_key)):
        if department.pk in left_out or department.parent_id in left_out:
            left_out.add(department.pk)
        else:
            kept.append(department)
    return kept


def _people(round_: Round) -> list[Person]:
    left_out = LeftOut.objects.filter(round=round_).values("person_id")
    people = Person.objects.filter(organisation=round_.organisation_id, left_on=None)
    return list(people.exclude(pk__in=left_out).order_by("family_name", "given_name", "pk"))


def units_of(
    departments: Iterable[Department], joins: Mapping[UUID, UUID], expected: Mapping[UUID, int]
) -> list[PlannedUnit]:
    departments = list(departments)
    there = {department.pk for department in departments}
    # A join counts only while both take part.
    into = {joined: target for joined, target in joins.items() if joined in there and target in there}
    joined_to: dict[UUID, list[Department]] = {}
    for department in departments:
        joined_to.setdefault(into.get(department.pk, department.pk), []).append(department)
    units: list[PlannedUnit] = []
    by_department: dict[UUID, PlannedUnit] = {}
    # Level by level: a child may stand before the sibling that its parent is joined into.
    for department in sorted(departments, key=lambda department: len(split_path(department.path))):
        if department.pk in into:
            continue
        together = sorted(joined_to[department.pk], key=lambda other: other.pk != department.pk)
        parent = by_department.get(department.parent_id) if department.parent_id else None
        unit = _unit(tuple(together), parent, expected.get(department.pk))
        units.append(unit)
        by_department |= {member.pk: unit for member in together}
    return sorted(units, key=lambda unit: split_path(unit.path_key))


def _unit(departments: tuple[Department, ...], parent: PlannedUnit | None, expected: int | None) -> PlannedUnit:
    name = joined_name([department.name for department in departments])
    path = "" if parent is None else join_path((*split_path(parent.path), name))
    return PlannedUnit(departments, parent, name, path, expected)


def joined_name(names: Iterable[str]) -> str:
    name = JOINED_BY.join(names)
    return name if len(name) <= MAX_NAME else name[: MAX_NAME - 1] + "…"
