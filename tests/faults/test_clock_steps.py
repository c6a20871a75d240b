"""The clock of a machine is put back or forward: no live job is taken over for it, and no dead one is left."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from jobs.models import Job, in_a_minute
from jobs.progress import Progress
from jobs.running import request, run
from jobs.sweep import sweep
from reports.ending import has_just_failed
from scan.models import Round
from tests.cast import Cast
from tests.jobs.ages import ago, change, fresh
from tests.jobs.conftest import KIND, Queue, Work, queue, work
from tests.jobs.test_taking_over import a_running_job
from tests.rounds import open_round

__all__ = ["queue", "work"]

pytestmark = pytest.mark.django_db

AN_HOUR = 3600
STEPS = (70, AN_HOUR, 24 * AN_HOUR, 366 * 24 * AN_HOUR)


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Let seconds pass, by the clock of the machine."""
    from django.utils import timezone  # noqa: PLC0415

    real = timezone.now
    passed = 0.0

    def let_pass(seconds: float) -> None:
        nonlocal passed
        passed += seconds
        monkeypatch.setattr(timezone, "now", lambda: real() + timedelta(seconds=passed))

    return let_pass


@pytest.mark.parametrize("step", STEPS)
def test_after_the_clock_was_put_back_a_live_job_is_left_alone(
    work: Work, queue: Queue, later: Callable[[float], None], step: int
) -> None:
    job, claim = a_running_job(silent_for=-step)
    progress = Progress(job.pk, claim)
    for _sweep in range(12):
        assert sweep() == 0
        later(10)
        progress.beat()
    assert (fresh(job).state, fresh(job).claim) == (Job.State.RUNNING, claim)


@pytest.mark.parametrize("step", STEPS)
def test_after_the_clock_was_put_back_a_dead_job_is_taken_over_within_two_minutes(
    work: Work, queue: Queue, later: Callable[[float], None], step: int
) -> None:
    job, _claim = a_running_job(silent_for=-step)
    assert sweep() == 0, "a sign of life that is still to come is no reason to take a job over"
    later(50)
    assert sweep() == 0
    later(20)
    assert sweep() == 1
    run(job.pk)
    assert fresh(job).state == Job.State.DONE


@pytest.mark.parametrize("step", STEPS)
def test_what_waits_for_a_moment_is_not_put_off_by_a_step_of_the_clock(
    work: Work, queue: Queue, later: Callable[[float], None], step: int
) -> None:
    job = request(KIND, "a")
    change(job, sweep_at=in_a_minute() + timedelta(seconds=step))
    assert sweep() == 1
    assert queue.job_ids == [str(job.pk)]
    assert sweep() == 0


def test_what_was_put_off_for_a_minute_keeps_its_minute(work: Work, queue: Queue) -> None:
    request(KIND, "a")
    for _sweep in range(3):
        assert sweep() == 0


def test_a_clock_that_was_put_forward_takes_a_job_over_but_its_worker_finds_out(work: Work, queue: Queue) -> None:
    """Nobody can tell that from a minute of silence; the claim sees to it that only one of them goes on."""
    job, claim = a_running_job(silent_for=AN_HOUR)
    assert sweep() == 1
    mine = Job.objects.filter(pk=job.pk, claim=claim)
    assert not mine.exists()
    run(job.pk)
    assert (fresh(job).state, fresh(job).tries) == (Job.State.DONE, 2)


@pytest.mark.parametrize(("seconds", "waits"), [(59 * 60, True), (61 * 60, False), (-60, True), (-AN_HOUR * 2, False)])
def test_what_failed_at_a_moment_that_is_still_to_come_is_tried_again(cast: Cast, seconds: float, waits: bool) -> None:
    round_: Round = open_round(cast)
    Job.objects.create(kind="close_round", key=str(round_.pk), state=Job.State.FAILED, finished_at=ago(seconds))
    assert has_just_failed("close_round", round_) is waits
