"""Somebody is moved at the very moment that the answers are being sent: they count in the unit where they were sent."""

import threading
from collections.abc import Callable

from django.db import connection, transaction
from django_scopes import scope

from scan.answering.boxes import Sheet
from scan.answering.submitting import submit
from scan.models import Invitation
from scan.people.changing import add_person, move_person
from tests.cast import Cast
from tests.scan.asking import ALL_AGREE, participant_of, stored_responses
from tests.scan.changes import Running, running_round


def in_a_thread(work: Callable[[], object], cast: Cast, faults: list[str]) -> threading.Thread:
    def run() -> None:
        try:
            with scope(organisation=cast.organisation):
                work()
        except Exception as fault:
            faults.append(f"{type(fault).__name__}: {fault}")
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def one_waits_for_the_other(running: Running, first: Callable[[], object], second: Callable[[], object]) -> list[str]:
    """The second begins when the first has done its work but has not committed."""
    is_done, may_commit = threading.Event(), threading.Event()
    faults: list[str] = []

    def slowly() -> None:
        with transaction.atomic():
            first()
            is_done.set()
            may_commit.wait(10)

    one = in_a_thread(slowly, running.cast, faults)
    assert is_done.wait(10)
    other = in_a_thread(second, running.cast, faults)
    other.join(0.3)
    assert other.is_alive()
    may_commit.set()
    one.join()
    other.join()
    return faults


def test_a_move_waits_for_answers_that_are_just_being_sent(transactional_db: None, cast: Cast) -> None:
    with scope(organisation=cast.organisation):
        running = running_round(cast)
        jan, night = running.east[3], running.unit("Zorg / Nachtdienst")
        participant = participant_of(running.invitation(jan))
    faults = one_waits_for_the_other(
        running,
        lambda: submit(participant, Sheet(ALL_AGREE)),
        lambda: move_person(running.round, jan, night, as_leader=False),
    )
    assert faults == []
    with scope(organisation=cast.organisation):
        invitation = running.invitation(jan)
        assert (invitation.used, invitation.unit.path, invitation.asked_in_id) == (True, "Zorg / Wijkteam Oost", None)
        assert [row.unit_id for row in stored_responses(running.round)] == [invitation.unit_id]


def test_the_same_person_added_by_two_at_once_is_invited_once(transactional_db: None, cast: Cast) -> None:
    with scope(organisation=cast.organisation):
        running = running_round(cast)
        new, unit = running.new_person(), running.unit("Facilitair")

    def add() -> object:
        return add_person(running.round, new, unit, as_leader=False)

    assert len(one_waits_for_the_other(running, add, add)) == 1
    with scope(organisation=cast.organisation):
        assert Invitation.objects.filter(person=new).count() == 1
        assert running.headcounts()["Facilitair"] == 1
        assert running.added() == 1
