"""Another last day, closing early, and closing by itself when the last day is over on the organisation's own clock."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone, translation
from django_scopes import scope, scopes_disabled

from jobs.models import Job
from organisations.commands import InputError
from organisations.models import LogEntry, Organisation
from reports.closing import KIND, close_here
from reports.ending import change_last_day, close_due, close_early, closing_has_failed
from scan import participants
from scan.models import Mailing, Round
from scan.participants import today_in
from tests.cast import Cast
from tests.rounds import tokens
from tests.scan.asking import launched_round

Browser = Callable[[Any], Client]
LAST = date(2026, 3, 20)


def at(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    """The clock by which every time zone's today is told."""

    class Clock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> "Clock":
            return cls.fromtimestamp(moment.timestamp(), tz)

    monkeypatch.setattr(participants, "datetime", Clock)


@pytest.fixture
def round_(in_scope: Cast) -> Round:
    """Open until 20 March 2026."""
    found = launched_round(in_scope, opens_on=date(2026, 3, 2), closes_on=LAST)
    Organisation.objects.filter(pk=in_scope.organisation.pk).update(time_zone="Europe/Amsterdam")
    return Round.objects.select_related("organisation").get(pk=found.pk)


def asked() -> list[str]:
    return list(Job.objects.filter(kind=KIND).values_list("key", flat=True))


@pytest.mark.parametrize(
    ("zone", "last_moment"),
    [
        ("Europe/Amsterdam", datetime(2026, 3, 20, 22, 59, 59, tzinfo=UTC)),
        ("America/Curacao", datetime(2026, 3, 21, 3, 59, 59, tzinfo=UTC)),
        ("Asia/Tokyo", datetime(2026, 3, 20, 14, 59, 59, tzinfo=UTC)),
    ],
)
def test_a_round_is_closed_when_its_last_day_is_over_there(
    zone: str, last_moment: datetime, round_: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    Organisation.objects.filter(pk=round_.organisation_id).update(time_zone=zone)
    at(monkeypatch, last_moment)
    close_due()
    assert asked() == []
    at(monkeypatch, last_moment + timedelta(seconds=1))
    close_due()
    assert asked() == [str(round_.pk)]


def test_of_two_organisations_each_by_its_own_clock(
    round_: Round, in_scope: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    with scope(organisation=in_scope.other_organisation):
        theirs = Round.objects.create(
            organisation=in_scope.other_organisation,
            title="Van hen",
            slug="van-hen",
            version=round_.version,
            opens_on=round_.opens_on,
            closes_on=LAST,
            state=Round.State.OPEN,
        )
    Organisation.objects.filter(pk=in_scope.other_organisation.pk).update(time_zone="Asia/Tokyo")
    at(monkeypatch, datetime(2026, 3, 20, 18, tzinfo=UTC))
    close_due()
    assert asked() == [str(theirs.pk)]


def test_it_is_safe_to_do_twice(round_: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, datetime(2026, 3, 22, tzinfo=UTC))
    close_due()
    close_due()
    assert asked() == [str(round_.pk)]


@pytest.mark.parametrize(
    "other",
    [
        {"state": Round.State.DRAFT},
        {"origin": Round.Origin.IMPORTED},
        {"closes_on": date(2026, 3, 22)},
    ],
)
def test_no_other_round_is_closed(other: dict[str, Any], round_: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    Round.objects.filter(pk=round_.pk).update(**other)
    at(monkeypatch, datetime(2026, 3, 22, tzinfo=UTC))
    close_due()
    assert asked() == []


def test_it_needs_no_scope(round_: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, datetime(2026, 3, 22, tzinfo=UTC))
    with scope(organisation=None):
        close_due()
    with scopes_disabled():
        assert asked() == [str(round_.pk)]


def test_a_closing_that_failed_is_not_asked_for_at_every_sweep(round_: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, datetime(2026, 3, 22, tzinfo=UTC))
    close_due()
    Job.objects.update(state=Job.State.FAILED, finished_at=timezone.now())
    close_due()
    assert len(asked()) == 1
    Job.objects.update(finished_at=timezone.now() - timedelta(minutes=61))
    close_due()
    assert len(asked()) == 2


def test_a_closing_that_failed_after_closing_early_is_taken_up_again_until_there_are_results(
    round_: Round, in_scope: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(monkeypatch, datetime(2026, 3, 4, 12, tzinfo=UTC))
    close_early(round_, in_scope.anna)
    Job.objects.update(state=Job.State.FAILED, finished_at=timezone.now() - timedelta(minutes=61))
    close_due()
    assert len(asked()) == 2
    Job.objects.all().delete()
    close_here(round_)
    Job.objects.all().delete()
    close_due()
    assert asked() == []


def test_closing_early_asks_for_one_job_and_is_written_down(in_scope: Cast, as_user: Browser) -> None:
    round_ = launched_round(in_scope)
    client, page = as_user(in_scope.anna), f"/o/{in_scope.organisation.slug}/r/{round_.slug}/"
    assert client.get(f"{page}close/").status_code == 200
    assert asked() == []
    assert client.post(f"{page}close/").headers["Location"] == page
    assert asked() == [str(round_.pk)]
    entry = LogEntry.objects.get(action="ask_closing")
    assert (entry.user, entry.subject) == (in_scope.anna, round_.title)
    close_early(round_, in_scope.anna)
    assert asked() == [str(round_.pk)]
    assert not closing_has_failed(round_)
    assert Round.objects.get().state == Round.State.CLOSED
    assert "data-busy" in client.get(page).content.decode()


def test_closing_early_says_what_was_promised(in_scope: Cast, as_user: Browser) -> None:
    round_ = launched_round(in_scope, closes_on=date(2099, 12, 31))
    for language, text in (("nl", "31 december 2099"), ("en", "31 December 2099")):
        in_scope.anna.language = language
        in_scope.anna.save()
        page = as_user(in_scope.anna).get(f"/o/{in_scope.organisation.slug}/r/{round_.slug}/close/")
        assert text in page.content.decode()


@pytest.mark.parametrize("step", ["close/", "last-day/"])
def test_only_the_hr_adviser_ends_a_round(step: str, in_scope: Cast, as_user: Browser) -> None:
    round_ = launched_round(in_scope)
    page = f"/o/{in_scope.organisation.slug}/r/{round_.slug}/{step}"
    for user, status in ((in_scope.mo, 403), (in_scope.cas, 403), (in_scope.wil, 403), (in_scope.otto, 404)):
        assert as_user(user).post(page, {"closes_on": "2098-01-01"}).status_code == status
    assert asked() == []
    assert Round.objects.get().closes_on == round_.closes_on


@pytest.mark.parametrize("state", [Round.State.DRAFT, Round.State.CLOSED])
@pytest.mark.parametrize("step", ["close/", "last-day/"])
def test_a_round_that_is_not_open_cannot_be_ended(
    step: str, state: Round.State, in_scope: Cast, as_user: Browser
) -> None:
    round_ = launched_round(in_scope)
    Round.objects.update(state=state)
    page = f"/o/{in_scope.organisation.slug}/r/{round_.slug}/"
    response = as_user(in_scope.anna).post(page + step, {"closes_on": "2098-01-01"})
    assert response.headers["Location"] == page
    assert asked() == []
    assert Round.objects.get().closes_on == round_.closes_on


def test_another_last_day_holds_at_once_and_is_written_down(in_scope: Cast, as_user: Browser) -> None:
    round_ = launched_round(in_scope, opens_on=today_in(in_scope.organisation))
    day = today_in(in_scope.organisation) + timedelta(days=10)
    page = f"/o/{in_scope.organisation.slug}/r/{round_.slug}/"
    assert as_user(in_scope.anna).post(f"{page}last-day/", {"closes_on": day}).headers["Location"] == page
    assert Round.objects.get().closes_on == day
    entry = LogEntry.objects.get(action="change_last_day")
    assert (entry.user, entry.subject) == (in_scope.anna, f"{round_.title}: {day.isoformat()}")


TODAY = date(2026, 3, 10)
REFUSED = [
    (TODAY - timedelta(days=1), "day has passed", "dag is voorbij"),
    (date(2026, 3, 2) + timedelta(days=121), "more than four months", "vier maanden"),
    (date(2026, 5, 1), "1 May 2026", "1 mei 2026"),
    (date(2026, 5, 2), "1 May 2026", "1 mei 2026"),
    ("", "required", "verplicht"),
    ("morgen", "valid date", "geldige datum"),
]


@pytest.mark.parametrize(("day", "english", "dutch"), REFUSED)
def test_a_last_day_that_cannot_be_is_refused_beside_its_field(
    day: date | str, english: str, dutch: str, on_10_march: tuple[Cast, Round, Client]
) -> None:
    cast, round_, client = on_10_march
    Round.objects.update(results_on=date(2026, 5, 1) if day != REFUSED[1][0] else None)
    for language, words in (("en", english), ("nl", dutch)):
        cast.anna.language = language
        cast.anna.save()
        response = client.post(f"/o/{cast.organisation.slug}/r/{round_.slug}/last-day/", {"closes_on": day})
        assert response.status_code == 422
        assert words in str(response.context["form"].errors["closes_on"])
    assert Round.objects.get().closes_on == LAST
    assert not LogEntry.objects.filter(action="change_last_day").exists()


@pytest.fixture
def on_10_march(
    round_: Round, in_scope: Cast, as_user: Browser, monkeypatch: pytest.MonkeyPatch
) -> tuple[Cast, Round, Client]:
    client = as_user(in_scope.anna)
    at(monkeypatch, datetime(2026, 3, 10, 12, tzinfo=UTC))
    return in_scope, round_, client


@pytest.mark.parametrize("day", [TODAY, date(2026, 4, 30), date(2026, 3, 20)])
def test_a_last_day_from_today_until_the_day_before_the_results(
    day: date, round_: Round, in_scope: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    Round.objects.update(results_on=date(2026, 5, 1))
    at(monkeypatch, datetime(2026, 3, 10, 12, tzinfo=UTC))
    change_last_day(round_, day, in_scope.anna)
    assert Round.objects.get().closes_on == day


def test_a_round_that_closed_meanwhile_keeps_its_last_day(
    round_: Round, in_scope: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(monkeypatch, datetime(2026, 3, 10, 12, tzinfo=UTC))
    Round.objects.update(state=Round.State.CLOSED)
    with pytest.raises(InputError, match=round_.title):
        change_last_day(round_, date(2026, 3, 25), in_scope.anna)


def test_an_earlier_last_day_takes_the_reminders_after_it_away(
    round_: Round, in_scope: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(monkeypatch, datetime(2026, 3, 4, 12, tzinfo=UTC))
    plan_reminders(round_)
    assert change_last_day(round_, date(2026, 3, 15), in_scope.anna) == [date(2026, 3, 14), date(2026, 3, 18)]
    left = Mailing.objects.filter(round=round_, kind=Mailing.Kind.REMINDER)
    assert [mailing.planned_on for mailing in left] == [date(2026, 3, 9)]
    cancelled = LogEntry.objects.filter(action="cancel_mailing", user=in_scope.anna).order_by("subject")
    assert [entry.subject for entry in cancelled] == ["Voorjaar: 2026-03-14", "Voorjaar: 2026-03-18"]


def plan_reminders(round_: Round) -> None:
    """The second on a Saturday: it would go out on Monday."""
    for number, day in enumerate((date(2026, 3, 9), date(2026, 3, 14), date(2026, 3, 18)), 1):
        Mailing.objects.create(round=round_, kind=Mailing.Kind.REMINDER, number=number, planned_on=day)


def test_which_reminders_are_cancelled_is_said_before_and_after(on_10_march: tuple[Cast, Round, Client]) -> None:
    cast, round_, client = on_10_march
    cast.anna.language = "en"
    cast.anna.save()
    plan_reminders(round_)
    page = f"/o/{cast.organisation.slug}/r/{round_.slug}/last-day/"
    text = " ".join(client.get(page).content.decode().split())
    assert "Reminders are planned on: 9 March 2026, 14 March 2026, 18 March 2026." in text
    assert "Those that would go out after the new last day are cancelled." in text
    text = client.post(page, {"closes_on": "2026-03-16"}, follow=True).content.decode()
    assert "This reminder would have gone out after the last day, and was cancelled: 18 March 2026." in text
    text = client.post(page, {"closes_on": "2026-03-17"}, follow=True).content.decode()
    assert "cancelled" not in text


def test_the_last_day_never_comes_before_the_invitation_goes_out(
    round_: Round, in_scope: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(monkeypatch, datetime(2026, 3, 4, 12, tzinfo=UTC))
    invitation = Mailing.objects.filter(round=round_, kind=Mailing.Kind.INVITATION)
    invitation.update(planned_on="2026-03-14")  # a Saturday
    with translation.override("en"), pytest.raises(InputError, match="goes out on Monday 16 March"):
        change_last_day(round_, date(2026, 3, 15), in_scope.anna)
    change_last_day(round_, date(2026, 3, 16), in_scope.anna)
    invitation.update(state=Mailing.State.DONE)
    change_last_day(round_, date(2026, 3, 15), in_scope.anna)


@pytest.mark.parametrize("end", ["early", "by date"])
def test_while_it_is_being_closed_the_last_day_stays(
    end: str, round_: Round, in_scope: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    if end == "early":
        at(monkeypatch, datetime(2026, 3, 4, 12, tzinfo=UTC))
        close_early(round_, in_scope.anna)
    else:
        at(monkeypatch, datetime(2026, 3, 22, 12, tzinfo=UTC))
        close_due()
    with pytest.raises(InputError, match="Voorjaar"):
        change_last_day(round_, date(2026, 3, 25), in_scope.anna)
    round_.refresh_from_db()
    assert round_.closes_on == LAST


def test_after_closing_early_a_link_leads_nowhere_before_the_job_has_run(in_scope: Cast, as_user: Browser) -> None:
    round_ = launched_round(in_scope)
    link = f"/a/{tokens(round_)[0]}/"
    assert as_user(None).get(link).status_code == 200
    close_early(round_, in_scope.anna)
    assert as_user(None).get(link).status_code == 404


def test_a_scan_that_has_not_begun_cannot_end_before_its_first_day(
    round_: Round, in_scope: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(monkeypatch, datetime(2026, 2, 20, 12, tzinfo=UTC))
    with pytest.raises(InputError, match=r"2 maart 2026|2 March 2026"):
        change_last_day(round_, date(2026, 2, 27), in_scope.anna)
    change_last_day(round_, date(2026, 3, 2), in_scope.anna)
    assert Round.objects.get().closes_on == date(2026, 3, 2)


@pytest.mark.parametrize("kind", [Mailing.Kind.MANAGERS, Mailing.Kind.RESULTS])
def test_the_last_day_comes_before_results_are_handed_out(
    kind: str, round_: Round, in_scope: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(monkeypatch, datetime(2026, 3, 4, 12, tzinfo=UTC))
    Mailing.objects.create(round=round_, kind=kind, planned_on=date(2026, 3, 30))
    with pytest.raises(InputError, match=r"30 maart 2026|30 March 2026"):
        change_last_day(round_, date(2026, 3, 30), in_scope.anna)
    change_last_day(round_, date(2026, 3, 29), in_scope.anna)
    assert Round.objects.get().closes_on == date(2026, 3, 29)
