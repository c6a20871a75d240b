"""The worker: takes jobs from the queue, one at a time, with the sweeper beside it.

The same command in both shapes; which queue it is follows from the settings.
"""

import logging
import os
import socket
import sys
import time
import warnings
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.db import Error, connections
from django.utils.crypto import get_random_string
from django.utils.module_loading import import_string

from jobs.children import Child, ask_to_stop, hear_of_stopping, start_child
from jobs.database_faults import in_a_line
from jobs.half_restored import HalfRestoredError, refuse_half_restored, refuse_on_each_connection
from jobs.signs import sign_off
from jobs.sweep import Sweeper

logger = logging.getLogger(__name__)

AGAIN_SECONDS = 1.0


def work_here() -> None:
    """In this process, until a signal: then the running job is finished first. Raises HalfRestoredError."""
    _wait_for_whole_database()
    refuse_on_each_connection()
    sweeper = Sweeper()
    sweeper.start()
    try:
        if settings.QUEUE_URL:
            _work_for_celery()
        else:
            _work_from_the_table()
    finally:
        sweeper.stop()
        with suppress(Error):
            sign_off()


def _wait_for_whole_database() -> None:
    while True:
        try:
            return refuse_half_restored()
        except HalfRestoredError:
            raise
        except Error as fault:
            _wait_for_database(fault)


def _wait_for_database(fault: Error) -> None:
    logger.warning("the database cannot be used (%s): trying again", in_a_line(fault))
    connections.close_all()
    time.sleep(AGAIN_SECONDS)


def _work_from_the_table() -> None:
    """As the command db_worker does it, which ends when the database does not answer; this goes on when it is back."""
    from django_tasks_db.management.commands.db_worker import Worker  # noqa: PLC0415 -- a command: needs the apps

    # Each start and end of a task; what went wrong with a job, jobs/running.py says.
    for name in ("django_tasks_db", "django.tasks"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    worker = Worker(
        queue_names=["default"],
        interval=0.3,
        batch=False,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=get_random_string(32),
        excluded_queue_names=[],
    )
    worker.configure_signals()
    while worker.running:
        try:
            worker.run()
        except Error as fault:
            _wait_for_database(fault)


def _work_for_celery() -> None:
    options: Any = settings.TASKS["default"]["OPTIONS"]
    app = import_string(options["CELERY_APP"])
    connections.close_all()  # Celery closes what it finds open at its start, without telling Django
    worker = app.Worker(
        hostname=f"work-{os.getpid()}@{socket.gethostname()}",
        without_gossip=True,
        without_mingle=True,
        without_heartbeat=True,
        quiet=True,
    )
    # About jobs that go on while the line to Redis is cut: ours may, for their rows say whose they are.
    warnings.filterwarnings("ignore", message=r"\s*In Celery 5.1 we introduced", category=PendingDeprecationWarning)
    worker.start()


def work_in_processes(count: int) -> bool:
    """So many workers; whether they were asked to stop. When one stops by itself, the others are stopped too.

    No limit to how long they may take to finish: that is the service manager's (systemd: TimeoutStopSec).
    """
    hear_of_stopping()
    running: list[Child] = []
    try:
        for _number in range(count):
            running.append(start_child([sys.executable, "manage.py", "work"]))  # noqa: PERF401 -- each counts at once
        while all(process.poll() is None for process in running):
            time.sleep(0.2)
    except KeyboardInterrupt:
        return True
    finally:
        ask_to_stop(running)
        for process in running:
            process.wait()
    return False
