"""What a report prints as invited, where people were moved: at least the questionnaires, never those received."""

import pytest

from reports.closing import close_here
from reports.models import ReleaseUnit
from scan.answering.boxes import Sheet
from scan.answering.submitting import submit
from scan.models import Invitation, Round, Unit
from scan.people.changing import move_person
from tests.cast import Cast, add_people
from tests.scan.asking import ITEM_IDS, launched_round, participant_of

NIGHT = "Zorg / Nachtdienst"


def test_a_unit_that_got_somebody_says_as_many_invited_as_answered(in_scope: Cast) -> None:
    add_people(in_scope.departments["zorg / nachtdienst"], 6)
    round_ = launched_round(in_scope, people=8)
    night = Unit.objects.get(round=round_, path=NIGHT)
    moved = Invitation.objects.filter(round=round_).exclude(unit=night).select_related("person").first()
    assert moved is not None
    assert moved.person is not None
    move_person(round_, moved.person, night, as_leader=False)
    for invitation in Invitation.objects.filter(round=round_):
        submit(participant_of(invitation), Sheet(dict.fromkeys(ITEM_IDS, 4)))
    close_here(Round.objects.select_related("organisation").get(pk=round_.pk))
    content = ReleaseUnit.objects.get(release__round=round_, unit__path=NIGHT).content
    assert content is not None
    assert (content["n"], content["invited"]) == (7, 7)


@pytest.mark.parametrize("answers", [0, 1, 2, 3])
def test_what_is_printed_says_nothing_of_a_hidden_department_below(answers: int, in_scope: Cast) -> None:
    """Twelve of the kitchen move to East, so more answer below Zorg than were invited there; Night stays hidden."""
    add_people(in_scope.departments["zorg / nachtdienst"], 3)
    add_people(in_scope.departments["facilitair / keuken"], 12)
    round_ = launched_round(in_scope, people=8)
    east = Unit.objects.get(round=round_, path="Zorg / Wijkteam Oost")
    invitations = Invitation.objects.filter(round=round_).select_related("person", "unit")
    for invitation in invitations.filter(unit__path="Facilitair / Keuken"):
        assert invitation.person is not None
        move_person(round_, invitation.person, east, as_leader=False)
    at_night = list(invitations.filter(unit__path=NIGHT))
    for invitation in [*invitations.filter(unit=east), *at_night[:answers]]:
        submit(participant_of(invitation), Sheet(dict.fromkeys(ITEM_IDS, 4)))
    close_here(Round.objects.select_related("organisation").get(pk=round_.pk))
    content = ReleaseUnit.objects.get(release__round=round_, unit__path="Zorg").content
    assert content is not None
    assert (content["n"], content["invited"], content["response"]) == (20, 20, "nearly_everyone")
