"""How far a running job is, and the sign of life that keeps other workers off."""

import logging
import threading
import uuid
from types import TracebackType
from typing import Self

from django.db import Error, connection
from django.utils import timezone

from jobs.models import Job

logger = logging.getLogger(__name__)

HEARTBEAT_SECONDS = 10


class JobLostError(Exception):
    """Another worker has taken this job over; whoever gets this stops at once."""


class Progress:
    def __init__(self, job_id: uuid.UUID, claim: uuid.UUID) -> None:
        self.job_id = job_id
        self.claim = claim

    def report(self, done: int, total: int) -> None:
        self._update(done=done, total=total)

    def beat(self) -> None:
        self._update()

    def _update(self, **values: int) -> None:
        mine = Job.objects.filter(pk=self.job_id, claim=self.claim, state=Job.State.RUNNING)
        if not mine.update(heartbeat=timezone.now(), **values):
            raise JobLostError(str(self.job_id))


class Heartbeat:
    """Beats from a thread of its own while the work goes on, so that one long step is not taken for death."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stop.wait(HEARTBEAT_SECONDS):
            try:
                self._progress.beat()
            except JobLostError:
                return  # the work itself finds out at its next report
            except Error:
                logger.warning("no sign of life of job %s: the database did not answer", self._progress.job_id)
            finally:
                connection.close()
