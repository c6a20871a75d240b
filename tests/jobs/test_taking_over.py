"""A worker that is silent for a minute loses its job to another one."""

import threading
import uuid

import pytest
from django.db import OperationalError
from django.utils import timezone

from jobs import progress as progress_module
from jobs.models import Job, in_a_minute
from jobs.progress import Heartbeat, JobLostError, Progress
from jobs.running import request, run, run_here
from jobs.sweep import sweep
from tests.jobs.ages import ago, change, fresh
from tests.jobs.conftest import KIND, Queue, Work

pytestmark = pytest.mark.django_db


def a_running_job(*, silent_for: float, tries: int = 1) -> tuple[Job, uuid.UUID]:
    job, claim = request(KIND, "a"), uuid.uuid4()
    change(job, state=Job.State.RUNNING, claim=claim, heartbeat=ago(silent_for), tries=tries, sweep_at=in_a_minute())
    return job, claim


def test_a_job_that_was_silent_for_over_a_minute_is_enqueued_again(work: Work, queue: Queue) -> None:
    job, _ = a_running_job(silent_for=61)
    assert sweep() == 1
    assert queue.job_ids == [str(job.pk)]
    assert (fresh(job).state, fresh(job).claim) == (Job.State.WAITING, None)
    run(job.pk)
    assert (fresh(job).state, fresh(job).tries) == (Job.State.DONE, 2)


def test_a_job_that_gave_a_sign_of_life_is_left_alone(work: Work, queue: Queue) -> None:
    job, claim = a_running_job(silent_for=50)
    assert sweep() == 0
    assert (fresh(job).state, fresh(job).claim) == (Job.State.RUNNING, claim)


def test_a_job_that_was_silent_at_its_third_try_has_failed(work: Work, queue: Queue) -> None:
    job, _ = a_running_job(silent_for=61, tries=3)
    assert sweep() == 0
    failed = fresh(job)
    assert (failed.state, failed.claim) == (Job.State.FAILED, None)
    assert failed.fault
    assert failed.finished_at is not None


def test_the_former_worker_finds_out_at_its_next_report(work: Work, queue: Queue) -> None:
    job, claim = a_running_job(silent_for=61)
    former = Progress(job.pk, claim)
    sweep()
    with pytest.raises(JobLostError):
        former.report(1, 2)
    with pytest.raises(JobLostError):
        former.beat()
    assert fresh(job).done == 0


def test_the_former_worker_disturbs_nothing_of_the_new_one(work: Work, queue: Queue) -> None:
    job, claim = a_running_job(silent_for=61)
    former = Progress(job.pk, claim)
    sweep()

    def look(progress: Progress) -> None:
        progress.report(1, 2)
        with pytest.raises(JobLostError):
            former.report(2, 2)
        assert fresh(job).done == 1

    work.then = look
    run(job.pk)
    assert fresh(job).state == Job.State.DONE


def test_work_that_lost_its_job_writes_no_result(work: Work, queue: Queue, caplog: pytest.LogCaptureFixture) -> None:
    job = request(KIND, "a")

    def fall_silent(progress: Progress) -> None:
        change(job, heartbeat=ago(61))
        sweep()
        progress.report(1, 2)

    work.then = fall_silent
    run(job.pk)
    assert (fresh(job).state, fresh(job).result, fresh(job).fault) == (Job.State.WAITING, "", "")
    assert "taken over" in caplog.text


def test_work_that_never_reports_writes_no_result_either_when_it_lost_its_job(work: Work, queue: Queue) -> None:
    job = request(KIND, "a")
    for then in (lambda progress: None, work.break_down):

        def fall_silent(progress: Progress) -> None:
            change(job, heartbeat=ago(61))
            sweep()
            then(progress)  # noqa: B023 -- called within this turn

        work.then = fall_silent
        run(job.pk)
        assert (fresh(job).state, fresh(job).result, fresh(job).fault) == (Job.State.WAITING, "", "")


def test_a_report_is_a_sign_of_life(work: Work, queue: Queue) -> None:
    job, claim = a_running_job(silent_for=61)
    before = timezone.now()
    Progress(job.pk, claim).report(1, 2)
    heartbeat = fresh(job).heartbeat
    assert heartbeat is not None
    assert heartbeat >= before
    assert sweep() == 0


class FlakyProgress(Progress):
    """Its first beats meet a database that is not there for a moment."""

    def __init__(self, faults: int) -> None:
        super().__init__(uuid.uuid4(), uuid.uuid4())
        self.faults_left = faults
        self.has_beaten = threading.Event()

    def beat(self) -> None:
        if self.faults_left:
            self.faults_left -= 1
            raise OperationalError("database is locked")
        self.has_beaten.set()


@pytest.mark.parametrize("faults", [0, 1, 3])
def test_the_heart_beats_on_after_a_moment_without_database(monkeypatch: pytest.MonkeyPatch, faults: int) -> None:
    """Otherwise one locked database makes a living worker look dead, and its job is done twice."""
    monkeypatch.setattr(progress_module, "HEARTBEAT_SECONDS", 0.001)
    monkeypatch.setattr(threading, "excepthook", lambda _: None)
    progress = FlakyProgress(faults)
    with Heartbeat(progress):
        assert progress.has_beaten.wait(2)


def test_a_command_does_anew_what_a_worker_died_of_for_the_third_time(work: Work, queue: Queue) -> None:
    dead, _ = a_running_job(silent_for=61, tries=3)
    done = run_here(KIND, "a")
    assert (fresh(dead).state, fresh(done).state) == (Job.State.FAILED, Job.State.DONE)
