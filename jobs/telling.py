"""What the log says of jobs: which began and ended, at which try, after how many seconds. Not what they are about."""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager

from jobs.models import Job

logger = logging.getLogger(__name__)


def fields(job: Job) -> dict[str, object]:
    """For a log that is made of fields."""
    return {"job": str(job.pk), "kind": job.kind, "tries": job.tries}


@contextmanager
def told(job: Job) -> Iterator[None]:
    """Whole seconds: finer ones of a closing would say how many answers it read."""
    logger.info("job %s (%s) begins, try %s", job.pk, job.kind, job.tries, extra=fields(job))
    began = time.monotonic()
    how = "failed"
    try:
        yield
        how = "done"
    finally:
        seconds = round(time.monotonic() - began)
        logger.info(
            "job %s (%s) %s at try %s after %s s",
            job.pk,
            job.kind,
            how,
            job.tries,
            seconds,
            extra={**fields(job), "seconds": seconds},
        )
