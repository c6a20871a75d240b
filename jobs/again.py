"""Do a job once more that failed three times: the administrator has mended what was wrong."""

import uuid
from functools import partial

from django.db import IntegrityError, transaction
from django.utils import timezone

from jobs.models import Job, in_a_minute
from jobs.running import enqueue_or_leave


def try_again(job_id: uuid.UUID) -> bool:
    """Whether it waits for its turn now, with three new tries.

    Not when it did not fail, or somebody has asked for the same already.
    """
    try:
        with transaction.atomic():
            failed = Job.objects.filter(pk=job_id, state=Job.State.FAILED)
            # Another unfinished one about the same is refused by the database: job_once_while_unfinished.
            moved = failed.update(
                state=Job.State.WAITING,
                tries=0,
                done=0,
                total=0,
                claim=None,
                finished_at=None,
                created_at=timezone.now(),
                sweep_at=in_a_minute(),
            )
            if moved:
                transaction.on_commit(partial(enqueue_or_leave, job_id))
    except IntegrityError:
        return False
    return bool(moved)
