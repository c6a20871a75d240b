"""Make rows as old as a test needs, without waiting."""

from datetime import datetime, timedelta

from django.utils import timezone

from jobs.models import Job


def ago(seconds: float) -> datetime:
    return timezone.now() - timedelta(seconds=seconds)


def change(job: Job, **values: object) -> None:
    """Write to the row, past the code that is tested."""
    Job.objects.filter(pk=job.pk).update(**values)


def fresh(job: Job) -> Job:
    return Job.objects.get(pk=job.pk)
