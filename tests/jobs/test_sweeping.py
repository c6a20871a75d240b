"""The sweep enqueues what waits too long: after a fault, or when the queue lost it."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import OperationalError

from jobs import sweep as sweep_module
from jobs.models import Job, in_a_minute
from jobs.running import request, run
from jobs.sweep import Sweeper, sweep
from tests.jobs.ages import ago, change, fresh
from tests.jobs.conftest import KIND, Queue, Work

pytestmark = pytest.mark.django_db


def test_a_job_that_the_queue_lost_is_enqueued_again_and_not_at_every_sweep(work: Work, queue: Queue) -> None:
    job = request(KIND, "a")
    assert sweep() == 0  # it may still be on its way
    change(job, sweep_at=ago(1))
    assert sweep() == 1
    assert sweep() == 0
    assert queue.job_ids == [str(job.pk)]


def test_a_job_with_a_fault_is_enqueued_again_when_its_time_has_come(work: Work, queue: Queue) -> None:
    job = request(KIND, "a")
    work.then = work.break_down
    run(job.pk)
    assert sweep() == 0
    change(job, sweep_at=ago(1))
    assert sweep() == 1
    assert queue.job_ids == [str(job.pk)]


@pytest.mark.parametrize("state", [Job.State.DONE, Job.State.FAILED, Job.State.STOPPED])
def test_a_finished_job_is_never_swept_up(work: Work, queue: Queue, state: Job.State) -> None:
    change(request(KIND, "a"), state=state, sweep_at=ago(1000), heartbeat=ago(1000))
    assert sweep() == 0
    assert queue.job_ids == []


def test_each_waiting_job_is_enqueued(work: Work, queue: Queue) -> None:
    jobs = [request(KIND, key) for key in "abc"]
    for job in jobs:
        change(job, sweep_at=ago(1))
    assert sweep() == 3
    assert set(queue.job_ids) == {str(job.pk) for job in jobs}


def test_when_two_sweep_at_once_only_one_enqueues(work: Work, queue: Queue, monkeypatch: pytest.MonkeyPatch) -> None:
    job = request(KIND, "a")
    change(job, sweep_at=ago(1))
    turns: list[str] = []

    def other_sweeps_first() -> datetime:
        if not turns:
            turns.append("other")
            assert sweep() == 1  # between finding the job and moving its moment
        return in_a_minute()

    monkeypatch.setattr(sweep_module, "in_a_minute", other_sweeps_first)
    assert sweep() == 0
    assert queue.job_ids == [str(job.pk)]
    assert fresh(job).state == Job.State.WAITING


class FewTurns:
    """Stands in for the sweeper's event: lets it go round a few times, without waiting."""

    def __init__(self, turns: int) -> None:
        self.turns = turns

    def wait(self, seconds: float) -> bool:
        self.turns -= 1
        return self.turns <= 0


class NoConnection:
    def close(self) -> None:
        pass


@pytest.fixture
def go_round(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Run the sweeper's own loop this many turns, here and not in a thread."""
    monkeypatch.setattr(sweep_module, "connection", NoConnection())  # the test's own connection stays open

    def turn(turns: int) -> None:
        sweeper = Sweeper()
        monkeypatch.setattr(sweeper, "_stop", FewTurns(turns))
        sweeper._run()

    return turn


def test_the_sweeper_ticks_and_sweeps_every_turn(
    go_round: Callable[[int], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    monkeypatch.setattr(sweep_module, "start_daily_tick", lambda: done.append("tick"))
    monkeypatch.setattr(sweep_module, "sweep", lambda: done.append("sweep"))
    go_round(2)
    assert done == ["tick", "sweep"] * 2


@pytest.mark.parametrize("part", ["start_daily_tick", "sweep"])
def test_the_sweeper_goes_on_after_a_moment_without_database(
    go_round: Callable[[int], None], monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    """Otherwise nothing is retried, taken over or ticked any more until somebody starts the worker again."""
    calls: list[str] = []

    def once_locked() -> None:
        calls.append(part)
        if len(calls) == 1:
            raise OperationalError("database is locked")

    monkeypatch.setattr(sweep_module, "start_daily_tick", lambda: None)
    monkeypatch.setattr(sweep_module, "sweep", lambda: 0)
    monkeypatch.setattr(sweep_module, part, once_locked)
    go_round(3)
    assert len(calls) == 3
