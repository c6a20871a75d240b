"""A worker says once a minute that it lives; whoever watches sees which are alive and when one was last seen."""

import logging
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from jobs import signs
from jobs import sweep as sweep_module
from jobs.models import Worker
from jobs.signs import SignOfLife
from jobs.sweep import Sweeper
from tests.jobs.ages import ago


@pytest.mark.django_db
def test_a_sign_is_left_once_a_minute_and_to_the_minute(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, logger="jobs")
    sign = SignOfLife()
    sign.leave()
    worker = Worker.objects.get()
    assert worker.name == signs.this_worker()
    assert (worker.seen_at.second, worker.seen_at.microsecond) == (0, 0)
    assert signs.alive(signs.workers()) == [worker]
    with CaptureQueriesContext(connection) as statements:
        sign.leave()
    assert len(statements) == 0 or Worker.objects.get().seen_at > worker.seen_at
    assert caplog.text.count("starts") == 1


@pytest.mark.django_db
def test_the_next_minute_moves_the_same_row(monkeypatch: pytest.MonkeyPatch) -> None:
    sign = SignOfLife()
    sign.leave()
    first = Worker.objects.get().seen_at
    later = timezone.now() + timedelta(minutes=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    sign.leave()
    assert Worker.objects.get().seen_at > first


@pytest.mark.django_db
def test_who_has_been_silent_for_three_minutes_is_not_alive_and_is_forgotten_after_a_week() -> None:
    Worker.objects.create(name="silent", seen_at=ago(200))
    Worker.objects.create(name="gone", seen_at=ago(8 * 24 * 3600))
    assert signs.alive(signs.workers()) == []
    SignOfLife().leave()
    assert [worker.name for worker in signs.workers()] == [signs.this_worker(), "silent"]
    assert [worker.name for worker in signs.alive(signs.workers())] == [signs.this_worker()]


@pytest.mark.django_db
def test_who_was_asked_to_stop_counts_no_longer() -> None:
    Worker.objects.create(name="another", seen_at=ago(30))
    SignOfLife().leave()
    signs.sign_off()
    assert [worker.name for worker in signs.workers()] == ["another"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("queue")
def test_the_sweep_of_a_worker_leaves_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert any(chore.__qualname__ == "SignOfLife.leave" for chore in sweep_module._chores)
    monkeypatch.setattr(sweep_module, "_chores", [SignOfLife().leave])
    sweeper = Sweeper()
    sweeper.start()
    sweeper.stop()
    assert [worker.name for worker in signs.workers()] == [signs.this_worker()]
