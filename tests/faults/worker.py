"""The product's worker as a process of its own, for which a minute takes two seconds.

python -m tests.faults.worker: as `manage.py work`. Who was silent for a minute is taken over, a failed closing is tried
again after an hour, trouble with the mail server after a quarter: here all of that within seconds.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings as django_settings

from tests.serving.own_process import environment_of_the_test


def start_worker(log: Path, **settings: str) -> "subprocess.Popen[bytes]":
    with log.open("ab") as said:
        return subprocess.Popen(
            [sys.executable, "-m", "tests.faults.worker"],
            cwd=django_settings.BASE_DIR,
            env=environment_of_the_test() | settings,
            stdout=said,
            stderr=said,
            start_new_session=True,
        )


@contextmanager
def running_worker(log: Path, **settings: str) -> Iterator["subprocess.Popen[bytes]"]:
    process = start_worker(log, **settings)
    try:
        yield process
    finally:
        process.kill()
        process.wait(60)


def up(pid: int) -> str:
    """What it writes down when it begins."""
    return f"worker {pid} is up"


def let_time_fly() -> None:
    from datetime import datetime, timedelta  # noqa: PLC0415 -- after django.setup()

    from django.utils import timezone  # noqa: PLC0415

    from jobs import progress, running, sweep  # noqa: PLC0415
    from jobs.models import Job  # noqa: PLC0415
    from reports import ending  # noqa: PLC0415
    from scan import cleaning  # noqa: PLC0415
    from scan.mailing import sending  # noqa: PLC0415

    def in_two_seconds() -> datetime:
        return timezone.now() + timedelta(seconds=2)

    progress.HEARTBEAT_SECONDS = 0.3  # type: ignore[assignment]
    running.SILENT_AFTER = timedelta(seconds=2)
    running.RETRY_AFTER = timedelta(seconds=0.3)
    sweep.SWEEP_SECONDS = 0.3  # type: ignore[assignment]
    sweep.in_a_minute = in_two_seconds  # type: ignore[attr-defined]
    Job._meta.get_field("sweep_at").default = in_two_seconds
    ending.AGAIN_AFTER = timedelta(seconds=1)
    sending.AFTER_TROUBLE = timedelta(seconds=1)
    # As tests/conftest.py does: tests beside this one may hold a transaction for half a minute.
    cleaning.PATIENCE_SECONDS = 180.0


def main() -> None:
    import django  # noqa: PLC0415 -- the environment comes first

    django.setup()
    let_time_fly()
    print(up(os.getpid()), flush=True)  # noqa: T201
    from django.core.management import call_command  # noqa: PLC0415

    call_command("work")


if __name__ == "__main__":
    main()
