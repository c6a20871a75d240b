"""People who save at the same moment do not stand in each other's way."""

import threading

from django.db import connection
from django_scopes import scope

from scan.answering import drafts
from scan.answering.boxes import Sheet
from scan.models import Invitation
from scan.participants import Participant
from tests.cast import Cast
from tests.scan.asking import launched_round, participant_of

PEOPLE, TIMES = 4, 25


def save_again_and_again(participant: Participant, start: threading.Barrier, faults: list[Exception]) -> None:
    start.wait()
    try:
        with scope(organisation=participant.organisation):
            for turn in range(TIMES):
                drafts.save(participant, Sheet({"q01": turn % 5 + 1}, moments={"q01": turn}))
    except Exception as fault:
        faults.append(fault)
    finally:
        connection.close()


def test_everybody_in_a_round_can_save_at_once(transactional_db: None, cast: Cast) -> None:
    """On PostgreSQL they deadlocked when a save held the round for itself alone (docs/decisions/0005)."""
    with scope(organisation=cast.organisation):
        round_ = launched_round(cast)
        people = [participant_of(invitation) for invitation in Invitation.objects.filter(round=round_)[:PEOPLE]]
    faults: list[Exception] = []
    start = threading.Barrier(PEOPLE)
    threads = [threading.Thread(target=save_again_and_again, args=(person, start, faults)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    with scope(organisation=cast.organisation):
        assert [drafts.load(person).answers for person in people] == [{"q01": (TIMES - 1) % 5 + 1}] * PEOPLE
