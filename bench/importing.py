"""A staff list of 20,000 people, as an HR system writes it, against bulk_create of the same rows; on both databases.

As the HR adviser waits for it (the job that reads the file, and the one that applies it), and as the command does it.
"""

import csv
import io
import os
import random
import tempfile
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

from django.core.management import call_command
from django.db import transaction
from django_scopes import scope

from bench.databases import NAMES, empty_database
from jobs import running
from organisations.creating import create_organisation
from organisations.models import Department, Organisation, Person, StaffImport, User
from organisations.staff_list import importing

PEOPLE, TEAMS = 20_000, 500
IN_A_DEPARTMENT, IN_A_SECTOR = 5, 50
BATCH = 500
AT_MOST = 4
HEADINGS = ("Personeelsnummer", "Roepnaam", "Tussenvoegsel", "Achternaam", "E-mail", "Afdeling", "Leidinggevende")
GIVEN = ("Anna", "Bram", "Cor", "Dirk", "Fatima", "Gijs", "Hanna", "Ine", "Karel", "Lot", "Mo", "Rosa", "Sam", "Zoë")
STEMS = ("Ber", "Dal", "Hof", "Kroon", "Lind", "Mole", "Noord", "Post", "Rijn", "Smit", "Veld", "Wind", "Zand")
FAMILY = [stem + end for stem in STEMS for end in ("man", "stra", "huis", "beek", "kamp", "dijk")]
INFIXES = ("", "", "van", "de")


def run(compare: Callable[..., None], people: int = PEOPLE, databases: tuple[str, ...] = NAMES) -> None:
    content = staff_list(people)
    for database in databases:
        with empty_database(database):
            _compare(compare, content, people, database)


def _compare(compare: Callable[..., None], content: bytes, people: int, database: str) -> None:
    user = User.objects.create_user("hr@example.test", name="Hanna")
    reference = _Reference(_people_of(user, content, people))
    with tempfile.TemporaryDirectory(prefix="leerscan-bench-") as folder:
        file = Path(folder) / "staff.csv"
        file.write_bytes(content)
        what = f"{people} people in {TEAMS} departments, {database}; bulk_create of the same rows"
        compare("import", lambda: _upload(user, content), reference, f"upload of {what}", at_most=AT_MOST)
        compare("import command", lambda: _command(file), reference, f"command, {what}", at_most=AT_MOST)


def staff_list(people: int) -> bytes:
    """In three levels of departments."""
    chance = random.Random(1)  # noqa: S311 -- the same list every time
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADINGS)
    for number in range(people):
        team = number % TEAMS
        path = f"Sector {team // IN_A_SECTOR} / Afdeling {team // IN_A_DEPARTMENT} / Team {team}"
        names = chance.choice(GIVEN), chance.choice(INFIXES), chance.choice(FAMILY)
        is_leader = "ja" if number < TEAMS else "nee"
        writer.writerow([100_000 + number, *names, f"medewerker{number}@zorg.example", path, is_leader])
    return out.getvalue().encode("utf-8-sig")


def _upload(user: User, content: bytes) -> Organisation:
    """What somebody waits for, in the time of the jobs alone: the worker picks them up within a second."""
    organisation = _new_organisation()
    with scope(organisation=organisation):
        uploaded = StaffImport.objects.create(
            organisation=organisation, user=user, file_name="staff.csv", content=content
        )
        running.run_here(importing.READ, str(uploaded.pk))
        uploaded.refresh_from_db()
        updated = StaffImport.objects.filter(pk=uploaded.pk, state=StaffImport.State.READ)
        if not updated.update(state=StaffImport.State.APPLYING):
            raise RuntimeError(f"the upload is {uploaded.state}")
        running.run_here(importing.APPLY, str(uploaded.pk))
        uploaded.refresh_from_db()
        if uploaded.state != StaffImport.State.APPLIED:
            raise RuntimeError(f"the upload is {uploaded.state}")
    return organisation


def _command(file: Path) -> None:
    organisation = _new_organisation()
    with open(os.devnull, "w", encoding="utf-8") as nowhere:  # noqa: PTH123 -- no path
        call_command("import_people", organisation.slug, str(file), stdout=nowhere)


class _Reference:
    """The people that the product made of this file, once more, in another organisation."""

    def __init__(self, people: list[Person]) -> None:
        self._people = people

    def __call__(self) -> None:
        organisation = _new_organisation()
        for person in self._people:
            person.pk, person.organisation = uuid4(), organisation
        with scope(organisation=organisation), transaction.atomic():
            Person.objects.bulk_create(self._people, batch_size=BATCH)


def _people_of(user: User, content: bytes, people: int) -> list[Person]:
    organisation = _upload(user, content)
    with scope(organisation=organisation):
        made = list(Person.objects.all())
        departments = Department.objects.count()
    if len(made) != people or departments <= TEAMS:
        raise RuntimeError(f"{len(made)} of {people} people were stored, in {departments} departments")
    return made


def _new_organisation() -> Organisation:
    """Each run has its own, so that every person is new."""
    return create_organisation(f"Zorggroep {Organisation.objects.count()}")
