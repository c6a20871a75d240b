"""A round in which people are reached in three ways: by mail, by a code on paper, and by an open link."""

from django.test import Client

from organisations.models import Person
from scan.links.codes import ON_PAPER
from scan.models import Invitation, OpenLink, PlannedOpenLink, Round
from scan.rounds import create_round, launch
from tests.cast import CLOSES, OPENS, Cast, add_people

MAIL, CODES, LINK = "zorg / wijkteam oost", "zorg / nachtdienst", "facilitair / keuken"


def round_with_every_way(cast: Cast, *, mailed: int = 6, coded: int = 11, expected: int = 10) -> Round:
    """Call it inside the organisation's scope."""
    add_people(cast.departments[MAIL], mailed)
    without_mail = add_people(cast.departments[CODES], coded)
    Person.objects.filter(pk__in=[person.pk for person in without_mail]).update(email="")
    add_people(cast.departments[LINK], expected)
    round_ = create_round(
        cast.organisation, "Leerscan nu", OPENS, CLOSES, contact="Anna, 2210", results_how="In de kantine."
    )
    if expected:
        PlannedOpenLink.objects.create(round=round_, department=cast.departments[LINK], expected=expected)
    launch(round_)
    return Round.objects.select_related("organisation", "version").get(pk=round_.pk)


def open_link_of(round_: Round) -> OpenLink:
    return OpenLink.objects.select_related("unit__round__organisation", "unit__parent").get(unit__round=round_)


def with_codes(round_: Round) -> list[Invitation]:
    """Who has a code on paper."""
    return list(Invitation.objects.filter(ON_PAPER, round=round_))


def started(round_: Round) -> list[Invitation]:
    """Who began by the open link."""
    return list(Invitation.objects.filter(round=round_, came_by_open_link=True))


def from_address(client: Client, address: str) -> Client:
    client.defaults["REMOTE_ADDR"] = address
    return client
