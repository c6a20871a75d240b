"""How the jobs of this installation stand: what waits, runs and failed. A fixed number of queries each."""

from collections import Counter
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Count, Exists, Max, Min, OuterRef, QuerySet
from django.utils import timezone

from jobs.models import Job
from jobs.sweep import DAILY_TICK

State = Job.State
# What failed longer ago is no news: who needed it has asked for it again, or never will.
LOOK_BACK = timedelta(days=30)


def has_tables() -> bool:
    """Whether migrate has run here at all. Raises what the database raises when it does not answer."""
    return Job._meta.db_table in connection.introspection.table_names()  # noqa: SLF001 -- Django documents it


def failed() -> QuerySet[Job]:
    """Those that failed for good lately, and that nobody has asked for again since."""
    later = Job.objects.filter(kind=OuterRef("kind"), key=OuterRef("key"), created_at__gt=OuterRef("created_at"))
    lately = Job.objects.filter(state=State.FAILED, finished_at__gte=timezone.now() - LOOK_BACK)
    return lately.filter(~Exists(later))


def unfinished() -> QuerySet[Job]:
    return Job.objects.filter(state__in=Job.UNFINISHED)


def counts() -> Counter[tuple[str, str]]:
    """How many jobs of which kind wait, run or failed: by kind and state."""
    found: Counter[tuple[str, str]] = Counter()
    for jobs in (unfinished(), failed()):
        for kind, state, count in jobs.values_list("kind", "state").annotate(Count("pk")).order_by():
            found[kind, state] = count
    return found


def oldest_waiting() -> datetime | None:
    """Since when the job waits that has waited longest."""
    since: datetime | None = Job.objects.filter(state=State.WAITING).aggregate(since=Min("created_at"))["since"]
    return since


def last_daily_tick() -> datetime | None:
    ticks = Job.objects.filter(kind=DAILY_TICK, state=State.DONE)
    at: datetime | None = ticks.aggregate(at=Max("finished_at"))["at"]
    return at
