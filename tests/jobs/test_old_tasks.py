"""The queue's own table does not grow for ever: what it is done with goes after a week."""

from datetime import timedelta

import pytest
from django.tasks import TaskResultStatus
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from jobs import daily
from jobs.old_tasks import KEPT_FOR, delete_old_tasks

pytestmark = pytest.mark.django_db


def task(status: TaskResultStatus, age: timedelta) -> None:
    made = DBTaskResult.objects.create(
        status=status, args_kwargs={}, task_path="jobs.running.take", backend_name="default", run_after=timezone.now()
    )
    DBTaskResult.objects.filter(pk=made.pk).update(enqueued_at=timezone.now() - age)


def left() -> list[str]:
    return sorted(DBTaskResult.objects.values_list("status", flat=True))


def test_what_is_done_failed_or_was_left_by_a_killed_worker_goes_and_what_waits_stays() -> None:
    for status in TaskResultStatus:
        task(status, KEPT_FOR + timedelta(minutes=1))
    delete_old_tasks()
    assert left() == [TaskResultStatus.READY]


def test_what_is_younger_stays() -> None:
    for status in TaskResultStatus:
        task(status, KEPT_FOR - timedelta(minutes=1))
    delete_old_tasks()
    assert left() == sorted(TaskResultStatus)


def test_it_is_a_chore_of_the_day() -> None:
    assert delete_old_tasks in daily._chores
