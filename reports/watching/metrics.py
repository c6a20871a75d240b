"""What Prometheus reads: how the installation does its work. Nothing that moves when somebody answers.

Whoever reads this every fifteen seconds sees the moment at which any figure changes. So there is no count of requests,
answers, drafts or used links, no reminder, no processor time, and sizes stand in steps that one answer does not fill.
docs/decisions/0023 goes through them one by one.
"""

import os
import platform
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import django
from django.db import connection
from django.db.models import Count, Sum
from django.db.models.functions import Length
from django.utils import timezone
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4 as CONTENT_TYPE
from prometheus_client.registry import Collector

from jobs import kinds, signs, standing
from jobs.models import Job, StoredFile
from reports.watching.installation import database_bytes, version
from reports.watching.rounds import count_open_and_closing
from scan.mailing.standing import count_mails

__all__ = ["CONTENT_TYPE", "written"]

STATES = (Job.State.WAITING, Job.State.RUNNING, Job.State.FAILED)
# A step of memory: what a page takes for the first time, not what one more answer takes.
MEMORY_STEP = 16 * 1024 * 1024


def written() -> bytes:
    registry = CollectorRegistry(auto_describe=False)
    registry.register(Installation())
    return generate_latest(registry)


class Installation(Collector):
    def collect(self) -> Iterable[Metric]:
        yield from _of_jobs()
        yield from _of_workers()
        yield from _of_scans()
        yield from _of_storage()
        yield InfoMetricFamily(
            "leerscan",
            "What runs here.",
            value={
                "version": version(),
                "database": connection.vendor,
                "django": django.get_version(),
                "python": platform.python_version(),
            },
        )


def _of_jobs() -> Iterable[Metric]:
    counted = standing.counts()
    jobs = GaugeMetricFamily(
        "leerscan_jobs",
        "Jobs that wait, run, or failed for good in the last 30 days and were not asked for again.",
        labels=("kind", "state"),
    )
    for kind in kinds.names():
        for state in STATES:
            jobs.add_metric((kind, state), counted[kind, state])
    yield jobs
    since = standing.oldest_waiting()
    waited = (timezone.now() - since).total_seconds() if since else 0
    yield GaugeMetricFamily(
        "leerscan_oldest_waiting_job_seconds", "For how long the job waits that has waited longest.", round(waited)
    )


def _of_workers() -> Iterable[Metric]:
    known = signs.workers()
    yield GaugeMetricFamily("leerscan_workers", "Workers seen in the last three minutes.", len(signs.alive(known)))
    yield GaugeMetricFamily(
        "leerscan_worker_last_seen_timestamp_seconds",
        "When a worker was last seen, to the minute; 0: never.",
        _moment(known[0].seen_at if known else None),
    )
    yield GaugeMetricFamily(
        "leerscan_daily_tick_timestamp_seconds",
        "When the work of a day was last done; 0: never.",
        _moment(standing.last_daily_tick()),
    )


def _moment(at: datetime | None) -> int:
    return int(at.timestamp()) if at else 0


def _of_scans() -> Iterable[Metric]:
    asking, closing = count_open_and_closing()
    rounds = GaugeMetricFamily(
        "leerscan_scans", "Scans that are open, and closed ones whose results are not there yet.", labels=("state",)
    )
    rounds.add_metric(("open",), asking)
    rounds.add_metric(("closing",), closing)
    yield rounds
    waiting, refused = count_mails()
    mails = GaugeMetricFamily(
        "leerscan_mails", "Mails that wait, or that a server refused; without reminders.", labels=("state",)
    )
    mails.add_metric(("waiting",), waiting)
    mails.add_metric(("refused",), refused)
    yield mails


def _of_storage() -> Iterable[Metric]:
    yield GaugeMetricFamily(
        "leerscan_database_size_bytes", "Size of the database, in whole steps of 100 MB.", database_bytes()
    )
    files = StoredFile.objects.aggregate(count=Count("pk"), size=Sum(Length("content")))
    yield GaugeMetricFamily("leerscan_stored_files", "Reports and other files kept in the database.", files["count"])
    yield GaugeMetricFamily("leerscan_stored_files_bytes", "Their size together.", files["size"] or 0)
    if memory := _memory_bytes():
        yield GaugeMetricFamily(
            "leerscan_process_memory_bytes", "Memory of the process that answers this, in steps of 16 MB.", memory
        )


def _memory_bytes() -> int:
    """0 where the machine does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except (OSError, ValueError, IndexError):
        return 0
    return -(-pages * os.sysconf("SC_PAGE_SIZE") // MEMORY_STEP) * MEMORY_STEP
