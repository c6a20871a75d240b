"""Somebody is moved, gets a corrected address, or gets the link again. What was answered stays where it is."""

from collections.abc import Iterator

import pytest
from django.utils import translation

from organisations.commands import InputError
from organisations.models import LogEntry, Person
from scan.forgetting import forget_who_answered
from scan.links.page import link_page
from scan.locks import use_once
from scan.models import Invitation, Mailing, Round, Unit
from scan.people.changing import correct_address, move_person, send_again
from scan.people.search import find
from scan.progress import refresh
from tests.cast import Cast
from tests.scan.asking import participant_of
from tests.scan.changes import Running, running_round

EAST, NIGHT = "Zorg / Wijkteam Oost", "Zorg / Nachtdienst"


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def running(in_scope: Cast) -> Running:
    return running_round(in_scope)


def test_an_unused_invitation_answers_in_the_other_unit(running: Running) -> None:
    jan = running.east[3]
    move_person(running.round, jan, running.unit(NIGHT), as_leader=False, user=running.cast.anna)
    invitation = running.invitation(jan)
    assert participant_of(invitation).invitation.unit_id == running.unit(NIGHT).pk
    entry = LogEntry.objects.get(action="move_participant")
    assert (entry.subject, entry.user) == (f"Voorjaar: {jan} → {NIGHT}", running.cast.anna)


def test_a_used_invitation_stays_where_it_was_used(running: Running) -> None:
    jan = running.east[3]
    assert use_once(running.invitation(jan).pk)
    move_person(running.round, jan, running.unit(NIGHT), as_leader=False)
    invitation = running.invitation(jan)
    assert (invitation.unit.path, invitation.used, invitation.asked_in_id) == (EAST, True, None)


def test_no_headcount_follows_and_no_page_shows_the_new_unit(running: Running) -> None:
    before = running.headcounts()
    shown = [(row.name, row.mailed) for row in link_page(running.round).rows]
    for person in running.east[1:6]:
        move_person(running.round, person, running.unit(NIGHT), as_leader=False)
        assert find(running.round, person).unit == EAST
    assert running.headcounts() == before
    assert [(row.name, row.mailed) for row in link_page(running.round).rows] == shown


def test_after_sealing_the_rows_do_not_tell_who_was_really_moved(running: Running) -> None:
    used, unused = running.east[1:3]
    assert use_once(running.invitation(used).pk)
    for person in (used, unused):
        move_person(running.round, person, running.unit(NIGHT), as_leader=False)
    forget_who_answered(running.round)
    rows = Invitation.objects.filter(round=running.round)
    assert rows.filter(unit=running.unit(EAST)).count() == running.unit(EAST).invited
    assert rows.filter(unit=running.unit(NIGHT)).count() == running.unit(NIGHT).invited


def test_moved_twice_the_unit_of_the_launch_is_still_known(running: Running) -> None:
    jan = running.east[3]
    for path in (NIGHT, "Facilitair / Keuken", EAST):
        move_person(running.round, jan, running.unit(path), as_leader=False)
        assert running.invitation(jan).unit.path == path
        assert find(running.round, jan).unit == EAST


def test_the_running_response_keeps_to_the_units_of_the_launch(running: Running) -> None:
    """Else whoever moves all others away would see from the share of ten whether the one left behind has answered."""
    jan, *others = running.east[1:]
    # Enough people beside it that its share does not give way to the total.
    Unit.objects.filter(round=running.round, path="Facilitair").update(invited=9)
    for person in others:
        move_person(running.round, person, running.unit(NIGHT), as_leader=False)
    for person in others[:6]:
        assert use_once(running.invitation(person).pk)
    refresh(running.round)
    assert running.unit(EAST).running_tenths == 5  # 6 of the 11 that were invited there
    assert use_once(running.invitation(jan).pk)
    Round.objects.filter(pk=running.round.pk).update(response_as_of=None)
    refresh(Round.objects.select_related("organisation").get(pk=running.round.pk))
    assert running.unit(EAST).running_tenths == 6


def test_a_leader_moves_to_the_leaders_above(running: Running) -> None:
    move_person(running.round, running.east[0], running.unit("Facilitair / Keuken"), as_leader=True)
    place = running.invitation(running.east[0]).unit
    assert (place.kind, place.parent) == (Unit.Kind.LEADERS, running.unit("Facilitair"))
    assert running.leaves() == {"Zorg": 1, "Facilitair": 0}


def test_nobody_is_moved_to_an_open_link(running: Running) -> None:
    Unit.objects.filter(pk=running.unit(NIGHT).pk).update(has_open_link=True, expected=3)
    with pytest.raises(InputError, match="takes part with one open link"):
        move_person(running.round, running.east[3], running.unit(NIGHT), as_leader=False)
    assert running.invitation(running.east[3]).unit.path == EAST


@pytest.mark.parametrize("is_used", [False, True])
def test_a_corrected_address_is_kept_and_the_link_goes_there(running: Running, is_used: bool) -> None:
    jan = running.east[3]
    if is_used:
        use_once(running.invitation(jan).pk)
    assert correct_address(running.round, jan, " Jan@Linde.test ", running.cast.anna) is True
    assert Person.objects.get(pk=jan.pk).email == "jan@linde.test"
    assert running.mails_to() == ["jan@linde.test"]
    entry = LogEntry.objects.get(action="correct_address")
    assert (entry.subject, entry.user) == (f"Voorjaar: {jan}", running.cast.anna)


def test_an_address_of_somebody_else_is_refused_by_name(running: Running) -> None:
    jan, ilse = running.east[3:5]
    with pytest.raises(InputError, match=f"address of {ilse}"):
        correct_address(running.round, jan, ilse.email.upper())
    with pytest.raises(InputError, match="Give an address"):
        correct_address(running.round, jan, "  ")
    assert Person.objects.get(pk=jan.pk).email == jan.email
    assert running.mails_to() == []


def test_before_the_first_day_a_corrected_address_is_kept_for_then(running: Running) -> None:
    Round.objects.filter(pk=running.round.pk).update(opens_on="2098-01-01")
    round_ = Round.objects.select_related("organisation").get(pk=running.round.pk)
    assert correct_address(round_, running.east[3], "jan@linde.test") is False
    assert Person.objects.get(pk=running.east[3].pk).email == "jan@linde.test"
    assert running.mails_to() == []
    with pytest.raises(InputError, match="on the days that the scan is open"):
        send_again(round_, running.east[3])


@pytest.mark.parametrize("is_used", [False, True])
def test_the_link_is_always_sent_again_and_once_while_it_waits(running: Running, is_used: bool) -> None:
    jan = running.east[3]
    if is_used:
        use_once(running.invitation(jan).pk)
    send_again(running.round, jan, running.cast.anna)
    send_again(running.round, jan, running.cast.anna)
    assert running.mails_to() == [jan.email]
    assert LogEntry.objects.filter(action="send_again", subject=f"Voorjaar: {jan}").count() == 2


def test_who_has_no_link_of_their_own_or_has_left_gets_nothing(running: Running) -> None:
    outside, gone = running.new_person(), running.east[3]
    Person.objects.filter(pk=gone.pk).update(left_on="2026-01-01")
    for person, text in ((outside, "has no link in this scan"), (gone, "has left")):
        with pytest.raises(InputError, match=text):
            send_again(running.round, person)
        with pytest.raises(InputError, match=text):
            correct_address(running.round, person, "nieuw@linde.test")
        with pytest.raises(InputError, match=text):
            move_person(running.round, person, running.unit(NIGHT), as_leader=False)
    assert running.mails_to() == []


def test_a_closed_round_changes_nothing(running: Running) -> None:
    jan = running.east[3]
    Round.objects.filter(pk=running.round.pk).update(state=Round.State.CLOSED)
    with pytest.raises(InputError, match="not open"):
        move_person(running.round, jan, running.unit(NIGHT), as_leader=False)
    with pytest.raises(InputError, match="not open"):
        correct_address(running.round, jan, "nieuw@linde.test")
    with pytest.raises(InputError, match="not open"):
        send_again(running.round, jan)
    assert running.invitation(jan).unit.path == EAST
    assert Person.objects.get(pk=jan.pk).email == jan.email
    assert not Mailing.objects.filter(kind=Mailing.Kind.SINGLE).exists()
    assert Invitation.objects.filter(asked_in=None).count() == 15
