"""Redis gives the message of a job that takes long to a second worker; that one leaves the job alone."""

import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from jobs.models import Job
from tests.fleet.haste.apps import VISIBLE_AGAIN_AFTER
from tests.fleet.haste.napping import NAP
from tests.fleet.machines import Machine
from tests.redis import PrivateRedis
from tests.serving.own_process import environment_of_the_test
from tests.waiting import wait_until

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def redis() -> Iterator[PrivateRedis]:
    server = PrivateRedis()
    server.start()
    yield server
    server.stop()


def test_it_is_done_once_however_often_its_message_comes(tmp_path: Path, redis: PrivateRedis) -> None:
    environment = environment_of_the_test() | {
        "DJANGO_SETTINGS_MODULE": "tests.fleet.settings",
        "LEERSCAN_QUEUE_URL": redis.url(0),
    }
    wake = tmp_path / "wake"
    job = Job.objects.create(kind=NAP, key=str(wake), sweep_at=timezone.now())
    command = [sys.executable, "manage.py", "work"]
    workers = [Machine(f"worker-{number}", command, environment, tmp_path) for number in range(2)]
    try:
        wait_until("it runs", lambda: _again(job).state == Job.State.RUNNING)
        claim = _again(job).claim
        wait_until("nothing else is in anybody's hands", lambda: redis.ask("HLEN unacked") == b":1")
        wait_until("another worker got the message too", lambda: redis.ask("HLEN unacked") == b":0")
        assert timezone.now() - job.created_at > timedelta(seconds=VISIBLE_AGAIN_AFTER)
        assert (_again(job).state, _again(job).claim, _again(job).tries) == (Job.State.RUNNING, claim, 1)
        wake.touch()
        wait_until("it is done", lambda: _again(job).state == Job.State.DONE)
        assert [worker.stop() for worker in workers] == [0, 0]
    finally:
        for worker in workers:
            if worker.is_running:
                worker.kill()
    assert _again(job).tries == 1
    assert not any("Traceback" in worker.said for worker in workers), [worker.said for worker in workers]


def _again(job: Job) -> Job:
    return Job.objects.get(pk=job.pk)
