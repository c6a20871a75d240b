"""How the jobs stand: counted by kind and state, in a fixed number of queries."""

from collections.abc import Callable
from typing import Any

import pytest

from jobs import standing
from jobs.models import Job
from jobs.sweep import DAILY_TICK
from tests.jobs.ages import ago

pytestmark = pytest.mark.django_db
State = Job.State


def job(kind: str, key: str, state: State, **values: Any) -> Job:
    return Job.objects.create(kind=kind, key=key, state=state, **values)


def test_failures_count_until_somebody_asks_again_or_a_month_has_passed() -> None:
    job("export", "a", State.FAILED, finished_at=ago(60))
    job("export", "old", State.FAILED, finished_at=ago(31 * 24 * 3600))
    job("export", "b", State.FAILED, finished_at=ago(60), created_at=ago(100))
    job("export", "b", State.DONE, finished_at=ago(10), created_at=ago(20))
    job("poster", "c", State.FAILED, finished_at=ago(60), created_at=ago(100))
    job("poster", "c", State.WAITING, created_at=ago(20))
    assert standing.counts() == {("export", "failed"): 1, ("poster", "waiting"): 1}
    assert [found.key for found in standing.failed()] == ["a"]


@pytest.mark.parametrize("count", [1, 20])
def test_counting_takes_two_queries_however_many_there_are(
    count: int, django_assert_num_queries: Callable[[int], Any]
) -> None:
    for number in range(count):
        for state in (State.WAITING, State.RUNNING, State.FAILED):
            job("export", f"{state} {number}", state, finished_at=ago(5))
    with django_assert_num_queries(2):
        assert standing.counts() == {("export", state): count for state in ("waiting", "running", "failed")}


def test_the_oldest_that_waits_and_the_last_day_that_was_done() -> None:
    assert (standing.oldest_waiting(), standing.last_daily_tick()) == (None, None)
    first = job("export", "a", State.WAITING, created_at=ago(50))
    job("export", "b", State.WAITING, created_at=ago(5))
    job("export", "c", State.RUNNING, created_at=ago(500))
    done = job(DAILY_TICK, "2026-03-09", State.DONE, finished_at=ago(7))
    job(DAILY_TICK, "2026-03-10", State.FAILED, finished_at=ago(3))
    assert standing.oldest_waiting() == first.created_at
    assert standing.last_daily_tick() == done.finished_at
