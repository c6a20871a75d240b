"""When the answers of a scan are deleted, of which scan, and what everybody sees of it."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from django_scopes import scope

from jobs import daily
from jobs.models import Job
from jobs.progress import Progress
from jobs.sweep import run_chores
from organisations.commands import InputError
from organisations.models import LogEntry, Organisation
from reports import retention
from reports.attention import attention
from reports.closing import KIND as CLOSE
from reports.closing import close_here, stop_accepting
from reports.document import document
from reports.ending import close_due
from reports.models import Release
from reports.published import ShownUnit, as_json, read_release
from scan.answering.submitting import submit
from scan.importing import import_responses
from scan.links import open_links
from scan.mailing.result_days import managers_day, results_day
from scan.models import Delivery, Invitation, Mailing, OpenLink, Round
from scan.participants import deletion_day, today_in
from scan.response_file import read_text
from scan.results_link import results_link
from scan.tokens import token_of
from tests.cast import Cast
from tests.conftest import SAMPLES
from tests.reports.full_round import (
    FullRound,
    asked_for,
    close_and_review,
    delete_now,
    let_days_pass,
    masked,
    open_full_round,
    sheet,
)
from tests.reports.test_closing_early_and_by_date import at
from tests.rounds import closed_sample_round, open_round
from tests.scan.asking import launched_round, participant_of, stored_responses
from tests.scan.drafting import address
from tests.scan.mailing.conftest import _jobs_are_only_asked_for, mail_server  # noqa: F401 -- fixtures
from tests.scan.mailing.mail_server import MailServer

Browser = Callable[[Any], Client]
LAST = date(2026, 3, 20)

pytestmark = pytest.mark.usefixtures("no_clean_up")


def fresh(round_: Round) -> Round:
    return Round.objects.select_related("organisation", "version").get(pk=round_.pk)


def closed_round(cast: Cast, **fields: object) -> Round:
    """Open until 20 March 2026, closed, and released."""
    round_ = launched_round(cast, people=8, opens_on=date(2026, 3, 2), closes_on=LAST, **fields)
    return _closed(round_, LAST + timedelta(days=1))


def _closed(round_: Round, closed_on: date) -> Round:
    close_here(round_)
    Round.objects.filter(pk=round_.pk).update(closed_on=closed_on)
    return fresh(round_)


# --- when ---


@pytest.mark.parametrize(
    ("zone", "first_moment"),
    [
        ("Europe/Amsterdam", datetime(2026, 4, 18, 22, 0, tzinfo=UTC)),  # summer time began in between
        ("America/Curacao", datetime(2026, 4, 19, 4, 0, tzinfo=UTC)),
        ("Asia/Tokyo", datetime(2026, 4, 18, 15, 0, tzinfo=UTC)),
    ],
)
def test_thirty_days_after_the_last_day_from_midnight_there(
    in_scope: Cast, zone: str, first_moment: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    round_ = closed_round(in_scope)
    Organisation.objects.filter(pk=in_scope.organisation.pk).update(time_zone=zone)
    at(monkeypatch, first_moment - timedelta(seconds=1))
    retention.delete_due()
    assert asked_for() == []
    at(monkeypatch, first_moment)
    retention.delete_due()
    assert asked_for() == [str(round_.pk)]


@pytest.mark.parametrize("days", [1, 2, 365])
def test_as_many_days_as_were_promised(in_scope: Cast, days: int, monkeypatch: pytest.MonkeyPatch) -> None:
    round_ = closed_round(in_scope, retention_days=days)
    for day, is_due in ((days - 1, False), (days, True), (days + 40, True)):
        at(monkeypatch, datetime(2026, 3, 20, 12, tzinfo=UTC) + timedelta(days=day))
        retention.delete_due()
        assert bool(asked_for()) is is_due, day
    assert deletion_day(round_) == LAST + timedelta(days=days)


def test_of_a_scan_that_was_closed_early_from_that_day_on(in_scope: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    round_ = launched_round(in_scope, opens_on=date(2026, 3, 2), closes_on=LAST)
    round_ = _closed(round_, date(2026, 3, 10))
    assert deletion_day(round_) == date(2026, 4, 9)
    at(monkeypatch, datetime(2026, 4, 8, 12, tzinfo=UTC))
    retention.delete_due()
    assert asked_for() == []
    at(monkeypatch, datetime(2026, 4, 9, 12, tzinfo=UTC))
    retention.delete_due()
    assert asked_for() == [str(round_.pk)]


def ask_by_tick() -> None:
    for chore in daily._chores:
        chore()


@pytest.mark.parametrize("ask", [ask_by_tick, run_chores])
def test_the_tick_and_the_sweep_ask_for_it(in_scope: Cast, ask: Callable[[], None]) -> None:
    round_ = closed_round(in_scope)
    let_days_pass(round_, 400)
    ask()
    ask()
    assert asked_for() == [str(round_.pk)]


def test_a_job_that_comes_too_early_deletes_nothing(in_scope: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    round_ = closed_round(in_scope)
    at(monkeypatch, datetime(2026, 4, 1, 12, tzinfo=UTC))
    assert retention.work(str(round_.pk), Progress(round_.pk, round_.pk)) == "not due"
    assert Invitation.objects.exists()
    assert not fresh(round_).is_past_retention


def test_a_server_that_was_off_for_weeks_first_closes_and_then_deletes(in_scope: Cast) -> None:
    round_ = launched_round(in_scope, people=8)
    for number, invitation in enumerate(Invitation.objects.all()):
        submit(participant_of(invitation), sheet(number))
    Round.objects.filter(pk=round_.pk).update(closes_on=date(2026, 2, 2))
    retention.delete_due()
    assert asked_for() == []
    stop_accepting(round_.pk)
    Job.objects.create(kind=CLOSE, key=str(round_.pk), state=Job.State.RUNNING)
    retention.delete_due()
    assert asked_for() == []
    Job.objects.all().delete()
    close_here(fresh(round_))
    retention.delete_due()
    assert asked_for() == [str(round_.pk)]
    assert Release.objects.get().check_record["blocks"]


# --- which ---


def test_only_the_scan_that_is_due_loses_its_answers(in_scope: Cast) -> None:
    due = closed_sample_round(in_scope.organisation, 2025)
    other = closed_sample_round(in_scope.organisation, 2026)
    theirs = closed_sample_round(in_scope.other_organisation, 2026)
    today = today_in(in_scope.organisation)
    for round_ in (other, theirs):
        Round._base_manager.filter(pk=round_.pk).update(opens_on=today, closes_on=today)
    kept = [stored_responses(other), _stored(theirs)]
    retention.delete_due()
    assert asked_for() == [str(due.pk)]
    delete_now(due)
    assert stored_responses(due) == []
    assert [stored_responses(other), _stored(theirs)] == kept
    assert all(kept)
    assert Round._base_manager.exclude(hash_key=None).count() == 2


def _stored(round_: Round) -> list[Any]:
    with scope(organisation=round_.organisation):
        return list(stored_responses(round_))


def test_an_imported_scan_that_was_closed(in_scope: Cast) -> None:
    round_ = closed_sample_round(in_scope.organisation)
    before = as_json(read_release(Release.objects.select_related("round__organisation").get()))
    delete_now(round_)
    assert stored_responses(round_) == []
    assert (fresh(round_).import_hash, fresh(round_).hash_key) == ("", None)
    assert as_json(read_release(Release.objects.select_related("round__organisation").get())) == before


def test_an_imported_scan_that_was_never_closed(in_scope: Cast) -> None:
    text = read_text(SAMPLES / "responses-2026.csv")
    import_responses(in_scope.organisation, text, "Oud", None, create=True, day=date(2026, 3, 9))
    round_ = Round.objects.get(title="Oud")
    retention.delete_due()
    assert asked_for() == [str(round_.pk)]
    delete_now(round_)
    assert stored_responses(round_) == []
    assert fresh(round_).state == Round.State.CLOSED
    with translation.override("en"), pytest.raises(InputError, match="have been deleted"):
        close_here(fresh(round_))
    assert not Release.objects.exists()
    with translation.override("en"), pytest.raises(InputError, match="Choose another title"):
        import_responses(in_scope.organisation, text, "Oud", None, create=True)
    assert stored_responses(round_) == []


def test_doing_it_again_changes_nothing(in_scope: Cast) -> None:
    round_ = closed_sample_round(in_scope.organisation)
    delete_now(round_)
    before = Round.objects.filter(pk=round_.pk).values().get()
    delete_now(round_)
    close_here(fresh(round_))
    assert Round.objects.filter(pk=round_.pk).values().get() == before
    assert LogEntry.objects.filter(action="delete_answers").count() == 1
    retention.delete_due()
    assert asked_for() == []


# --- what stays, and what is seen ---


@pytest.fixture
def full(in_scope: Cast, mail_server: MailServer) -> FullRound:  # noqa: F811 -- the fixture
    found = open_full_round(in_scope, mail_server)
    found.round = found.fresh()
    close_and_review(found)
    let_days_pass(found.round)
    return found


def test_the_release_its_pages_and_its_pdfs_are_the_same_as_before(full: FullRound, as_user: Browser) -> None:
    before = _readable(full, as_user)
    assert len(before) > 5
    delete_now(full.round)
    assert _readable(full, as_user) == before


def _readable(full: FullRound, as_user: Browser) -> dict[str, object]:
    release = Release.objects.select_related("round__organisation").get(round=full.round)
    published = read_release(release)
    found: dict[str, object] = {
        "json": as_json(published),
        "content": release.content,
        "check": release.check_record,
        "hash": release.inputs_hash,
        "days": [results_day(full.round), managers_day(full.round, full.round.plan)],
        "shared": masked(as_user(full.cast.anna).get(results_link(full.round)).content.decode()),
    }
    assert any(isinstance(unit, ShownUnit) for unit in published.units)
    for unit in published.units:
        for user in (full.cast.anna, full.cast.mo):
            page = as_user(user).get(f"{address(full.round)}u/{unit.id}/")
            found[f"{unit.path} {user.name}"] = (page.status_code, masked(page.content.decode()))
        if isinstance(unit, ShownUnit):
            found[f"{unit.path} pdf"] = [document(published, unit, language) for language in ("nl", "en")]
    return found


def test_every_link_leads_to_the_page_of_unknown_links(full: FullRound, as_user: Browser) -> None:
    links = [token_of(pk) for pk in Invitation.objects.values_list("pk", flat=True)]
    opened = open_links.token_of(OpenLink.objects.get())
    delete_now(full.round)
    unknown = as_user(None).get(f"/a/{token_of(full.round.pk)}/")
    for path in (*(f"/a/{token}/" for token in links[:5]), f"/a/open/{opened}/"):
        page = as_user(None).get(path)
        assert (page.status_code, masked(page.content.decode())) == (404, masked(unknown.content.decode()))


@pytest.mark.parametrize("name", ["anna", "wil", "cas"])
def test_it_is_said_on_the_pages_of_the_scan_and_of_its_promise(full: FullRound, as_user: Browser, name: str) -> None:
    client = as_user(getattr(full.cast, name))
    today = today_in(full.round.organisation)
    for language, was_done, deleted in (
        ("en", "This was done on", "All answers were deleted on"),
        ("nl", "Dat is gebeurd op", "zijn alle antwoorden verwijderd"),
    ):
        Round.objects.update(answers_deleted_on=None)
        user = getattr(full.cast, name)
        user.language = language
        user.save()
        assert was_done not in client.get(address(full.round, "promise/")).content.decode()
        assert deleted not in client.get(address(full.round)).content.decode()
        Round.objects.update(answers_deleted_on=today)
        assert was_done in client.get(address(full.round, "promise/")).content.decode()
        assert deleted in client.get(address(full.round)).content.decode()


def test_it_stands_in_the_log(full: FullRound, as_user: Browser) -> None:
    delete_now(full.round)
    entry = LogEntry.objects.get(action="delete_answers")
    assert (entry.subject, entry.user) == (full.round.title, None)
    page = as_user(full.cast.anna).get(f"/o/{full.round.organisation.slug}/log/").content.decode()
    assert "Alle antwoorden van een scan verwijderd" in page


def test_before_it_is_done_the_promise_names_the_day(full: FullRound, as_user: Browser) -> None:
    full.cast.anna.language = "en"
    full.cast.anna.save()
    with translation.override("en"):
        day = deletion_day(fresh(full.round))
    page = as_user(full.cast.anna).get(address(full.round, "promise/")).content.decode()
    assert f"That is on {day.day} {day:%B %Y}." in page


# --- mails that hand out results ---


def test_results_that_are_due_later_still_go_out_and_leave_refusals_for_a_week(full: FullRound) -> None:
    today = today_in(full.round.organisation)
    results = Mailing.objects.filter(round=full.round, kind="results")
    results.update(planned_on=today + timedelta(days=5))
    delete_now(full.round)
    assert results.get().state == Mailing.State.PLANNED
    assert results_day(full.round) == today + timedelta(days=5)
    results.update(state="done", finished_on=today, total=9, sent=7, refused=1, uncertain=1)
    Delivery.objects.create(mailing=results.get(), person=full.people[0], state="refused", code="550")
    retention.delete_due()
    assert asked_for() == []
    results.update(finished_on=today - timedelta(days=7))
    retention.delete_due()
    assert asked_for() == [str(full.round.pk)]
    delete_now(full.round)
    assert not Delivery.objects.exists()
    found = results.get()
    assert (found.total, found.sent, found.refused, found.uncertain) == (7, 7, 0, 0)
    Job.objects.all().delete()
    retention.delete_due()
    assert asked_for() == []


def test_of_handing_out_that_was_refused_just_before_nothing_goes_within_the_week(full: FullRound) -> None:
    today = today_in(full.round.organisation)
    managers = Mailing.objects.filter(round=full.round, kind="managers")
    managers.update(state="done", finished_on=today - timedelta(days=6), total=1, refused=1)
    Delivery.objects.create(mailing=managers.get(), user=full.cast.mo, state="refused", code="550")
    delete_now(full.round)
    assert Delivery.objects.count() == 1


# --- without results ---


def test_hr_reads_beforehand_that_the_answers_go_and_afterwards_that_there_are_no_results(
    in_scope: Cast, as_user: Browser
) -> None:
    round_ = open_round(in_scope)
    stop_accepting(round_.pk)
    Job.objects.create(kind=CLOSE, key=str(round_.pk), state=Job.State.FAILED)
    in_scope.anna.language = "en"
    in_scope.anna.save()
    client = as_user(in_scope.anna)
    day = deletion_day(fresh(round_))
    said = f"On {day.day} {day:%B %Y} all answers are deleted, also when there are no results yet"
    assert said in client.get(address(round_)).content.decode()
    with translation.override("en"):
        assert any("its answers are deleted" in item.text for item in _attention(in_scope))
    let_days_pass(round_)
    delete_now(round_)
    close_due()
    assert not Job.objects.filter(kind=CLOSE, state__in=Job.UNFINISHED).exists()
    assert "There will be no results of this scan" in client.get(address(round_)).content.decode()
    assert not Mailing.objects.filter(round=round_).exists()
    with translation.override("en"):
        assert any("Tell staff so" in item.text for item in _attention(in_scope))
        Round.objects.update(answers_deleted_on=today_in(in_scope.organisation) - timedelta(days=30))
        assert not any("Tell staff so" in item.text for item in _attention(in_scope))


def _attention(cast: Cast) -> list[Any]:
    return attention([(cast.organisation, list(Round.objects.all()))])[cast.organisation.pk]
