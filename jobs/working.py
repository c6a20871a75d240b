"""The worker: takes jobs from the queue, one at a time, with the sweeper beside it.

The same command in both shapes; which queue it is follows from the settings.
"""

import logging
import os
import signal
import socket
import subprocess
import sys
import time
import warnings
from collections.abc import Sequence
from types import FrameType

from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.utils.module_loading import import_string

from jobs.sweep import Sweeper


def work_here() -> None:
    """In this process, until a signal: then the running job is finished first."""
    sweeper = Sweeper()
    sweeper.start()
    try:
        if settings.QUEUE_URL:
            _work_for_celery()
        else:
            call_command("db_worker", interval=0.3, startup_delay=False, reload=False, verbosity=0)
    finally:
        sweeper.stop()


def _work_for_celery() -> None:
    app = import_string(settings.TASKS["default"]["OPTIONS"]["CELERY_APP"])
    # Each start and end of a task; what went wrong with a job, jobs/running.py says.
    logging.getLogger("django.tasks").setLevel(logging.CRITICAL)
    # About tasks that go on while the line to Redis is cut: ours may, for their rows say whose they are.
    warnings.filterwarnings("ignore", message=r"\s*In Celery 5.1 we introduced", category=PendingDeprecationWarning)
    connections.close_all()  # Celery closes what it finds open at its start, without telling Django
    worker = app.Worker(
        hostname=f"work-{os.getpid()}@{socket.gethostname()}",
        without_gossip=True,
        without_mingle=True,
        without_heartbeat=True,
        quiet=True,
    )
    worker.start()


def work_in_processes(count: int) -> bool:
    """So many workers; whether they were asked to stop. When one stops by itself, the others are stopped too.

    No limit to how long they may take to finish: that is the service manager's (systemd: TimeoutStopSec).
    """
    signal.signal(signal.SIGTERM, _as_interrupt)
    # Of groups of their own: Ctrl-C reaches this process only, which passes it on once.
    command = [sys.executable, "manage.py", "work"]
    running = [
        subprocess.Popen(command, cwd=settings.BASE_DIR, process_group=0)  # noqa: S603 -- our own command
        for _number in range(count)
    ]
    try:
        while all(process.poll() is None for process in running):
            time.sleep(0.2)
    except KeyboardInterrupt:
        return True
    finally:
        _stop(running)
    return False


def _as_interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _stop(running: Sequence["subprocess.Popen[bytes]"]) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    for process in running:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
    for process in running:
        process.wait()
