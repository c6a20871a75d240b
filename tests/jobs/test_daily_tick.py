"""Once a day, whatever the number of workers, the rooms' chores are done."""

from datetime import date

import pytest

from jobs import daily
from jobs.models import Job
from jobs.running import run
from jobs.sweep import DAILY_TICK, start_daily_tick
from tests.jobs.ages import fresh
from tests.jobs.conftest import Queue

pytestmark = pytest.mark.django_db


@pytest.fixture
def chores(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the chores of this test did; the real ones are set aside."""
    done: list[str] = []
    monkeypatch.setattr(daily, "_chores", [])
    daily.every_day(lambda: done.append("first"))
    daily.every_day(lambda: done.append("second"))
    return done


def set_today(monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    monkeypatch.setattr("jobs.sweep.timezone.localdate", lambda: day)


def tick() -> Job:
    return Job.objects.filter(kind=DAILY_TICK).latest("created_at")


def test_the_tick_is_asked_for_once_a_day(queue: Queue, monkeypatch: pytest.MonkeyPatch) -> None:
    for day in (date(2026, 3, 1), date(2026, 3, 1), date(2026, 3, 2)):
        set_today(monkeypatch, day)
        start_daily_tick()
    assert list(Job.objects.order_by("key").values_list("key", flat=True)) == ["2026-03-01", "2026-03-02"]


def test_a_tick_that_is_done_is_not_asked_for_again_that_day(
    queue: Queue, chores: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    set_today(monkeypatch, date(2026, 3, 1))
    start_daily_tick()
    run(tick().pk)
    start_daily_tick()
    assert Job.objects.count() == 1
    assert chores == ["first", "second"]


def test_the_tick_does_all_chores_in_order_and_says_which_day(queue: Queue, chores: list[str]) -> None:
    start_daily_tick()
    run(tick().pk)
    done = tick()
    assert chores == ["first", "second"]
    assert (done.state, done.result, done.total) == (Job.State.DONE, done.key, 2)


def test_a_chore_that_fails_is_tried_again(queue: Queue, chores: list[str]) -> None:
    def break_down() -> None:
        raise RuntimeError("no mail server")

    daily.every_day(break_down)
    start_daily_tick()
    run(tick().pk)
    assert fresh(tick()).state == Job.State.WAITING
    assert fresh(tick()).fault == "RuntimeError"


def test_a_chore_is_added_once(chores: list[str]) -> None:
    def chore() -> None:
        chores.append("third")

    daily.every_day(chore)
    daily.every_day(chore)
    assert len(daily._chores) == 3
