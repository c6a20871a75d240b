"""What every worker does beside its jobs: take over what a dead worker left, and start the day's work."""

import logging
import threading
from collections.abc import Callable

from django.db import Error, connection
from django.utils import timezone

from jobs.database_faults import in_a_line
from jobs.models import Job, in_a_minute
from jobs.running import enqueue_or_leave, put_back_silent, request

logger = logging.getLogger(__name__)

SWEEP_SECONDS = 10
DAILY_TICK = "daily_tick"
_chores: list[Callable[[], None]] = []


def at_each_sweep(chore: Callable[[], None]) -> None:
    """Rooms above add what has to be looked at every few seconds: mailings and rounds whose moment has come.

    A chore must be quick (it asks for jobs, it does none), and safe when several workers run it at once.
    """
    if chore not in _chores:
        _chores.append(chore)


def run_chores() -> None:
    """A chore that fails is written down and stands in no other's way: the sweeper must live on."""
    for chore in _chores:
        try:
            chore()
        except Error:
            raise
        except Exception:
            logger.exception("a chore of the sweep failed")


def sweep() -> int:
    """Put silent jobs back in the queue and enqueue what waits; answers how many were enqueued.

    While the queue is away it ends at the first job, for each may take a moment to find that out.
    """
    put_back_silent(Job.objects.all())
    enqueued = 0
    for job in Job.objects.filter(state=Job.State.WAITING, sweep_at__lte=timezone.now()):
        # Only the worker that moves the moment enqueues, when several sweep at once.
        if Job.objects.filter(pk=job.pk, sweep_at=job.sweep_at).update(sweep_at=in_a_minute()):
            if not enqueue_or_leave(job.pk):
                break
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
            try:
                start_daily_tick()
                run_chores()
                sweep()
            except Error as fault:  # a line that broke is another one than a DatabaseError
                logger.warning("no sweep this time: %s", in_a_line(fault))
            finally:
                connection.close()
            if self._stop.wait(SWEEP_SECONDS):
                return
