from datetime import datetime, timedelta

from django.apps import AppConfig
from django.utils import timezone

BEAT_SECONDS, SILENT_SECONDS, SWEEP_SECONDS = 0.5, 4, 0.5
LOST_SECONDS = 4
"""After which a job that still waits is offered to the queue again."""


def in_a_moment() -> datetime:
    return timezone.now() + timedelta(seconds=LOST_SECONDS)


class HasteConfig(AppConfig):
    name = "tests.fleet.haste"
    label = "haste"

    def ready(self) -> None:
        from jobs import kinds, progress, running, sweep
        from jobs.models import Job
        from scan.mailing import sending
        from tests.fleet.haste import napping

        progress.HEARTBEAT_SECONDS = BEAT_SECONDS  # type: ignore[assignment]
        running.SILENT_AFTER = timedelta(seconds=SILENT_SECONDS)
        running.RETRY_AFTER = timedelta(seconds=1)
        sweep.SWEEP_SECONDS = SWEEP_SECONDS  # type: ignore[assignment]
        sweep.in_a_minute = in_a_moment  # type: ignore[attr-defined]
        Job._meta.get_field("sweep_at").default = in_a_moment
        sending.AFTER_TROUBLE = timedelta(seconds=2)
        kinds.register(napping.NAP, napping.nap)
