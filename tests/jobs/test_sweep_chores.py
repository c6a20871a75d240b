"""Rooms above add chores to the sweep: each is done at each sweep, and one that fails stands in nobody's way."""

import pytest
from django.db import OperationalError

from jobs import sweep as sweep_module
from jobs.sweep import Sweeper, at_each_sweep, run_chores

pytestmark = pytest.mark.django_db


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the chores of this test did; the real ones are set aside."""
    monkeypatch.setattr(sweep_module, "_chores", [])
    return []


def test_each_chore_is_done_in_order_and_none_twice(done: list[str]) -> None:
    def first() -> None:
        done.append("first")

    for chore in (first, lambda: done.append("second"), first):
        at_each_sweep(chore)
    run_chores()
    run_chores()
    assert done == ["first", "second"] * 2


def test_a_chore_that_fails_is_written_down_and_the_others_are_done(
    done: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    def broken() -> None:
        raise ValueError("no such time zone")

    at_each_sweep(broken)
    at_each_sweep(lambda: done.append("second"))
    run_chores()
    assert done == ["second"]
    assert "no such time zone" in caplog.text


def test_a_database_that_does_not_answer_ends_this_sweep_only(done: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def locked() -> None:
        done.append("locked")
        raise OperationalError("database is locked")

    class TwoTurns:
        turns = 2

        def wait(self, seconds: float) -> bool:
            self.turns -= 1
            return self.turns == 0

    class NoConnection:
        def close(self) -> None:
            pass

    at_each_sweep(locked)
    monkeypatch.setattr(sweep_module, "connection", NoConnection())  # the test's own connection stays open
    monkeypatch.setattr(sweep_module, "start_daily_tick", lambda: None)
    sweeper = Sweeper()
    monkeypatch.setattr(sweeper, "_stop", TwoTurns())
    sweeper._run()
    assert done == ["locked", "locked"]


def test_closing_by_date_and_mailings_are_chores() -> None:
    names = {f"{chore.__module__}.{chore.__name__}" for chore in sweep_module._chores}
    assert {"reports.ending.close_due", "scan.mailing.starting.start_due"} <= names
