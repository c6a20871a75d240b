"""Ask for a job, and run it: exactly one worker at a time, three tries, each later than the one before."""

import logging
import uuid
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.db.models import F, QuerySet
from django.tasks import task
from django.utils import timezone

from jobs import kinds
from jobs.fail_points import reached
from jobs.models import Job
from jobs.progress import Heartbeat, JobLostError, Progress
from jobs.telling import fields, told

logger = logging.getLogger(__name__)

MAX_TRIES = 3
DIED = "The worker stopped three times."
SILENT_AFTER = timedelta(seconds=60)
RETRY_AFTER = timedelta(seconds=20)
# Nothing that waits is looked at later than this.
LONGEST_WAIT = timedelta(seconds=60)


class BusyElsewhereError(Exception):
    """Another process is doing this job."""


@task()
def run_job(job_id: str) -> None:
    run(uuid.UUID(job_id))


def request(kind: str, key: str) -> Job:
    """The unfinished job of this kind and key, made and enqueued when there is none."""
    kinds.find(kind)
    with transaction.atomic():
        job, created = Job.objects.get_or_create(kind=kind, key=key, state__in=Job.UNFINISHED)
        if created:
            transaction.on_commit(partial(enqueue_or_leave, job.pk))
    return job


def enqueue_or_leave(job_id: uuid.UUID) -> bool:
    """Whether the queue took it. If not, the job waits for the next sweep: its row is there, and nothing is lost.

    Who asked has stored what it is about, and must not see a fault because the queue is away for a moment.
    """
    try:
        run_job.enqueue(str(job_id))
    except Exception as fault:  # each queue has faults of its own
        logger.warning("the queue did not take job %s (%s); the sweep offers it again", job_id, type(fault).__name__)
        Job.objects.filter(pk=job_id, state=Job.State.WAITING).update(sweep_at=timezone.now())
        return False
    return True


def run_here(kind: str, key: str) -> Job:
    """Do the job now, in this process (commands): claims it before a worker can, or from one that died.

    Raises BusyElsewhereError when another process is doing it.
    """
    kinds.find(kind)
    put_back_silent(Job.objects.filter(kind=kind, key=key))
    # After that: of a job whose worker died for the third time nothing is left to take, and this is another one.
    job, _ = Job.objects.get_or_create(kind=kind, key=key, state__in=Job.UNFINISHED)
    run(job.pk, raise_faults=True)
    job.refresh_from_db()
    if job.state != Job.State.DONE:
        raise BusyElsewhereError(f"{kind} {key} is running in another process; try again when that has finished.")
    return job


def put_back_silent(jobs: QuerySet[Job]) -> None:
    """Those of these jobs whose worker gives no sign of life wait for their turn again."""
    now = timezone.now()
    _bring_back_from_the_future(jobs, now)
    silent = jobs.filter(state=Job.State.RUNNING, heartbeat__lt=now - SILENT_AFTER)
    silent.filter(tries__gte=MAX_TRIES).update(state=Job.State.FAILED, fault=DIED, finished_at=now, claim=None)
    silent.update(state=Job.State.WAITING, claim=None, sweep_at=now)


def _bring_back_from_the_future(jobs: QuerySet[Job], now: datetime) -> None:
    """After a clock was put back. A sign of life that is still to come counts as one of now: a worker that lives gives
    the next one within seconds, and the job of a dead one does not wait for that moment.
    """
    jobs.filter(state=Job.State.RUNNING, heartbeat__gt=now).update(heartbeat=now)
    jobs.filter(state=Job.State.WAITING, sweep_at__gt=now + LONGEST_WAIT).update(sweep_at=now)


def run(job_id: uuid.UUID, *, raise_faults: bool = False) -> None:
    """Do the job when it waits for its turn; otherwise do nothing."""
    claim = uuid.uuid4()
    if not _take(job_id, claim):
        return
    reached("after a job is taken")
    job = Job.objects.get(pk=job_id)
    progress = Progress(job_id, claim)
    try:
        with Heartbeat(progress), told(job):
            result = kinds.find(job.kind).work(job.key, progress)
    except JobLostError:
        logger.warning("job %s was taken over by another worker", job_id)
    except Exception as fault:
        _fail(job, claim, fault)
        if raise_faults:
            raise
        logger.exception("job %s (%s) failed at try %s", job_id, job.kind, job.tries, extra=fields(job))
    else:
        reached("before a job is done")
        _mine(job_id, claim).update(state=Job.State.DONE, result=result, finished_at=timezone.now(), claim=None)
        reached("after a job is done")


def _take(job_id: uuid.UUID, claim: uuid.UUID) -> bool:
    waiting = Job.objects.filter(pk=job_id, state=Job.State.WAITING)
    return bool(waiting.update(state=Job.State.RUNNING, claim=claim, heartbeat=timezone.now(), tries=F("tries") + 1))


def _fail(job: Job, claim: uuid.UUID, fault: Exception) -> None:
    # Only the kind: a database's own words can quote the row that it refused.
    text = type(fault).__name__
    if job.tries >= MAX_TRIES:
        _mine(job.pk, claim).update(state=Job.State.FAILED, fault=text, finished_at=timezone.now(), claim=None)
    else:
        later = timezone.now() + RETRY_AFTER * job.tries
        _mine(job.pk, claim).update(state=Job.State.WAITING, fault=text, sweep_at=later, claim=None)


def _mine(job_id: uuid.UUID, claim: uuid.UUID) -> QuerySet[Job]:
    return Job.objects.filter(pk=job_id, claim=claim, state=Job.State.RUNNING)
