"""The queue is away for a moment: whoever asks for a job sees no fault, and the sweep offers the job again."""

import socket
import subprocess
import sys
from typing import Any

import pytest
from django.tasks.backends.dummy import DummyBackend
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from jobs.again import try_again
from jobs.models import Job
from jobs.running import request
from jobs.sweep import sweep
from tests.conftest import ROOT
from tests.jobs.ages import ago, change, fresh
from tests.jobs.conftest import KIND, Queue, Work
from tests.serving.own_process import environment_of_the_test

ENQUEUE = """
import time
from jobs.running import request
began = time.monotonic()
request("daily_tick", "first")
print("seconds", time.monotonic() - began)
"""


class QueueAwayBackend(DummyBackend):
    offered: int = 0

    def enqueue(self, task: Any, args: Any, kwargs: Any) -> Any:
        QueueAwayBackend.offered += 1
        raise ConnectionError("at secret-host:6379")


@pytest.fixture
def queue_away(settings: Settings) -> None:
    QueueAwayBackend.offered = 0
    backend = f"{QueueAwayBackend.__module__}.{QueueAwayBackend.__name__}"
    settings.TASKS = {"default": {"BACKEND": backend, "QUEUES": ["default"]}}


@pytest.mark.django_db
def test_what_is_tried_again_waits_for_the_sweep_too(
    queue_away: None, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    job = Job.objects.create(kind=KIND, key="a", state=Job.State.FAILED, tries=3, finished_at=ago(60))
    with django_capture_on_commit_callbacks(execute=True):
        assert try_again(job.pk)
    assert QueueAwayBackend.offered == 1
    assert fresh(job).state == Job.State.WAITING
    assert fresh(job).sweep_at <= timezone.now()


@pytest.mark.django_db
def test_who_asks_sees_no_fault_and_the_next_sweep_may_offer_it_at_once(
    work: Work,
    queue_away: None,
    caplog: pytest.LogCaptureFixture,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        job = request(KIND, "a")
    assert QueueAwayBackend.offered == 1
    assert fresh(job).state == Job.State.WAITING
    assert fresh(job).sweep_at <= timezone.now()
    assert "ConnectionError" in caplog.text
    assert "secret-host" not in caplog.text


@pytest.mark.django_db
def test_the_sweep_tries_one_job_and_leaves_the_others_for_the_next(work: Work, queue_away: None) -> None:
    """Each may take seconds to find out that nobody answers."""
    jobs = [request(KIND, key) for key in "abc"]
    for job in jobs:
        change(job, sweep_at=ago(1))
    assert sweep() == 0
    assert QueueAwayBackend.offered == 1
    assert Job.objects.filter(state=Job.State.WAITING, sweep_at__lte=timezone.now()).count() == 3


@pytest.mark.django_db
def test_when_the_queue_is_back_every_job_gets_there(work: Work, queue_away: None, request: Any) -> None:
    from jobs.running import request as ask  # noqa: PLC0415 -- the name is pytest's here

    jobs = [ask(KIND, key) for key in "abc"]
    for job in jobs:
        change(job, sweep_at=ago(1))
    assert sweep() == 0
    queue: Queue = request.getfixturevalue("queue")
    assert sweep() == 3
    assert set(queue.job_ids) == {str(job.pk) for job in jobs}


@pytest.mark.django_db(transaction=True)
def test_a_redis_that_says_nothing_holds_a_request_up_for_seconds_only() -> None:
    """The worst: it takes the connection and is silent. Real Celery, in a process of its own."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"redis://127.0.0.1:{silent.getsockname()[1]}/0"
        done = subprocess.run(
            [sys.executable, "manage.py", "shell", "-v0", "-c", ENQUEUE],
            cwd=ROOT,
            env=environment_of_the_test() | {"LEERSCAN_QUEUE_URL": url},
            capture_output=True,
            text=True,
            check=True,
        )
        silent.settimeout(1)
        silent.accept()[0].close()  # it was asked
    assert "the queue did not take job" in done.stderr
    assert float(done.stdout.partition("seconds ")[2]) < 10
    assert Job.objects.get(kind="daily_tick", key="first").state == Job.State.WAITING
