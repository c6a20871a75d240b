"""The page on which departments and people are chosen for a round: its rows, and what its form sends."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext as _

from organisations.commands import InputError
from organisations.models import Department, Person
from organisations.names import split_path
from scan.models import LeftOut, LeftOutDepartment, PlannedOpenLink, Round
from scan.preparing.participation import Participation, participation_of

FOUND = 20
MOST_DIGITS = 6


@dataclass(frozen=True)
class DepartmentRow:
    id: UUID
    name: str
    path: str
    depth: int
    takes_part: bool
    staff: int
    without_address: int
    leaders: int
    """Leaders on the list of this department itself; they answer one level up."""
    has_open_link: bool
    expected: str
    """As it stands in the form: what was chosen or typed, else how many there are."""
    joined_with: str
    is_left_out_above: bool
    """It was chosen itself, but a department above it does not take part."""


@dataclass(frozen=True)
class Choice:
    taking_part: frozenset[UUID]
    open_links: dict[UUID, int]


@dataclass(frozen=True)
class _InForm:
    """What stands in the form beside one department."""

    takes_part: bool
    has_open_link: bool
    expected: str


def department_rows(round_: Round, participation: Participation, typed: QueryDict | None = None) -> list[DepartmentRow]:
    """`typed`: what was sent and not saved; it stands there again."""
    left_out = set(LeftOutDepartment.objects.filter(round=round_).values_list("department_id", flat=True))
    expected = dict(PlannedOpenLink.objects.filter(round=round_).values_list("department_id", "expected"))
    people: dict[UUID, list[Person]] = {}
    absent = LeftOut.objects.filter(round=round_).values("person_id")
    for person in Person.objects.filter(organisation=round_.organisation_id, left_on=None).exclude(pk__in=absent):
        people.setdefault(person.department_id, []).append(person)
    together = {
        department.pk: unit.name
        for unit in participation.units
        if len(unit.departments) > 1
        for department in unit.departments
    }
    asked = {department.pk for unit in participation.units for department in unit.departments}
    departments = Department.objects.filter(organisation=round_.organisation_id, archived_on=None)
    staff = {pk: sum(not person.is_leader for person in found) for pk, found in people.items()}

    def in_form(department: Department) -> _InForm:
        if typed is not None:
            return _typed(department, typed)
        number = expected.get(department.pk, staff.get(department.pk)) or ""
        return _InForm(department.pk not in left_out, department.pk in expected, str(number))

    rows = [
        (department, in_form(department))
        for department in sorted(departments, key=lambda department: split_path(department.path_key))
    ]
    return [
        DepartmentRow(
            id=department.pk,
            name=department.name,
            path=department.path,
            depth=len(split_path(department.path)),
            takes_part=form.takes_part,
            staff=staff.get(department.pk, 0),
            without_address=sum(not person.email for person in people.get(department.pk, [])),
            leaders=sum(person.is_leader for person in people.get(department.pk, [])),
            has_open_link=form.has_open_link,
            expected=form.expected,
            joined_with=together.get(department.pk, ""),
            is_left_out_above=form.takes_part and department.pk not in left_out and department.pk not in asked,
        )
        for department, form in rows
    ]


def _typed(department: Department, data: QueryDict) -> _InForm:
    return _InForm(
        takes_part=f"part-{department.pk}" in data or department.parent_id is None,
        has_open_link=data.get(f"way-{department.pk}") == "open",
        expected=data.get(f"expected-{department.pk}", ""),
    )


def left_out_people(round_: Round) -> Sequence[Person]:
    rows = LeftOut.objects.filter(round=round_).select_related("person__department")
    return sorted((row.person for row in rows), key=lambda person: (person.family_name, person.given_name))


def people_named(round_: Round, search: str) -> list[Person]:
    """The first people whose name, number or address holds every word of the search."""
    people = Person.objects.filter(organisation=round_.organisation_id, left_on=None).select_related("department")
    for word in search.split()[:5]:
        people = people.filter(
            Q(given_name__icontains=word)
            | Q(infix__icontains=word)
            | Q(family_name__icontains=word)
            | Q(number__iexact=word)
            | Q(email__icontains=word)
        )
    return list(people.order_by("family_name", "given_name", "pk")[:FOUND])


def read_choice(round_: Round, data: QueryDict) -> Choice:
    """What the form says. Raises InputError on a headcount that is no number."""
    departments = Department.objects.filter(organisation=round_.organisation_id, archived_on=None)
    taking_part, open_links = set(), {}
    joined = {
        department.pk
        for unit in participation_of(round_).units
        if len(unit.departments) > 1
        for department in unit.departments
    }
    for department in departments:
        if f"part-{department.pk}" in data or department.parent_id is None:
            taking_part.add(department.pk)
        if data.get(f"way-{department.pk}") == "open" and department.pk not in joined:
            open_links[department.pk] = _headcount(department, data.get(f"expected-{department.pk}", ""))
    return Choice(frozenset(taking_part), open_links)


def _headcount(department: Department, text: str) -> int:
    text = text.strip()
    if not text.isdecimal() or len(text) > MOST_DIGITS or int(text) < 1:
        raise InputError(
            _("“%(name)s”: say how many people are expected to answer by the open link, as a whole number from 10.")
            % {"name": department.name or department.path}
        )
    return int(text)
