"""People answer, a mailing goes out and a round is closed, while web and workers are killed: nothing lost or doubled.

On SQLite and PostgreSQL; the long form by `make chaos` (CHAOS_SEEDS, CHAOS_CROWD and CHAOS_KILLS_AT_ONCE).
"""

import os
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django_scopes import scope, scopes_disabled
from django_tasks_db.models import DBTaskResult

from jobs.models import Job
from questionnaires.versions import questionnaire_of
from reports.closing import close_here
from reports.models import Release
from scan.models import Delivery, Draft, Invitation, Mailing, OpenLink, Remark, Round
from tests.cast import Cast
from tests.faults.killing import Killer, Victim, Web, Worker, killing, wait_until
from tests.faults.scene import Scene, close, release_by_path, scene, stored_by_path
from tests.faults.stubborn import Stubborn
from tests.scan.asking import stored_responses
from tests.scan.load.crowd import Course, everybody, let_answer
from tests.scan.load.people import Person, as_stored
from tests.scan.load.taking_part import Confirmation
from tests.scan.mailing.dying import uncertain_addresses
from tests.scan.mailing.mail_server import MailServer
from tests.serving.answering_server import AnsweringServer

pytestmark = pytest.mark.django_db(transaction=True)

# With the most times that chance may let a process pass by a point before it dies there.
OF_ANSWERING = (
    ("after the invitation is used", 4),
    ("before submit is committed", 4),
    ("after submit is committed", 4),
    ("before save is committed", 40),
    ("after save is committed", 40),
)
OF_CLOSING = (
    ("before the end of answering is committed", 1),
    ("after the end of answering is committed", 1),
    ("after the ballot box is rewritten", 1),
    ("before sealing is committed", 1),
    ("after sealing is committed", 1),
    ("after closing has cleaned up", 1),
    ("before the release is committed", 1),
    ("after the release is committed", 1),
    ("after pairs are proposed", 1),
    ("after changes are frozen", 1),
)
OF_MAILING = (
    ("before begin is committed", 1),
    ("after begin is committed", 1),
    ("before claim is committed", 9),
    ("after claim is committed", 9),
    ("before content", 9),
    ("after content", 9),
    ("before delivered is committed", 9),
    ("after delivered is committed", 9),
)
OF_JOBS = (("after a job is taken", 3), ("before a job is done", 2), ("after a job is done", 2))
FEW_OF_A_WORKER = (
    ("before sealing is committed", 1),
    ("before the release is committed", 1),
    ("before delivered is committed", 3),
    ("after claim is committed", 3),
)
SEEDS = int(os.environ.get("CHAOS_SEEDS", "3"))


@dataclass(frozen=True)
class Size:
    people: int
    mails: int
    responses: int
    kills: int
    in_work: int
    """So many of the kills have to fall at a named point: in a transaction, or right before or after one."""
    worker_points: tuple[tuple[str, int], ...]
    most_open: int


SHORT = Size(40, 40, 300, 8, 3, FEW_OF_A_WORKER, 8)
LONG = Size(
    int(os.environ.get("CHAOS_CROWD", "500")),
    500,
    3000,
    int(os.environ.get("CHAOS_KILLS_AT_ONCE", "100")),
    40,
    (*OF_CLOSING, *OF_MAILING, *OF_JOBS),
    20,
)


def paced(killer: Killer, people: int, *, kills: int) -> type[Stubborn]:
    """Who come in as the killing goes on, so that there is somebody to hit until its end."""

    class Paced(Stubborn):
        async def until_confirmed(self) -> Confirmation:
            import asyncio  # noqa: PLC0415

            while self.person.number / people > (killer.kills.total() + 1) / kills and not killer.surprises:
                await asyncio.sleep(0.05)
            return await super().until_confirmed()

    return Paced


def is_settled(there: Scene) -> bool:
    with scopes_disabled():
        is_sent = Mailing.objects.get(pk=there.mailing.pk).state == Mailing.State.DONE
        is_released = Release.objects.filter(round=there.closing).exists()
        return is_sent and is_released and not Job.objects.filter(state__in=Job.UNFINISHED).exists()


def told() -> str:
    with scopes_disabled():
        jobs = [(job.kind, job.state, job.tries, job.fault) for job in Job.objects.all()]
        return f"not settled: {jobs}; {list(Mailing.objects.values_list('state', 'trouble'))}"


@pytest.mark.parametrize(
    ("size", "seed"),
    [pytest.param(SHORT, "short", id="short")]
    + [pytest.param(LONG, f"long {seed}", id=f"long-{seed}", marks=pytest.mark.chaos) for seed in range(SEEDS)],
)
def test_nothing_is_lost_and_nothing_doubled(
    in_scope: Cast, mail_server: MailServer, tmp_path: Path, size: Size, seed: str
) -> None:
    there = scene(in_scope, size.people, size.mails, size.responses)
    questionnaire = questionnaire_of(there.answered.version_id)
    obstacles = [choice.code for choice in questionnaire.obstacles]
    parts = [
        [item.id for item in questionnaire.items_of_part(number)] for number in range(1, len(questionnaire.parts) + 1)
    ]
    crowd = everybody(there.answered, obstacles)
    log = tmp_path / "worker.log"
    settings = {
        "LEERSCAN_SMTP_PORT": str(mail_server.port),
        # It lasts about as long as the killing.
        "LEERSCAN_MAILS_PER_MINUTE": str(60 * size.mails // size.kills),
    }
    server = AnsweringServer(tmp_path / "server.log", processes=2)
    victims: list[Victim] = [
        Web(server, f"web {seed}", OF_ANSWERING),
        *(Worker(log, f"worker {number} {seed}", size.worker_points, settings) for number in range(2)),
    ]
    Stubborn.faults_seen = 0
    with killing(victims, size.kills) as killer:
        close(there, in_scope)
        course = let_answer(crowd, server.port, parts, size.most_open, paced(killer, size.people, kills=size.kills))
        killer.wait(300)
        assert killer.surprises == [], log.read_text()[-3000:]
        wait_until(lambda: is_settled(there), 120, lambda: f"{told()}\n{log.read_text()[-3000:]}")
    dead_tasks = DBTaskResult.objects.running().count()
    print(  # noqa: T201
        f"{connection.vendor}, {seed}: {killer.kills.total()} kills {dict(sorted(killer.kills.items()))}; "
        f"{course.in_figures()}; {Stubborn.faults_seen} answers of 500; {len(mail_server.received)} mails; "
        f"{dead_tasks} tasks of the queue lost"
    )
    assert killer.surprises == [], log.read_text()[-3000:]
    # The server says so when one of its processes was killed, and nothing else went wrong.
    assert {line for line in server.complaints() if "Unexpected exit from worker" not in line} == set(), (
        server.log.read_text()[-5000:]
    )
    check_answers(there.answered, crowd, course, obstacles)
    check_mails(there.mailing, mail_server, size.mails, killer)
    check_closing(there)
    check_jobs()
    check_that_it_happened(killer, size)


def check_answers(round_: Round, crowd: list[Person], course: Course, obstacles: list[str]) -> None:
    assert course.surprises == []
    assert sorted(shown.number for shown in course.confirmations) == list(range(len(crowd)))
    stored = [(row.unit_id, row.answers, row.obstacles, row.remark) for row in stored_responses(round_)]
    assert Counter(stored) == Counter(as_stored(one, obstacles) for one in crowd)
    invitations = Invitation.objects.filter(round=round_)
    assert invitations.filter(used=True).count() == len(crowd)
    (link,) = OpenLink.objects.filter(unit__round=round_)
    assert not invitations.filter(used=False).exclude(unit=link.unit_id).exists()
    assert not Draft.objects.filter(invitation__round=round_).exists()


def check_mails(mailing: Mailing, server: MailServer, mails: int, killer: Killer) -> None:
    with scope(organisation=mailing.round.organisation):
        mailing.refresh_from_db()
        assert mailing.state == Mailing.State.DONE
        assert set(server.counts.values()) == {1}
        missing = {f"mens{number}@example.test" for number in range(mails)} - set(server.counts)
        assert missing <= uncertain_addresses(mailing)
        of_workers = sum(victim.kills.total() for victim in killer.victims if isinstance(victim, Worker))
        assert mailing.uncertain <= of_workers
        assert mailing.sent + mailing.uncertain == mailing.total == mails
        assert Delivery.objects.filter(mailing=mailing).count() == mailing.uncertain
        print(f"{mailing.uncertain} mails uncertain, {len(missing)} of them not sent")  # noqa: T201


def check_closing(there: Scene) -> None:
    round_ = Round.objects.get(pk=there.closing.pk)
    assert (round_.state, round_.is_sealed) == (Round.State.CLOSED, True)
    assert stored_by_path(round_, stored_responses(round_)) == sorted(there.ballots)
    assert sorted(Remark.objects.filter(round=round_).values_list("text", flat=True)) == sorted(there.remarks)
    assert not Invitation.objects.filter(round=round_, used=True).exists()
    close_here(there.twin)
    assert release_by_path(round_) == release_by_path(there.twin)


def check_jobs() -> None:
    with scopes_disabled():
        assert not Job.objects.filter(state__in=Job.UNFINISHED).exists()
        newest: dict[Any, str] = {
            (job.kind, job.key): job.state for job in Job.objects.order_by("created_at") if job.kind != "daily_tick"
        }
        assert set(newest.values()) == {Job.State.DONE}, told()
        assert not Job.objects.exclude(claim=None).exists()


def check_that_it_happened(killer: Killer, size: Size) -> None:
    kills = killer.kills
    assert kills.total() >= size.kills
    points = {name for name, _most in (*OF_ANSWERING, *OF_CLOSING, *OF_MAILING, *OF_JOBS)}
    assert sum(count for name, count in kills.items() if name in points) >= size.in_work, kills
    for victim in killer.victims:
        assert victim.kills, f"{victim} was never killed"
