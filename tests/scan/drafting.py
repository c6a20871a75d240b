"""A round in preparation with everything filled in, in an organisation where people are reached in every way."""

from datetime import date, timedelta

from organisations.models import Person
from scan.models import Plan, Round
from scan.preparing.days import default_reminders
from scan.rounds import create_round
from tests.cast import Cast, add_people

EAST, NIGHT, KITCHEN = "zorg / wijkteam oost", "zorg / nachtdienst", "facilitair / keuken"
OPENS = date(2098, 3, 3)
CLOSES = OPENS + timedelta(days=21)
RESULTS = CLOSES + timedelta(days=21)


def staff(cast: Cast) -> None:
    """Oost: 5 people, 2 of them without an address. Nacht: 4 people. Both have a leader without an address."""
    east = add_people(cast.departments[EAST], 6, leaders=1)
    night = add_people(cast.departments[NIGHT], 5, leaders=1)
    without = [*east[:3], night[0]]
    Person.objects.filter(pk__in=[person.pk for person in without]).update(email="")
    add_people(cast.departments[KITCHEN], 3)


def ready_draft(cast: Cast, title: str = "Leerscan 2098", **fields: object) -> Round:
    """Nothing stands in the way of launching it but people. Call it inside the organisation's scope."""
    settings: dict[str, object] = {
        "contact": "Anna, 2210",
        "privacy_officer": "Iris",
        "remark_reader": "Anna",
        "results_on": RESULTS,
        "results_how": "In de kantine.",
    }
    round_ = create_round(cast.organisation, title, OPENS, CLOSES, **settings | fields)
    Plan.objects.create(round=round_, reminders=default_reminders(OPENS, CLOSES))
    return round_


def address(round_: Round, rest: str = "") -> str:
    return f"/o/{round_.organisation.slug}/r/{round_.slug}/{rest}"
