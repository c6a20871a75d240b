"""What every worker does beside its jobs: take over what a dead worker left, and start the day's work."""

import threading
from datetime import timedelta

from django.db import connection
from django.utils import timezone

from jobs.models import Job, in_a_minute
from jobs.running import MAX_TRIES, request, run_job

SILENT_AFTER = timedelta(seconds=60)
SWEEP_SECONDS = 10
DAILY_TICK = "daily_tick"


def sweep() -> int:
    """Put silent jobs back in the queue and enqueue what waits; answers how many were enqueued."""
    now = timezone.now()
    silent = Job.objects.filter(state=Job.State.RUNNING, heartbeat__lt=now - SILENT_AFTER)
    silent.filter(tries__gte=MAX_TRIES).update(
        state=Job.State.FAILED, fault="The worker stopped three times.", finished_at=now, claim=None
    )
    silent.update(state=Job.State.WAITING, claim=None, sweep_at=now)
    enqueued = 0
    for job in Job.objects.filter(state=Job.State.WAITING, sweep_at__lte=now):
        # Only the worker that moves the moment enqueues, when several sweep at once.
        if Job.objects.filter(pk=job.pk, sweep_at=job.sweep_at).update(sweep_at=in_a_minute()):
            run_job.enqueue(str(job.pk))
            enqueued += 1
    return enqueued


def start_daily_tick() -> None:
    """Ask for today's tick, once a day however many workers there are."""
    today = timezone.localdate().isoformat()
    if not Job.objects.filter(kind=DAILY_TICK, key=today).exists():
        request(DAILY_TICK, today)


class Sweeper:
    """A thread of the worker process that sweeps until it is stopped."""

    def __init__(self) -> None:
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        while True:
            start_daily_tick()
            sweep()
            connection.close()
            if self._stop.wait(SWEEP_SECONDS):
                return
