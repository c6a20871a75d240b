"""The cast: fixed roles that every test may rely on.

Anna is HR advisor of Zorggroep De Linde, Mo leads its department Zorg, Nel leads Facilitair, Cas is its consultant,
Wil speaks for its works council. Ada administers the installation and is no member of anything. Otto is HR advisor
of another organisation, Bakkerij Het Kruim, and should see nothing of De Linde.
"""

from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models, transaction
from django_scopes import scope, scopes_disabled

from organisations.creating import create_organisation
from organisations.departments import ensure_departments
from organisations.models import Department, LogEntry, Membership, Organisation, Person, Role, User

PASSWORD = "een lange zin als wachtwoord"
PATHS = ("Zorg / Wijkteam Oost", "Zorg / Nachtdienst", "Facilitair / Keuken")
OPENS, CLOSES = date(2026, 1, 1), date(2099, 12, 31)
Rows = list[tuple[type[models.Model], list[Any]]]


@dataclass(frozen=True)
class Cast:
    organisation: Organisation
    departments: dict[str, Department]
    anna: User
    mo: User
    nel: User
    cas: User
    wil: User
    ada: User
    otto: User
    other_organisation: Organisation

    @property
    def everybody(self) -> dict[str, User | None]:
        """By part, nobody (not logged in) included."""
        return {
            "hr_advisor": self.anna,
            "manager": self.mo,
            "other_manager": self.nel,
            "consultant": self.cas,
            "works_council": self.wil,
            "administrator": self.ada,
            "outsider": self.otto,
            "nobody": None,
        }


def make_cast() -> Cast:
    organisation = create_organisation("Zorggroep De Linde")
    other = create_organisation("Bakkerij Het Kruim")
    with scope(organisation=organisation):
        departments = ensure_departments(organisation, PATHS)
    cast = Cast(
        organisation,
        departments,
        anna=member("anna", organisation, Role.HR_ADVISOR),
        mo=member("mo", organisation, Role.MANAGER, departments["zorg"]),
        nel=member("nel", organisation, Role.MANAGER, departments["facilitair"]),
        cas=member("cas", organisation, Role.CONSULTANT),
        wil=member("wil", organisation, Role.WORKS_COUNCIL),
        ada=User.objects.create_user("ada@example.test", name="Ada", is_administrator=True),
        otto=member("otto", other, Role.HR_ADVISOR),
        other_organisation=other,
    )
    with scope(organisation=other):
        ensure_departments(other, PATHS)
    return cast


def cast_again() -> Cast:
    """The cast as `make_cast` made it the first time in this process: the same rows, stored at once.

    Making it takes sixty queries, and most tests begin with it.
    """
    cast, rows = deepcopy(_cast_and_rows())
    for model, some in rows:
        model._base_manager.bulk_create(some)
    return cast


_made: list[tuple[Cast, Rows]] = []


def _cast_and_rows() -> tuple[Cast, Rows]:
    if not _made:
        with transaction.atomic():
            cast = make_cast()
            _made.append((cast, _rows_of(cast)))
            transaction.set_rollback(True)
    return _made[0]


def _rows_of(cast: Cast) -> Rows:
    """In an order in which each finds what it needs."""
    organisations = [cast.organisation, cast.other_organisation]
    memberships = list(Membership.objects.filter(organisation__in=organisations))
    with scopes_disabled():
        departments = list(Department.objects.filter(organisation__in=organisations).order_by("path"))
    leads = Membership.departments.through._base_manager.filter(membership__in=memberships)
    return [
        (Organisation, organisations),
        (User, [user for user in cast.everybody.values() if user]),
        (Department, departments),
        (Membership, memberships),
        (Membership.departments.through, list(leads)),
    ]


def member(name: str, organisation: Organisation, role: Role, department: Department | None = None) -> User:
    # No password: tests log in without one, and hashing costs a quarter of a second each.
    user = User.objects.create_user(f"{name}@example.test", name=name.capitalize())
    membership = Membership.objects.create(organisation=organisation, user=user, role=role)
    if department:
        with scopes_disabled():
            membership.departments.add(department)
    return user


def come_in(user: User, organisation: Organisation) -> None:
    """As if this user had logged in there once."""
    LogEntry._base_manager.create(organisation=organisation, user=user, action="login")


def add_people(department: Department, count: int, *, leaders: int = 0) -> list[Person]:
    """`count` people on the staff list of this department, the first `leaders` of them its leaders."""
    start = Person.objects.count()
    people = [
        Person(
            organisation_id=department.organisation_id,
            department=department,
            number=str(start + index),
            given_name=f"Mens {start + index}",
            email=f"mens{start + index}@example.test",
            is_leader=index < leaders,
        )
        for index in range(count)
    ]
    return Person.objects.bulk_create(people)
