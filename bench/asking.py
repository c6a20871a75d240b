"""An open round in the database of a place: `python -m bench.asking make 4000`, and how many responses it holds."""

import json
import sys
from datetime import date, timedelta
from typing import Any

import bench.set_up  # noqa: F401 -- before anything of Django

# isort: split
from django.core.management import call_command
from django_scopes import scope, scopes_disabled

from organisations.creating import create_organisation
from organisations.departments import ensure_departments
from organisations.models import Department, Organisation, Person
from questionnaires.versions import questionnaire_of
from scan import ballot_box
from scan.models import Invitation, Round
from scan.rounds import create_round, launch
from scan.tokens import token_of

DEPARTMENTS = 20
PATHS = [f"Zorg / Team {number:02d}" for number in range(1, DEPARTMENTS + 1)]


def make(people: int) -> dict[str, Any]:
    """So many people, all by mail, in twenty departments."""
    call_command("migrate", verbosity=0)
    organisation = create_organisation("Zorggroep De Linde")
    with scope(organisation=organisation):
        departments = ensure_departments(organisation, PATHS)
        places = [departments[path.lower()] for path in PATHS]
        Person.objects.bulk_create([_person(organisation, number, places) for number in range(people)], batch_size=500)
        today = date.today()  # noqa: DTZ011 -- a day before and after count too
        days = today - timedelta(days=2), today + timedelta(days=30)
        round_ = create_round(organisation, "Leerscan nu", *days, contact="Anna, 2210", remark_reader="Anna")
        launch(round_)
        tokens = [token_of(invitation.pk) for invitation in Invitation.objects.filter(round=round_)]
    questionnaire = questionnaire_of(round_.version_id)
    parts = [[item.id for item in questionnaire.items_of_part(part)] for part in range(1, 7)]
    return {"tokens": tokens, "parts": parts}


def _person(organisation: Organisation, number: int, places: list[Department]) -> Person:
    return Person(
        organisation=organisation,
        department=places[number % DEPARTMENTS],
        number=str(number),
        given_name=f"Mens {number}",
        email=f"mens{number}@example.test",
    )


def stored() -> int:
    """Read through the ballot box, which only opens for a sealed round: in the memory of this process it is one."""
    with scopes_disabled():
        round_ = Round.objects.get()
        round_.is_sealed = True
        rows = list(ballot_box.read(round_))
    if any(len(answers) != 40 for _id, _unit, answers, _bits in rows):
        raise RuntimeError("a response without forty answers")
    return len(rows)


if __name__ == "__main__":
    print(json.dumps(make(int(sys.argv[2])) if sys.argv[1] == "make" else stored()))
