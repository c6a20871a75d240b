"""What failed three times gets three new tries when the administrator asks; nothing is done twice by it."""

import uuid

import pytest

from jobs import standing
from jobs.again import try_again
from jobs.models import Job
from jobs.running import MAX_TRIES, request, run
from tests.jobs.ages import change, fresh
from tests.jobs.conftest import KIND, Queue, Work

pytestmark = pytest.mark.django_db


@pytest.fixture
def failed(work: Work, queue: Queue) -> Job:
    job = request(KIND, "a")
    work.then = work.break_down
    for _ in range(MAX_TRIES):
        run(job.pk)
    assert (fresh(job).state, fresh(job).tries) == (Job.State.FAILED, MAX_TRIES)
    return fresh(job)


def test_it_waits_with_three_new_tries_and_is_enqueued(
    failed: Job, queue: Queue, django_capture_on_commit_callbacks: object
) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        assert try_again(failed.pk)
    job = fresh(failed)
    assert (job.state, job.tries, job.finished_at) == (Job.State.WAITING, 0, None)
    assert queue.job_ids[-1] == str(failed.pk)
    assert not standing.failed().exists()


def test_it_fails_again_only_after_three_tries_and_is_done_when_it_can_be(failed: Job, work: Work) -> None:
    try_again(failed.pk)
    run(failed.pk)
    run(failed.pk)
    assert fresh(failed).state == Job.State.WAITING
    work.then = lambda progress: None
    run(failed.pk)
    assert (fresh(failed).state, fresh(failed).result) == (Job.State.DONE, "did a")


def test_a_second_time_changes_nothing(failed: Job) -> None:
    assert try_again(failed.pk)
    run(failed.pk)
    before = fresh(failed)
    assert not try_again(failed.pk)
    assert fresh(failed).tries == before.tries == 1


def test_not_beside_another_one_about_the_same(failed: Job) -> None:
    newer = request(KIND, "a")
    assert newer.pk != failed.pk
    assert not try_again(failed.pk)
    assert fresh(failed).state == Job.State.FAILED


@pytest.mark.parametrize("state", [Job.State.WAITING, Job.State.RUNNING, Job.State.DONE, Job.State.STOPPED])
def test_only_what_failed(state: Job.State, failed: Job) -> None:
    change(failed, state=state)
    assert not try_again(failed.pk)
    assert fresh(failed).state == state
    assert not try_again(uuid.uuid4())
