"""What tests about asking share: a launched round, its participants, and a look into the ballot box."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models.expressions import RawSQL

from scan.models import Invitation, Response, Round
from scan.participants import Participant, find_participant
from scan.rounds import create_round, launch
from scan.tokens import token_of
from tests.cast import CLOSES, OPENS, Cast, add_people
from tests.conftest import only_the_ballot_box

ITEM_IDS = tuple(f"q{number:02d}" for number in range(1, 41))
ALL_AGREE = dict.fromkeys(ITEM_IDS, 4)


@dataclass(frozen=True)
class StoredResponse:
    id: UUID
    unit_id: UUID
    answers: bytes
    obstacles: int
    remark: str


@contextmanager
def guard_away() -> Iterator[None]:
    """The tests' own key to the ballot box: nothing in the product can do this."""
    connection.ensure_connection()
    connection.execute_wrappers.remove(only_the_ballot_box)
    try:
        yield
    finally:
        connection.execute_wrappers.append(only_the_ballot_box)


def stored_responses(round_: Round) -> list[StoredResponse]:
    """All responses of a round, in the order in which the database keeps them."""
    place = "scan_response.rowid" if connection.vendor == "sqlite" else "scan_response.ctid"
    rows = Response.objects.filter(round=round_).order_by(RawSQL(place, ()))  # noqa: S611 -- no input in it
    with guard_away():
        return [StoredResponse(row.id, row.unit_id, bytes(row.answers), row.obstacles, row.remark) for row in rows]


def new_round(cast: Cast, opens_on: date = OPENS, closes_on: date = CLOSES, **fields: Any) -> Round:
    return create_round(cast.organisation, "Voorjaar", opens_on, closes_on, remark_reader="Anna", **fields)


def launched_round(
    cast: Cast, people: int = 6, opens_on: date = OPENS, closes_on: date = CLOSES, **fields: Any
) -> Round:
    """An open round, with this many people in Zorg / Wijkteam Oost. Call it inside a scope."""
    add_people(cast.departments["zorg / wijkteam oost"], people)
    round_ = new_round(cast, opens_on, closes_on, **fields)
    launch(round_)
    return Round.objects.select_related("organisation", "version").get(pk=round_.pk)


def first_invitation(round_: Round) -> Invitation:
    invitation = Invitation.objects.filter(round=round_).first()
    assert invitation is not None
    return invitation


def participant_of(invitation: Invitation) -> Participant:
    return find_participant(token_of(invitation.pk))
