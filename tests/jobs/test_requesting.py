"""A job is made and enqueued once while it is unfinished, at the end of the transaction."""

import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoCaptureOnCommitCallbacks

from jobs.models import Job
from jobs.running import request, run
from tests.jobs.ages import change, fresh
from tests.jobs.conftest import KIND, Queue, Work

pytestmark = pytest.mark.django_db


def test_a_request_enqueues_one_job_with_only_its_id(
    work: Work, queue: Queue, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        job = request(KIND, "a")
        assert queue.job_ids == []  # only when the transaction is done
    assert queue.job_ids == [str(job.pk)]
    assert (job.kind, job.key, job.state, job.tries) == (KIND, "a", Job.State.WAITING, 0)
    assert work.keys == []


@pytest.mark.parametrize("state", [Job.State.WAITING, Job.State.RUNNING])
def test_a_second_request_finds_the_unfinished_job(
    work: Work,
    queue: Queue,
    state: Job.State,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        first = request(KIND, "a")
        change(first, state=state)
        second = request(KIND, "a")
    assert first.pk == second.pk
    assert queue.job_ids == [str(first.pk)]
    assert Job.objects.count() == 1


@pytest.mark.parametrize("state", [Job.State.DONE, Job.State.FAILED, Job.State.STOPPED])
def test_a_request_after_the_end_makes_a_new_job(
    work: Work,
    queue: Queue,
    state: Job.State,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        first = request(KIND, "a")
        change(first, state=state)
        second = request(KIND, "a")
    assert first.pk != second.pk
    assert queue.job_ids == [str(first.pk), str(second.pk)]


def test_other_keys_are_other_jobs(work: Work, queue: Queue) -> None:
    assert len({request(KIND, key).pk for key in ("a", "b", "a")}) == 2


def test_a_request_that_is_rolled_back_enqueues_nothing(
    work: Work, queue: Queue, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        request(KIND, "a")
        transaction.set_rollback(True)
    assert queue.job_ids == []
    assert not Job.objects.exists()


def test_the_database_refuses_two_unfinished_jobs_about_the_same() -> None:
    Job.objects.create(kind=KIND, key="a", state=Job.State.RUNNING)
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.create(kind=KIND, key="a", state=Job.State.WAITING)
    Job.objects.create(kind=KIND, key="a", state=Job.State.DONE)
    Job.objects.create(kind=KIND, key="a", state=Job.State.DONE)


def test_an_unknown_kind_is_refused_before_anything_is_made(work: Work, queue: Queue) -> None:
    with pytest.raises(LookupError, match=r"No job of kind 'typo'; known are .*test_kind"):
        request("typo", "a")
    assert not Job.objects.exists()


def test_a_job_that_was_enqueued_twice_is_done_once(work: Work, queue: Queue) -> None:
    job = request(KIND, "a")
    run(job.pk)
    run(job.pk)
    assert work.keys == ["a"]
    assert fresh(job).state == Job.State.DONE
