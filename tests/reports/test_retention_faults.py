"""Killed at any point, deleting the answers goes on where it was; and what died halfway is never read again."""

import logging
import signal
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from django_scopes import scope

from jobs.models import Job
from jobs.running import request, run
from organisations.models import LogEntry
from reports import record, release, retention
from reports.closing import close_here, seal, stop_accepting
from reports.figures import Figures
from reports.models import Release
from scan import ballot_box
from scan.answering.submitting import submit
from scan.cleaning import CleaningHinderedError
from scan.models import Invitation, Remark, Response, Round
from tests.cast import Cast
from tests.reports.full_round import asked_for, delete_now, let_days_pass, sheet
from tests.scan.asking import guard_away, launched_round, participant_of, stored_responses
from tests.scan.mailing.dying import take_over
from tests.scan.mailing.mail_server import MailServer
from tests.scan.mailing.worker import start_worker

ANSWERED = 9
POINTS = (
    "before reading stops",
    "after reading has stopped",
    "before a batch is committed",
    "after a batch is committed",
    "after the keys are erased",
    "before cleaning up",
    "after cleaning up",
    "before it is written down",
    "after it is written down",
)


class KilledError(BaseException):
    """As if the process had ended there."""


def answered(cast: Cast) -> Round:
    round_ = launched_round(cast, people=12)
    for number, invitation in enumerate(Invitation.objects.filter(round=round_)[:ANSWERED]):
        submit(participant_of(invitation), sheet(number))
    return round_


@pytest.fixture
def due(in_scope: Cast, no_clean_up: list[str], monkeypatch: pytest.MonkeyPatch) -> Round:
    """Closed, released and due; batches are of two rows, so that there are many."""
    for module in ("scan.retention", "scan.ballot_box", "scan.mailing.records"):
        monkeypatch.setattr(f"{module}.BATCH", 2)
    round_ = answered(in_scope)
    close_here(round_)
    let_days_pass(round_)
    return round_


def kill_at(monkeypatch: pytest.MonkeyPatch, point: str, time: int = 1) -> Callable[[], int]:
    """Killed when this point is reached for the nth time; answers how often it was."""
    count = 0

    def reached(name: str) -> None:
        nonlocal count
        count += name == point
        if name == point and count == time:
            raise KilledError

    monkeypatch.setattr("scan.retention.reached", reached)
    return lambda: count


def is_gone(round_: Round) -> bool:
    found = Round.objects.get(pk=round_.pk)
    nothing = not stored_responses(round_) and not Invitation.objects.exists() and not Remark.objects.exists()
    return nothing and found.hash_key is None and found.answers_deleted_on is not None


@pytest.mark.parametrize("point", POINTS)
def test_killed_anywhere_and_repeated_everything_is_gone(due: Round, point: str) -> None:
    with pytest.MonkeyPatch.context() as monkeypatch:
        kill_at(monkeypatch, point)
        with pytest.raises(KilledError):
            delete_now(due)
    assert is_gone(due) is (point == "after it is written down")
    delete_now(due)
    assert is_gone(due)
    assert LogEntry.objects.filter(action="delete_answers", subject=due.title).count() == 1
    assert Release.objects.count() == 1


def test_killed_in_each_batch_it_ends_all_the_same(due: Round) -> None:
    """Every time at the next batch: what was committed stays deleted."""
    for time in range(1, 200):
        with pytest.MonkeyPatch.context() as monkeypatch:
            kill_at(monkeypatch, "before a batch is committed", time)
            try:
                delete_now(due)
            except KilledError:
                continue
        break
    assert time > 10
    assert is_gone(due)


def test_nobody_writes_down_that_it_is_done_before_the_disk_is_clean(
    due: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    def hindered() -> None:
        raise CleaningHinderedError

    monkeypatch.setattr("scan.cleaning.clean_up", hindered)
    with pytest.raises(CleaningHinderedError):
        delete_now(due)
    assert Round.objects.get(pk=due.pk).answers_deleted_on is None
    assert not LogEntry.objects.filter(action="delete_answers").exists()
    assert not stored_responses(due)


def test_a_job_that_failed_is_asked_for_again_after_an_hour(due: Round) -> None:
    failed = Job.objects.create(
        kind=retention.KIND, key=str(due.pk), state=Job.State.FAILED, finished_at=timezone.now() - timedelta(minutes=59)
    )
    retention.delete_due()
    assert asked_for() == []
    Job.objects.filter(pk=failed.pk).update(finished_at=timezone.now() - timedelta(minutes=61))
    retention.delete_due()
    retention.delete_due()
    assert asked_for() == [str(due.pk)]


def test_two_at_once_delete_it_once(due: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other worker does all of it between two batches of this one."""
    calls: list[str] = []

    def other_worker(name: str) -> None:
        calls.append(name)
        if calls.count("after a batch is committed") == 2:
            monkeypatch.setattr("scan.retention.reached", lambda name: None)
            delete_now(due)

    monkeypatch.setattr("scan.retention.reached", other_worker)
    delete_now(due)
    assert is_gone(due)
    assert LogEntry.objects.filter(action="delete_answers").count() == 1


# --- when closing did not succeed ---


@pytest.fixture
def unreleased(in_scope: Cast, no_clean_up: list[str], monkeypatch: pytest.MonkeyPatch) -> Round:
    """Closed and sealed; every try at its release has failed. One remark was approved."""
    monkeypatch.setattr("scan.retention.BATCH", 2)
    monkeypatch.setattr("scan.ballot_box.BATCH", 2)
    round_ = answered(in_scope)
    stop_accepting(round_.pk)
    seal(round_.pk)
    Remark.objects.filter(text__endswith="-0").update(is_approved=True)
    let_days_pass(round_)
    Job.objects.create(kind="close_round", key=str(round_.pk), state=Job.State.FAILED, finished_at=timezone.now())
    return round_


def test_the_promise_goes_before_results(unreleased: Round, caplog: pytest.LogCaptureFixture) -> None:
    retention.delete_due()
    assert asked_for() == [str(unreleased.pk)]
    with caplog.at_level(logging.ERROR):
        delete_now(unreleased)
    assert is_gone(unreleased)
    assert f"zorggroep-de-linde/{unreleased.slug}" in caplog.text
    assert not Release.objects.exists()


def test_of_answers_that_are_half_gone_no_results_are_made(unreleased: Round) -> None:
    with pytest.MonkeyPatch.context() as monkeypatch:
        kill_at(monkeypatch, "after a batch is committed")
        with pytest.raises(KilledError):
            delete_now(unreleased)
    with guard_away():
        assert 0 < Response.objects.count() < ANSWERED
    round_ = Round.objects.select_related("organisation", "version").get(pk=unreleased.pk)
    with pytest.raises(RuntimeError, match="past its retention"):
        ballot_box.read(round_)
    before = stored_responses(round_)
    Round.objects.update(is_sealed=False)
    seal(round_.pk)
    assert stored_responses(round_) == before
    assert not Round.objects.get(pk=round_.pk).is_sealed


def test_who_read_all_answers_before_they_went_comes_too_late_to_freeze_them(
    unreleased: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    record_of = record.record_of
    round_ = Round.objects.select_related("organisation", "version").get(pk=unreleased.pk)

    def meanwhile(figures: Figures, contents: release.Contents) -> dict[str, Any]:
        delete_now(unreleased)
        return record_of(figures, contents)

    monkeypatch.setattr(release, "record_of", meanwhile)
    with pytest.raises(release.TooLateError):
        release.build_release(round_)
    assert not Release.objects.exists()
    assert is_gone(unreleased)


def test_answers_of_a_round_within_its_retention_are_not_deleted(due: Round) -> None:
    with pytest.raises(RuntimeError, match="within its retention"):
        ballot_box.delete_some(Round.objects.get(pk=due.pk))
    assert len(stored_responses(due)) == ANSWERED


# --- a real process, killed ---


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("point", ["after a batch is committed", "before cleaning up", "before it is written down"])
def test_another_worker_goes_on_after_one_that_was_killed(cast: Cast, point: str) -> None:
    with scope(organisation=cast.organisation):
        round_ = answered(cast)
        close_here(round_)
        let_days_pass(round_)
        job = request(retention.KIND, str(round_.pk))
        assert start_worker(job.pk, MailServer(), point).wait(240) == -signal.SIGKILL
        assert not is_gone(round_)
        take_over(job.pk)
        run(job.pk)
        job.refresh_from_db()
        assert (job.state, job.result) == (Job.State.DONE, "deleted")
        assert is_gone(round_)
