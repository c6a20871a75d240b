"""People answer, a mailing goes out and a round is closed, while web and workers are killed: nothing lost or doubled.

On SQLite and PostgreSQL; the long form by `make chaos` (CHAOS_SEEDS, CHAOS_CROWD and CHAOS_KILLS_AT_ONCE).
"""

import asyncio
import os
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import connection
from django_tasks_db.models import DBTaskResult

from questionnaires.versions import questionnaire_of
from tests.cast import Cast
from tests.faults.checking import check_answers, check_closing, check_jobs, check_mails, wait_until_settled
from tests.faults.killing import Killer, Redis, Victim, Web, Worker, killing
from tests.faults.scene import close, scene
from tests.faults.stubborn import Stubborn
from tests.redis import PrivateRedis
from tests.scan.load.crowd import everybody, let_answer
from tests.scan.load.taking_part import Confirmation
from tests.scan.mailing.mail_server import MailServer
from tests.serving.answering_server import AnsweringServer

pytestmark = pytest.mark.django_db(transaction=True)

# With the most times that chance may let a process pass by a point before it dies there.
OF_ANSWERING = (
    ("after the invitation is used", 2),
    ("before submit is committed", 2),
    ("after submit is committed", 2),
    ("before save is committed", 12),
    ("after save is committed", 12),
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
MANY_KILLS = int(os.environ.get("CHAOS_KILLS_AT_ONCE", "100"))
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


SHORT = Size(30, 20, 120, 6, 2, FEW_OF_A_WORKER, 8)
LONG = Size(
    int(os.environ.get("CHAOS_CROWD", "500")),
    500,
    3000,
    MANY_KILLS,
    MANY_KILLS * 3 // 10,
    (*OF_CLOSING, *OF_MAILING, *OF_JOBS),
    20,
)


def paced(killer: Killer, people: int, *, kills: int) -> type[Stubborn]:
    """Who come in as the killing goes on, so that there is somebody to hit until its end."""

    class Paced(Stubborn):
        async def until_confirmed(self) -> Confirmation:
            while self.person.number / people > (killer.kills.total() + 1) / kills and not killer.surprises:
                await asyncio.sleep(0.05)
            # Nobody waits for a server that is not started again any more.
            assert not killer.surprises, killer.surprises
            return await super().until_confirmed()

    return Paced


@pytest.mark.parametrize(
    ("size", "seed"),
    [pytest.param(SHORT, "short", id="short")]
    + [pytest.param(LONG, f"long {seed}", id=f"long-{seed}", marks=pytest.mark.chaos) for seed in range(SEEDS)],
)
def test_nothing_is_lost_and_nothing_doubled(
    in_scope: Cast, mail_server: MailServer, tmp_path: Path, size: Size, seed: str
) -> None:
    go_through_it(in_scope, mail_server, tmp_path, size, seed, redis=None)


@pytest.mark.chaos
def test_nor_with_a_queue_and_a_cache_in_redis_that_dies_too(
    in_scope: Cast, mail_server: MailServer, tmp_path: Path
) -> None:
    redis = PrivateRedis()
    try:
        go_through_it(in_scope, mail_server, tmp_path, LONG, "redis", redis)
    finally:
        redis.stop()


def go_through_it(
    cast: Cast, mail_server: MailServer, tmp_path: Path, size: Size, seed: str, redis: PrivateRedis | None
) -> None:
    there = scene(cast, size.people, size.mails, size.responses)
    questionnaire = questionnaire_of(there.answered.version_id)
    obstacles = [choice.code for choice in questionnaire.obstacles]
    parts = [
        [item.id for item in questionnaire.items_of_part(number)] for number in range(1, len(questionnaire.parts) + 1)
    ]
    crowd = everybody(there.answered, obstacles)
    log = tmp_path / "worker.log"
    # It lasts about as long as the killing; where a machine kills quickly, most of the mails are left at its end.
    mailing_seconds = 2 * size.kills
    settings = {
        "LEERSCAN_SMTP_PORT": str(mail_server.port),
        "LEERSCAN_MAILS_PER_MINUTE": str(60 * size.mails // mailing_seconds),
    }
    fleet = {"LEERSCAN_QUEUE_URL": redis.url(0), "LEERSCAN_CACHE_URL": redis.url(1)} if redis else {}
    server = AnsweringServer(tmp_path / "server.log", 2, **fleet)
    victims: list[Victim] = [
        Web(server, f"web {seed}", OF_ANSWERING),
        *(Worker(log, f"worker {number} {seed}", size.worker_points, settings | fleet) for number in range(2)),
        *([Redis(redis, f"redis {seed}")] if redis else []),
    ]
    Stubborn.faults_seen = 0
    with killing(victims, size.kills) as killer:
        close(there, cast)
        course = let_answer(crowd, server.port, parts, size.most_open, paced(killer, size.people, kills=size.kills))
        killer.wait(60 + 10 * size.kills)
        assert killer.surprises == [], log.read_text()[-3000:]
        wait_until_settled(there, log, mailing_seconds)
    dead_tasks = DBTaskResult.objects.running().count()
    print(  # noqa: T201
        f"{connection.vendor}, {seed}: {killer.kills.total()} kills {dict(sorted(killer.kills.items()))}; "
        f"{course.in_figures()}; {Stubborn.faults_seen} answers of 500; {len(mail_server.received)} mails; "
        f"{dead_tasks} tasks of the queue lost"
    )
    assert killer.surprises == [], log.read_text()[-3000:]
    # The server says so when one of its processes was killed, and that it gives up when one is killed within seconds
    # of its start (it is started again, as a service manager would do it). Nothing else went wrong.
    of_killing = ("Unexpected exit from worker", "Worker crash loop detected, exiting")
    assert [line for line in server.complaints() if not any(said in line for said in of_killing)] == [], (
        server.log.read_text()[-5000:]
    )
    check_answers(there.answered, crowd, course, obstacles)
    of_workers = sum(victim.kills.total() for victim in victims if isinstance(victim, Worker))
    check_mails(there.mailing, mail_server, size.mails, most_uncertain=of_workers)
    check_closing(there)
    check_jobs()
    check_that_it_happened(killer, size)


def check_that_it_happened(killer: Killer, size: Size) -> None:
    kills = killer.kills
    assert kills.total() >= size.kills
    points = {name for name, _most in (*OF_ANSWERING, *OF_CLOSING, *OF_MAILING, *OF_JOBS)}
    assert sum(count for name, count in kills.items() if name in points) >= size.in_work, kills
    for victim in killer.victims:
        assert victim.kills, f"{victim} was never killed"
