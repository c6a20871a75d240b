"""Somebody sends answers at the very moment of closing: they count, or they are refused, and nothing in between."""

import threading
from collections.abc import Callable

from django.db import connection, transaction
from django_scopes import scope

from reports.closing import seal, stop_accepting
from scan.answering.boxes import Sheet
from scan.answering.submitting import submit
from scan.models import Round
from tests.cast import Cast
from tests.scan.asking import ALL_AGREE, first_invitation, launched_round, participant_of, stored_responses


def in_a_thread(work: Callable[[], None], cast: Cast, faults: list[str]) -> threading.Thread:
    def run() -> None:
        try:
            with scope(organisation=cast.organisation):
                work()
        except Exception as fault:
            faults.append(repr(fault))
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def test_closing_waits_for_answers_that_are_just_being_sent(transactional_db: None, cast: Cast) -> None:
    with scope(organisation=cast.organisation):
        round_ = launched_round(cast)
        participant = participant_of(first_invitation(round_))
    is_sent, may_commit, is_sealed = threading.Event(), threading.Event(), threading.Event()
    sealed: list[int] = []
    faults: list[str] = []

    def send_slowly() -> None:
        with transaction.atomic():
            submit(participant, Sheet(ALL_AGREE))
            is_sent.set()
            may_commit.wait(10)

    def close() -> None:
        stop_accepting(round_.pk)
        seal(round_.pk)
        sealed.append(len(stored_responses(round_)))
        is_sealed.set()

    sending = in_a_thread(send_slowly, cast, faults)
    assert is_sent.wait(10)
    closing = in_a_thread(close, cast, faults)
    is_sealed.wait(0.5)
    may_commit.set()
    sending.join()
    closing.join()
    assert faults == []
    assert sealed == [1]
    assert len(stored_responses(round_)) == 1
    with scope(organisation=cast.organisation):
        assert Round.objects.get(pk=round_.pk).is_sealed
