"""Read a staff list as the HR system of the samples exports it.

Issue B widens this to other systems, with a mapping on screen and a dry run; the people it makes stay the same.
"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from organisations.departments import ensure_departments
from organisations.models import Organisation, Person
from organisations.names import path_key

BATCH = 500


@dataclass(frozen=True)
class StaffRow:
    number: str
    given_name: str
    infix: str
    family_name: str
    email: str
    path: str
    is_leader: bool
    language: str


def read_staff_list(file: Path) -> list[StaffRow]:
    """Semicolons, Windows-1252, the columns of samples/staff-list.csv."""
    with file.open(encoding="cp1252", newline="") as lines:
        return [
            StaffRow(
                number=row["Medewerkernummer"],
                given_name=row["Roepnaam"],
                infix=row["Tussenvoegsel"],
                family_name=row["Achternaam"],
                email=row["E-mail werk"].lower(),
                path=row["Afdeling"],
                is_leader=row["Leidinggevende (J/N)"] == "J",
                language=row["Taal"],
            )
            for row in csv.DictReader(lines, delimiter=";")
        ]


def add_staff(organisation: Organisation, rows: Iterable[StaffRow]) -> int:
    """Put people on the staff list, with the departments that they name. Call it in a transaction and a scope."""
    rows = list(rows)
    departments = ensure_departments(organisation, sorted({row.path for row in rows}))
    people = [
        Person(
            organisation=organisation,
            department=departments[path_key(row.path)],
            number=row.number,
            given_name=row.given_name,
            infix=row.infix,
            family_name=row.family_name,
            email=row.email,
            is_leader=row.is_leader,
            language=row.language,
        )
        for row in rows
    ]
    return len(Person.objects.bulk_create(people, batch_size=BATCH))
