"""Who takes part in a round in preparation, in which unit, and how they are reached.

The forecast and the launch both read it here, so that what was foreseen is what is asked.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID

from organisations.models import Department, Person
from organisations.names import MAX_NAME, MAX_PATH, join_path, path_key, split_path
from scan.models import LeftOut, LeftOutDepartment, PlannedJoin, PlannedOpenLink, Round

JOINED_BY = " + "
FEW_CODES = 4
MOST_EXPECTED = 5000


def most_expected(staff: int) -> int:
    """For an open link, of a department with so many people on the staff list.

    More than there are would leave room for double answers that nothing notices (R18). Only where the list knows
    nobody, such as volunteers, the HR adviser says how many there are.
    """
    return staff or MOST_EXPECTED


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
    def leader_count(self) -> int:
        return len(self.leaders)

    @property
    def most_expected(self) -> int:
        """How many can be expected to answer by an open link, at most."""
        return most_expected(len(self.staff))

    @property
    def mailed(self) -> list[Person]:
        return [] if self.has_open_link else [person for person in self.staff if person.email]

    @property
    def coded(self) -> list[Person]:
        """People without an address: they get a code on paper."""
        return [] if self.has_open_link else [person for person in self.staff if not person.email]


@dataclass(frozen=True)
class EndedJoin:
    """Two departments that were to form one group, and cannot any more: one was moved, or does not take part."""

    department: Department
    into: Department


@dataclass(frozen=True)
class Alone:
    """Somebody who would be the only one with a code in a group: that code is this person's (R18)."""

    unit: PlannedUnit
    person: Person
    is_leader: bool


@dataclass(frozen=True)
class Participation:
    """The units of a round in preparation, parents before children."""

    units: tuple[PlannedUnit, ...]
    ended_joins: tuple[EndedJoin, ...] = ()

    @cached_property
    def total(self) -> int:
        return sum(unit.staff_count + len(unit.leaders) for unit in self.units)

    @cached_property
    def mail_count(self) -> int:
        leaders = sum(bool(person.email) for unit in self.units for person in unit.leaders)
        return leaders + sum(len(unit.mailed) for unit in self.units)

    def few_codes(self) -> list[tuple[PlannedUnit, bool]]:
        """Groups, and whether they are the leaders, in which two to four people get a code.

        Whoever tries those codes sees how many were used.
        """
        return [(unit, is_leaders) for unit, is_leaders, coded in self._coded() if 2 <= len(coded) <= FEW_CODES]

    def alone_with_a_code(self) -> list[Alone]:
        return [Alone(unit, coded[0], is_leaders) for unit, is_leaders, coded in self._coded() if len(coded) == 1]

    def _coded(self) -> Iterator[tuple[PlannedUnit, bool, list[Person]]]:
        for unit in self.units:
            yield unit, False, unit.coded
            yield unit, True, [person for person in unit.leaders if not person.email]

    def names_twice(self) -> list[PlannedUnit]:
        """Units that stand beside one with the same name, below departments that form one group."""
        seen: set[str] = set()
        found = []
        for unit in self.units:
            if unit.path_key in seen:
                found.append(unit)
            seen.add(unit.path_key)
        return found

    def too_deep(self) -> list[PlannedUnit]:
        """Units of which the path of names, made longer by joining, would not fit."""
        return [unit for unit in self.units if len(unit.path) > MAX_PATH or len(unit.path_key) > MAX_PATH]

    def expected_too_high(self) -> list[PlannedUnit]:
        """Units with an open link for more people than there are."""
        return [unit for unit in self.units if unit.expected is not None and unit.expected > unit.most_expected]

    @cached_property
    def code_count(self) -> int:
        leaders = sum(not person.email for unit in self.units for person in unit.leaders)
        return leaders + sum(len(unit.coded) for unit in self.units)


def participation_of(round_: Round) -> Participation:
    """Call it inside the organisation's scope."""
    departments = _taking_part(round_)
    planned = list(PlannedJoin.objects.filter(round=round_).select_related("department", "into"))
    expected = dict(PlannedOpenLink.objects.filter(round=round_).values_list("department_id", "expected"))
    units = units_of(departments, {row.department_id: row.into_id for row in planned}, expected)
    by_department = {department.pk: unit for unit in units for department in unit.departments}
    for person in _people(round_):
        unit = by_department.get(person.department_id)
        if unit is None:
            continue
        if person.is_leader:
            (unit.parent or unit).leaders.append(person)
        else:
            unit.staff.append(person)
    together = {department.pk: unit.id for unit in units for department in unit.departments}
    ended = [EndedJoin(row.department, row.into) for row in planned if together.get(row.department_id) != row.into_id]
    ended.sort(key=lambda join: join.department.path_key)
    return Participation(tuple(units), tuple(ended))


def _taking_part(round_: Round) -> list[Department]:
    """Departments in path order, without those that are left out and all below them."""
    left_out = set(LeftOutDepartment.objects.filter(round=round_).values_list("department_id", flat=True))
    departments = Department.objects.filter(organisation=round_.organisation_id, archived_on=None)
    kept: dict[UUID, Department] = {}
    for department in sorted(departments, key=lambda department: split_path(department.path_key)):
        is_below_one = department.parent_id is None or department.parent_id in kept
        if is_below_one and department.pk not in left_out:
            kept[department.pk] = department
    return list(kept.values())


def _people(round_: Round) -> list[Person]:
    left_out = LeftOut.objects.filter(round=round_).values("person_id")
    people = Person.objects.filter(organisation=round_.organisation_id, left_on=None)
    return list(people.exclude(pk__in=left_out).order_by("family_name", "given_name", "pk"))


def units_of(
    departments: Iterable[Department], joins: Mapping[UUID, UUID], expected: Mapping[UUID, int]
) -> list[PlannedUnit]:
    """`departments`: with all above them. A join counts only while both are there, side by side."""
    units: list[PlannedUnit] = []
    by_department: dict[UUID, PlannedUnit] = {}
    # Level by level: what stands below departments that form one group stands side by side too.
    for level in _levels(departments):
        for together in _groups(level, joins, by_department):
            first = together[0]
            parent = by_department[first.parent_id] if first.parent_id else None
            unit = _unit(together, parent, expected.get(first.pk))
            units.append(unit)
            by_department |= {member.pk: unit for member in together}
    return sorted(units, key=lambda unit: split_path(unit.path_key))


def _levels(departments: Iterable[Department]) -> list[list[Department]]:
    levels: dict[int, list[Department]] = {}
    for department in departments:
        levels.setdefault(len(split_path(department.path)), []).append(department)
    return [levels[depth] for depth in sorted(levels)]


def _groups(
    level: Iterable[Department], joins: Mapping[UUID, UUID], above: Mapping[UUID, PlannedUnit]
) -> list[tuple[Department, ...]]:
    """Departments of one level by who answers together, in each the one that the others are joined into first."""
    place = {department.pk: above[department.parent_id].id for department in level if department.parent_id}
    groups: dict[UUID, list[Department]] = {}
    for department in level:
        into = joins.get(department.pk, department.pk)
        counts = into not in joins and into in place and place[into] == place.get(department.pk)
        groups.setdefault(into if counts else department.pk, []).append(department)
    return [_first_of_all(pk, group) for pk, group in groups.items()]


def _first_of_all(pk: UUID, group: list[Department]) -> tuple[Department, ...]:
    return tuple(sorted(group, key=lambda member: member.pk != pk))


def _unit(departments: tuple[Department, ...], parent: PlannedUnit | None, expected: int | None) -> PlannedUnit:
    name = joined_name([department.name for department in departments])
    path = "" if parent is None else join_path((*split_path(parent.path), name))
    return PlannedUnit(departments, parent, name, path, expected)


def joined_name(names: Iterable[str]) -> str:
    name = JOINED_BY.join(names)
    return name if len(name) <= MAX_NAME else name[: MAX_NAME - 1] + "…"
