import uuid
from datetime import UTC, date, datetime, tzinfo

import pytest

from organisations.models import Organisation
from scan.models import Invitation, Round
from scan.participants import LinkError, find_participant
from scan.tokens import token_of
from tests.cast import Cast
from tests.scan.asking import first_invitation, launched_round, participant_of

FIRST, LAST = date(2026, 3, 2), date(2026, 3, 20)


@pytest.fixture
def invitation(in_scope: Cast) -> Invitation:
    """Of a round from 2 to 20 March."""
    return first_invitation(launched_round(in_scope, opens_on=FIRST, closes_on=LAST))


def set_clock(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    class Clock:
        @staticmethod
        def now(zone: tzinfo) -> datetime:
            return moment.astimezone(zone)

    monkeypatch.setattr("scan.participants.datetime", Clock)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def test_a_link_leads_to_the_round_and_the_invitation(in_scope: Cast) -> None:
    round_ = launched_round(in_scope)
    invitation = first_invitation(round_)
    participant = participant_of(invitation)
    assert participant.invitation == invitation
    assert participant.round == round_
    assert participant.organisation == in_scope.organisation
    assert len(participant.questionnaire.items) == 40


def test_the_first_day_begins_at_midnight(monkeypatch: pytest.MonkeyPatch, invitation: Invitation) -> None:
    set_clock(monkeypatch, at("2026-03-02T00:00:00+01:00"))
    assert participant_of(invitation).invitation == invitation


def test_before_the_first_day_the_link_is_not_usable(monkeypatch: pytest.MonkeyPatch, invitation: Invitation) -> None:
    set_clock(monkeypatch, at("2026-03-01T23:59:59+01:00"))
    with pytest.raises(LinkError):
        participant_of(invitation)


def test_the_last_day_lasts_until_its_last_second(monkeypatch: pytest.MonkeyPatch, invitation: Invitation) -> None:
    set_clock(monkeypatch, at("2026-03-20T23:59:59+01:00"))
    assert participant_of(invitation).invitation == invitation


def test_after_the_last_day_the_link_is_not_usable(monkeypatch: pytest.MonkeyPatch, invitation: Invitation) -> None:
    set_clock(monkeypatch, at("2026-03-21T00:00:00+01:00"))
    with pytest.raises(LinkError):
        participant_of(invitation)


def test_the_days_are_those_of_the_organisation(monkeypatch: pytest.MonkeyPatch, invitation: Invitation) -> None:
    moment = at("2026-03-01T13:00:00+00:00")  # 2 March, 02:00 in Auckland; 1 March in Amsterdam
    set_clock(monkeypatch, moment)
    with pytest.raises(LinkError):
        participant_of(invitation)
    Organisation.objects.update(time_zone="Pacific/Auckland")
    assert participant_of(invitation).invitation == invitation


@pytest.mark.parametrize("state", [Round.State.DRAFT, Round.State.CLOSED])
def test_only_an_open_round_can_be_answered(in_scope: Cast, state: str) -> None:
    round_ = launched_round(in_scope)
    invitation = first_invitation(round_)
    Round.objects.filter(pk=round_.pk).update(state=state)
    with pytest.raises(LinkError):
        participant_of(invitation)


def test_a_genuine_link_of_an_invitation_that_is_gone_is_not_usable(in_scope: Cast) -> None:
    with pytest.raises(LinkError):
        find_participant(token_of(uuid.uuid4()))


@pytest.mark.parametrize("token", ["", "abc", "a" * 42, "é" * 42])
def test_a_malformed_link_is_not_usable(db: None, token: str) -> None:
    with pytest.raises(LinkError):
        find_participant(token)


def test_a_used_link_is_found_so_that_it_can_be_refused_kindly(in_scope: Cast) -> None:
    invitation = first_invitation(launched_round(in_scope))
    Invitation.objects.filter(pk=invitation.pk).update(used=True)
    assert participant_of(invitation).invitation.used
