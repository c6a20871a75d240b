"""`manage.py work` in both shapes: a signal stops it when the running job is done, and takes no other one."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.utils import timezone

from jobs.models import Job
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


@contextmanager
def ctrl_c_ignored() -> Iterator[None]:
    """As a shell has it for what it starts in the background: a child inherits that."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@pytest.mark.parametrize(
    ("number", "processes", "has_queue"),
    [
        (signal.SIGTERM, 1, True),
        pytest.param(signal.SIGINT, 1, True, marks=pytest.mark.chaos),
        pytest.param(signal.SIGTERM, 2, True, marks=pytest.mark.chaos),
        pytest.param(signal.SIGTERM, 2, False, marks=pytest.mark.chaos),
        pytest.param(signal.SIGINT, 2, False, marks=pytest.mark.chaos),
        (signal.SIGTERM, 1, False),
    ],
)
def test_a_signal_lets_the_running_job_finish_and_leaves_the_next(
    tmp_path: Path, redis: PrivateRedis, number: signal.Signals, processes: int, has_queue: bool
) -> None:
    environment = environment_of_the_test() | {
        "DJANGO_SETTINGS_MODULE": "tests.fleet.settings",
        "LEERSCAN_QUEUE_URL": redis.url(0) if has_queue else "",
        "PYTHONFAULTHANDLER": "1",
    }
    command = [sys.executable, "manage.py", "work", "--processes", str(processes)]
    with ctrl_c_ignored():
        worker = Machine("worker", command, environment, tmp_path)
    wakes = [tmp_path / f"wake-{number}" for number in range(processes)]
    running = [Job.objects.create(kind=NAP, key=str(wake), sweep_at=timezone.now()) for wake in wakes]
    try:
        for job in running:
            wait_until("it runs", lambda: _runs(job, worker))  # noqa: B023 -- at once
        left = Job.objects.create(kind=NAP, key=str(tmp_path), sweep_at=timezone.now())
        os.killpg(worker.process.pid, number)  # as Ctrl-C does: to all that share the terminal
        time.sleep(1)
        assert worker.is_running, worker.said
        for wake in wakes:
            wake.touch()
        code = worker.process.wait(30)
    except subprocess.TimeoutExpired:
        pytest.fail(_where_it_hangs(worker))
    finally:
        if worker.is_running:
            worker.kill()
    assert code == 0, worker.said
    assert [(_state(job), job.tries) for job in _again(running)] == [(Job.State.DONE, 1)] * processes
    assert _state(left) == Job.State.WAITING
    assert "Traceback" not in worker.said


def _runs(job: Job, worker: Machine) -> bool:
    assert worker.is_running, worker.said
    return _state(job) == Job.State.RUNNING


def _where_it_hangs(worker: Machine) -> str:
    """What each of its processes is doing: Python writes that down when it is aborted."""
    pid = worker.process.pid
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    for one in [*map(int, children), pid]:
        os.kill(one, signal.SIGABRT)
    worker.process.wait(30)
    return worker.said


def _state(job: Job) -> str:
    return Job.objects.get(pk=job.pk).state


def _again(jobs: list[Job]) -> list[Job]:
    return [Job.objects.get(pk=job.pk) for job in jobs]
