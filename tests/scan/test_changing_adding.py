"""Somebody of today's staff list is invited while the round is open."""

from collections.abc import Iterator

import pytest
from django.utils import translation

from organisations.commands import InputError
from organisations.models import LogEntry, Person
from scan.models import Invitation, Mailing, Round, Unit
from scan.people.changing import add_person
from tests.cast import Cast
from tests.scan.changes import EAST, Running, running_round


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def running(in_scope: Cast) -> Running:
    return running_round(in_scope)


def test_a_person_with_an_address_gets_an_invitation_and_a_mail(running: Running) -> None:
    fatma = running.new_person()
    unit = running.unit("Zorg / Wijkteam Oost")
    assert add_person(running.round, fatma, unit, as_leader=False, user=running.cast.anna) is True
    invitation = running.invitation(fatma)
    assert (invitation.unit, invitation.used, invitation.asked_in_id, invitation.code_hash) == (unit, False, None, None)
    assert running.mails_to() == [fatma.email]
    assert running.headcounts()["Zorg / Wijkteam Oost"] == 12
    assert running.added() == 1
    entry = LogEntry.objects.get(action="invite_person")
    assert (entry.subject, entry.user) == (f"Voorjaar: {fatma} → Zorg / Wijkteam Oost", running.cast.anna)


def test_before_the_invitations_go_out_no_mail_of_its_own_is_needed(in_scope: Cast) -> None:
    running = running_round(in_scope, is_mailed=False)
    fatma = running.new_person()
    unit = running.unit("Zorg / Wijkteam Oost")
    assert add_person(running.round, fatma, unit, as_leader=False) is False
    assert running.invitation(fatma).unit == unit
    assert running.mails_to() == []


def test_a_person_without_an_address_is_refused_for_a_code_would_tell_who_it_is(running: Running) -> None:
    piet = running.new_person()
    Person.objects.filter(pk=piet.pk).update(email="")
    before = Invitation.objects.count()
    with pytest.raises(InputError, match="Add an address"):
        add_person(running.round, piet, running.unit("Zorg / Nachtdienst"), as_leader=False)
    assert Invitation.objects.count() == before
    assert running.headcounts()["Zorg / Nachtdienst"] == 3
    assert running.added() == 0


def test_a_leader_answers_with_the_leaders_of_the_unit_above(running: Running) -> None:
    assert running.leaves() == {"Zorg": 1}
    chief = running.new_person(leaders=1)
    add_person(running.round, chief, running.unit("Zorg / Nachtdienst"), as_leader=True)
    assert running.leaves() == {"Zorg": 2}
    place = running.invitation(chief).unit
    assert place.kind == Unit.Kind.LEADERS
    assert place.parent == running.unit("Zorg")
    assert running.headcounts()["Zorg / Nachtdienst"] == 3


@pytest.mark.parametrize(("path", "above"), [("Facilitair / Keuken", "Facilitair"), ("Zorg", ""), ("", "")])
def test_the_leaf_of_leaders_is_made_when_it_is_missing(running: Running, path: str, above: str) -> None:
    """The head of the organisation answers in the root's."""
    chief = running.new_person(leaders=1)
    add_person(running.round, chief, running.unit(path), as_leader=True)
    assert running.leaves() == {"Zorg": 1, above: 1}
    assert running.invitation(chief).unit.parent == running.unit(above)


def test_who_takes_part_already_is_not_added_once_more(running: Running) -> None:
    with pytest.raises(InputError, match="takes part in this scan already"):
        add_person(running.round, running.east[3], running.unit("Zorg"), as_leader=False)
    assert running.added() == 0
    assert running.headcounts()["Zorg"] == 0


def test_a_button_pressed_twice_adds_one(running: Running) -> None:
    piet = running.new_person()
    unit = running.unit("Zorg / Nachtdienst")
    add_person(running.round, piet, unit, as_leader=False)
    with pytest.raises(InputError, match="takes part in this scan already"):
        add_person(running.round, piet, unit, as_leader=False)
    assert running.headcounts()["Zorg / Nachtdienst"] == 4
    assert Invitation.objects.filter(round=running.round).count() == 16


def test_who_has_left_is_not_added(running: Running) -> None:
    gone = running.new_person()
    Person.objects.filter(pk=gone.pk).update(left_on="2026-01-01")
    with pytest.raises(InputError, match="has left"):
        add_person(running.round, gone, running.unit("Zorg"), as_leader=False)


@pytest.mark.parametrize("state", [Round.State.CLOSED, Round.State.DRAFT])
def test_a_round_that_is_not_open_takes_nobody(running: Running, state: Round.State) -> None:
    fatma = running.new_person()
    Round.objects.filter(pk=running.round.pk).update(state=state)
    with pytest.raises(InputError, match="not open"):
        add_person(running.round, fatma, running.unit("Zorg"), as_leader=True)
    assert not Invitation.objects.filter(person=fatma).exists()
    assert running.leaves() == {"Zorg": 1}
    assert not Mailing.objects.filter(kind=Mailing.Kind.SINGLE).exists()
    assert running.added() == 0


def test_a_unit_with_an_open_link_takes_leaders_only(running: Running) -> None:
    """Its expected headcount cannot be raised (R18)."""
    Unit.objects.filter(pk=running.unit("Zorg / Nachtdienst").pk).update(has_open_link=True, expected=3)
    fatma = running.new_person(EAST)
    with pytest.raises(InputError, match="takes part with one open link"):
        add_person(running.round, fatma, running.unit("Zorg / Nachtdienst"), as_leader=False)
    assert add_person(running.round, fatma, running.unit("Zorg / Nachtdienst"), as_leader=True)


def test_a_round_that_was_launched_without_a_plan_gets_one(running: Running) -> None:
    running.round.plan.delete()
    add_person(running.round, running.new_person(), running.unit("Zorg"), as_leader=False)
    assert running.added() == 1
