"""A backup is of one moment, whoever writes meanwhile: in every copy as many used invitations as responses."""

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection
from django_scopes import scope

from reports.keeping import contents, databases
from scan.answering import drafts
from scan.answering.boxes import Sheet
from scan.answering.submitting import submit
from scan.models import Draft, Invitation, Round
from tests.cast import Cast
from tests.reports.keeping.places import empty_place, environment_in, restore_in, run
from tests.rounds import closed_sample_round, open_round
from tests.scan.asking import ALL_AGREE, participant_of, stored_responses

PEOPLE, CROWD, PAUSE = 800, 4, 0.2


@contextmanager
def answering(cast: Cast, invitations: Sequence[Invitation], sent: list[float], faults: list[str]) -> Iterator[None]:
    """A crowd of threads, each with a connection of its own, until all have answered or the block is left."""
    is_over, waiting, lock = threading.Event(), list(invitations), threading.Lock()

    def one() -> None:
        try:
            with scope(organisation=cast.organisation):
                while not is_over.is_set():
                    with lock:
                        if not waiting:
                            return
                        participant = participant_of(waiting.pop())
                    drafts.save(participant, Sheet({"q01": 2}))
                    submit(participant, Sheet(ALL_AGREE))
                    sent.append(time.monotonic())
                    time.sleep(PAUSE)  # so that enough are left until the last backup is done
        except Exception as fault:
            faults.append(repr(fault))
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _ in range(CROWD)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        is_over.set()
        for thread in threads:
            thread.join()


def check_one_moment(cast: Cast, round_: Round, place: Path | str) -> int:
    with databases.in_place_of_ours(place), scope(organisation=cast.organisation):
        used = Invitation.objects.filter(round=round_, used=True)
        count = used.count()
        assert count == len(stored_responses(round_))
        assert not Draft.objects.filter(invitation__in=used).exists()
    return count


@pytest.mark.parametrize(
    ("backups", "people"), [(2, PEOPLE), pytest.param(12, 6000, marks=pytest.mark.chaos)], ids=["short", "long"]
)
def test_every_copy_is_of_one_moment(
    transactional_db: None, cast: Cast, tmp_path: Path, backups: int, people: int
) -> None:
    closed_sample_round(cast.organisation)
    round_ = open_round(cast, people=people)
    hashes = contents.release_hashes("default")
    with scope(organisation=cast.organisation):
        invitations = list(Invitation.objects.filter(round=round_))
    sent: list[float] = []
    faults: list[str] = []
    meanwhile = []
    environment = environment_in(connection.settings_dict["NAME"], tmp_path)
    with answering(cast, invitations, sent, faults):
        for number in range(backups):
            began = time.monotonic()
            done = run(["backup", tmp_path / f"{number}.zip"], environment)
            assert done.returncode == 0, done.stderr
            meanwhile.append(sum(moment > began for moment in sent))
    assert faults == []
    counts = []
    for number in range(backups):
        with empty_place(tmp_path / str(number)) as place:
            restore_in(place, tmp_path / f"{number}.zip")
            counts.append(check_one_moment(cast, round_, place))
            with databases.in_place_of_ours(place):
                assert contents.release_hashes("default") == hashes
    # People did answer while they were made, before and after the moment they are of.
    assert all(count > 0 for count in meanwhile)
    assert 0 < counts[-1] < len(sent)
    assert counts == sorted(counts)
    assert len(sent) == len(check_all_counted(cast, round_))


def check_all_counted(cast: Cast, round_: Round) -> list[object]:
    """Nobody was refused or lost because of a backup."""
    with scope(organisation=cast.organisation):
        return list(stored_responses(round_))
