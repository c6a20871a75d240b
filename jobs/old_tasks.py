"""Empty the queue's own table of what it is done with: the row of a job is the truth, and a task only says its id.

The queue never does it, and a task whose worker was killed stays "running" there for good.
"""

from datetime import timedelta

from django.tasks import TaskResultStatus
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

KEPT_FOR = timedelta(days=7)


def delete_old_tasks() -> None:
    """Not those that still wait: a worker takes them when there is one again."""
    old = DBTaskResult.objects.filter(enqueued_at__lt=timezone.now() - KEPT_FOR)
    old.exclude(status=TaskResultStatus.READY).delete()
