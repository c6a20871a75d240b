"""A worker's sign of life: which processes do jobs, and the minute in which each was last seen."""

import logging
import os
import socket
from datetime import datetime, timedelta

from django.utils import timezone

from jobs.models import Worker

logger = logging.getLogger(__name__)

ALIVE_FOR = timedelta(minutes=3)
FORGOTTEN_AFTER = timedelta(days=7)


class SignOfLife:
    """A chore of the sweep. Written once a minute and to the minute: in the files of a database its rows lie between
    those of answers, and a finer clock there would say when somebody answered.
    """

    def __init__(self) -> None:
        self._last: datetime | None = None

    def leave(self) -> None:
        minute = timezone.now().replace(second=0, microsecond=0)
        if minute == self._last:
            return
        name = this_worker()
        Worker.objects.bulk_create(
            [Worker(name=name, seen_at=minute)],
            update_conflicts=True,
            update_fields=["seen_at"],
            unique_fields=["name"],
        )
        if self._last is None:
            logger.info("worker %s starts", name)
            Worker.objects.filter(seen_at__lt=minute - FORGOTTEN_AFTER).delete()
        self._last = minute


def sign_off() -> None:
    """Of a worker that was asked to stop: it is not missed, and counts no longer."""
    Worker.objects.filter(name=this_worker()).delete()


def this_worker() -> str:
    """The machine and the process."""
    return f"{socket.gethostname()} {os.getpid()}"[:200]


def workers() -> list[Worker]:
    """Those of the last days, the last seen first."""
    return list(Worker.objects.order_by("-seen_at", "name"))


def alive(known: list[Worker]) -> list[Worker]:
    since = timezone.now() - ALIVE_FOR
    return [worker for worker in known if worker.seen_at >= since]
