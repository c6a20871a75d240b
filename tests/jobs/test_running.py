"""A job is done once, by one worker; a fault is retried, three tries in all."""

import uuid

import pytest
from django.utils import timezone

from jobs import running
from jobs.models import Job
from jobs.progress import Progress
from jobs.running import MAX_TRIES, RETRY_AFTER, request, run, run_here, run_job
from tests.jobs.ages import ago, change, fresh
from tests.jobs.conftest import KIND, Work

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("queue")]


def test_a_job_that_is_done_keeps_its_result(work: Work) -> None:
    job = request(KIND, "a")
    run(job.pk)
    done = fresh(job)
    assert (done.state, done.result, done.tries, done.claim) == (Job.State.DONE, "did a", 1, None)
    assert done.is_finished
    assert done.finished_at is not None


def test_the_task_of_the_queue_runs_the_job(work: Work) -> None:
    job = request(KIND, "a")
    run_job.func(str(job.pk))
    assert work.keys == ["a"]


@pytest.mark.parametrize("state", [Job.State.RUNNING, Job.State.DONE, Job.State.FAILED, Job.State.STOPPED])
def test_a_job_that_does_not_wait_is_left_alone(work: Work, state: Job.State) -> None:
    job = request(KIND, "a")
    change(job, state=state)
    run(job.pk)
    assert work.keys == []
    assert fresh(job).state == state


def test_a_job_that_is_gone_is_no_fault(work: Work) -> None:
    run(uuid.uuid4())
    assert work.keys == []


def test_while_it_runs_a_job_shows_who_has_it_and_how_far_it_is(work: Work) -> None:
    job = request(KIND, "a")
    seen: list[Job] = []

    def look(progress: Progress) -> None:
        progress.report(3, 8)
        seen.append(fresh(job))
        assert seen[0].claim == progress.claim

    work.then = look
    run(job.pk)
    assert (seen[0].state, seen[0].done, seen[0].total, seen[0].percent) == (Job.State.RUNNING, 3, 8, 37)
    assert seen[0].heartbeat is not None


def test_a_fault_is_tried_again_later_and_after_three_tries_the_job_has_failed(work: Work) -> None:
    work.then = work.break_down
    job = request(KIND, "a")
    for number in (1, 2):
        before = timezone.now()
        run(job.pk)
        waiting = fresh(job)
        assert (waiting.state, waiting.tries, waiting.claim) == (Job.State.WAITING, number, None)
        assert waiting.fault == "RuntimeError"
        assert waiting.sweep_at >= before + RETRY_AFTER * number
        assert not waiting.is_finished
    run(job.pk)
    failed = fresh(job)
    assert (failed.state, failed.tries, failed.fault) == (Job.State.FAILED, MAX_TRIES, "RuntimeError")
    assert failed.finished_at is not None
    assert work.keys == ["a"] * 3
    run(job.pk)
    assert work.keys == ["a"] * 3


def test_a_job_may_succeed_at_a_later_try(work: Work) -> None:
    job = request(KIND, "a")
    work.then = work.break_down
    run(job.pk)
    work.then = lambda progress: None
    run(job.pk)
    assert (fresh(job).state, fresh(job).tries, fresh(job).result) == (Job.State.DONE, 2, "did a")


def test_a_fault_of_a_worker_is_logged_with_its_trace(work: Work, caplog: pytest.LogCaptureFixture) -> None:
    work.then = work.break_down
    job = request(KIND, "a")
    run(job.pk)
    (entry,) = [record for record in caplog.records if record.name == running.__name__]
    assert str(job.pk) in entry.getMessage()
    assert entry.exc_info is not None


def test_a_command_does_the_job_itself_and_answers_it(work: Work) -> None:
    job = run_here(KIND, "a")
    assert (job.state, job.result) == (Job.State.DONE, "did a")
    assert work.keys == ["a"]


def test_a_command_takes_a_job_that_already_waits(work: Work) -> None:
    waiting = request(KIND, "a")
    assert run_here(KIND, "a").pk == waiting.pk
    assert work.keys == ["a"]


def test_a_command_gets_the_fault_itself(work: Work) -> None:
    work.then = work.break_down
    with pytest.raises(RuntimeError, match="out of paper"):
        run_here(KIND, "a")
    assert Job.objects.get().fault == "RuntimeError"


def test_a_command_does_not_take_a_job_for_done_that_another_worker_has(work: Work) -> None:
    """Whoever calls run_here goes on with what the job made: an unfinished one must not come back in silence."""
    change(request(KIND, "a"), state=Job.State.RUNNING, claim=uuid.uuid4(), heartbeat=timezone.now())
    with pytest.raises(Exception, match=r"(?i)running|another|busy"):
        run_here(KIND, "a")


def test_a_command_takes_over_a_job_whose_worker_died(work: Work) -> None:
    """Also where no worker runs that would sweep: a closing that was interrupted can be run again."""
    change(request(KIND, "a"), state=Job.State.RUNNING, claim=uuid.uuid4(), heartbeat=ago(61), tries=1)
    assert run_here(KIND, "a").state == Job.State.DONE
    assert work.keys == ["a"]


def test_a_command_refuses_an_unknown_kind() -> None:
    with pytest.raises(LookupError, match="No job of kind 'typo'"):
        run_here("typo", "a")
    assert not Job.objects.exists()


@pytest.mark.parametrize(
    ("done", "total", "percent"), [(0, 0, 0), (0, 8, 0), (3, 8, 37), (8, 8, 100), (9, 8, 100), (1, 1000, 0)]
)
def test_progress_is_a_percentage_of_at_most_100(done: int, total: int, percent: int) -> None:
    assert Job(done=done, total=total).percent == percent
