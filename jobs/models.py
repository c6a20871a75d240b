"""Long work with progress, and the files that it makes."""

import uuid
from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone


def in_a_minute() -> datetime:
    return timezone.now() + timedelta(seconds=60)


class Job(models.Model):
    """One piece of long work: of this `kind`, about `key`. It can be repeated and resumed.

    The row is the truth, whatever queue carries it: the task's only argument is the job's id.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"
        STOPPED = "stopped"

    UNFINISHED = (State.WAITING, State.RUNNING)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)
    # Who runs it now; a worker that lost its job to another one finds another value here.
    claim = models.UUIDField(null=True)
    heartbeat = models.DateTimeField(null=True)
    # When the sweep enqueues a job that is then still waiting: after a fault, or when the queue lost it.
    sweep_at = models.DateTimeField(default=in_a_minute)
    result = models.CharField(max_length=200, blank=True)
    fault = models.TextField(blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["kind", "key"],
                condition=Q(state__in=["waiting", "running"]),
                name="job_once_while_unfinished",
            ),
        )
        indexes = (
            models.Index(fields=["state", "sweep_at"], name="job_state"),
            models.Index(fields=["kind", "key"], name="job_kind_key"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"

    @property
    def is_finished(self) -> bool:
        return self.state not in self.UNFINISHED

    @property
    def percent(self) -> int:
        return min(100, 100 * self.done // self.total) if self.total else 0


class StoredFile(models.Model):
    """A file made by a job, kept in the database so that every machine can hand it out and a backup holds it.

    `key` is a hash of everything that the content depends on: the same content is made once.
    """

    key = models.CharField(max_length=64, primary_key=True)
    content_type = models.CharField(max_length=100)
    content = models.BinaryField()
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.key
