"""Mails go out on working days within the hours, by the organisation's clock; stopping, resuming and keeping pace."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation
from pytest_django import Settings

from jobs.models import Job
from jobs.running import request, run
from organisations.models import Organisation
from scan.mailing import sending
from scan.mailing.hours import is_working_day, public_holiday, school_holiday, sending_day
from scan.mailing.pace import Pace
from scan.mailing.planning import resume, stop
from scan.mailing.starting import is_due, start_due
from scan.models import Delivery, Mailing, Plan
from tests.cast import Cast
from tests.scan.mailing.conftest import Clock
from tests.scan.mailing.mail_server import MailServer
from tests.scan.mailing.sending_out import addresses, asked_round, do_job, fresh, mailing_of


def asked_for() -> list[str]:
    return list(Job.objects.filter(state__in=Job.UNFINISHED).values_list("key", flat=True))


@pytest.mark.parametrize(
    ("moment", "goes_out"),
    [
        ("2026-03-02T12:00", False),  # the day before
        ("2026-03-03T08:59", False),
        ("2026-03-03T09:00", True),
        ("2026-03-03T15:59", True),
        ("2026-03-03T16:00", False),
        ("2026-03-04T00:00", False),
        ("2026-03-04T09:00", True),  # the server was off on the day itself
        ("2026-03-07T12:00", False),  # Saturday
    ],
)
def test_the_invitation_goes_out_within_the_hours(in_scope: Cast, clock: Clock, moment: str, goes_out: bool) -> None:
    mailing = mailing_of(asked_round(in_scope))
    clock.set(moment)
    start_due()
    assert asked_for() == ([str(mailing.pk)] if goes_out else [])


def test_the_hours_are_those_of_the_organisations_clock_in_summer_and_winter(in_scope: Cast, clock: Clock) -> None:
    mailing = mailing_of(asked_round(in_scope))
    for text, goes_out in [
        ("2026-03-26T07:59", False),  # 8:59 in Amsterdam, in winter
        ("2026-03-26T08:00", True),
        ("2026-03-26T15:00", False),
    ]:
        clock.moment = datetime.fromisoformat(text).replace(tzinfo=UTC)
        assert is_due(fresh(mailing)) is goes_out, text
    mailing.round.closes_on = date(2026, 4, 30)
    mailing.round.save()
    for text, goes_out in [("2026-03-30T06:59", False), ("2026-03-30T07:00", True), ("2026-03-30T14:00", False)]:
        clock.moment = datetime.fromisoformat(text).replace(tzinfo=UTC)
        assert is_due(fresh(mailing)) is goes_out, text
    Organisation.objects.update(time_zone="America/Curacao")
    clock.moment = datetime(2026, 3, 30, 7, 0, tzinfo=UTC)
    assert not is_due(fresh(mailing))


def test_on_any_day_leaves_the_hours_as_they_are(in_scope: Cast, clock: Clock) -> None:
    mailing = mailing_of(asked_round(in_scope, on_any_day=True, first_hour=20, last_hour=22))
    for moment, goes_out in [("2026-03-07T12:00", False), ("2026-03-07T20:00", True)]:
        clock.set(moment)
        assert is_due(fresh(mailing)) is goes_out


@pytest.mark.parametrize(
    ("day", "is_one"),
    [
        (date(2026, 4, 3), False),  # Good Friday
        (date(2026, 4, 6), False),  # Easter Monday
        (date(2026, 4, 7), True),
        (date(2026, 4, 27), False),  # King's Day
        (date(2026, 5, 5), True),  # a day off once in five years
        (date(2030, 5, 6), True),
        (date(2027, 12, 31), True),
        (date(2026, 11, 21), False),
        (date(2026, 11, 22), False),
    ],
)
def test_working_days(day: date, is_one: bool) -> None:
    assert is_working_day(day) is is_one


def test_a_holiday_has_a_name_in_both_languages() -> None:
    with translation.override("nl"):
        assert public_holiday(date(2026, 4, 6)) == "Tweede paasdag"
    with translation.override("en"):
        assert public_holiday(date(2026, 4, 6)) == "Easter Monday"


def test_before_easter_mails_wait_until_tuesday() -> None:
    assert sending_day(Plan(), date(2026, 4, 3)) == date(2026, 4, 7)
    assert sending_day(Plan(on_any_day=True), date(2026, 4, 3)) == date(2026, 4, 3)


# As the ministry has set them, looked up apart from the package that we ask.
SCHOOL_HOLIDAYS = [
    ("Noord, Midden", "2025-10-20", "2025-10-26"),
    ("Noord, Midden, Zuid", "2025-12-20", "2026-01-04"),
    ("Midden, Zuid", "2026-02-14", "2026-02-20"),
    ("Noord", "2026-02-23", "2026-03-01"),
    ("Noord, Midden, Zuid", "2026-04-25", "2026-05-03"),
    ("Noord", "2026-07-04", "2026-07-10"),
    ("Noord, Midden, Zuid", "2026-07-18", "2026-08-16"),
    ("Noord", "2026-10-10", "2026-10-16"),
    ("Midden, Zuid", "2026-10-19", "2026-10-25"),
    ("Zuid", "2027-02-13", "2027-02-19"),
    ("Noord, Midden, Zuid", "2027-04-24", "2027-05-02"),
    ("Zuid", "2027-08-30", "2027-09-05"),
    ("Noord, Midden, Zuid", "2027-12-25", "2028-01-09"),
    ("Noord", "2028-02-19", "2028-02-25"),
    ("Midden", "2028-07-08", "2028-07-14"),
]


@pytest.mark.parametrize(("regions", "first", "last"), SCHOOL_HOLIDAYS)
def test_school_holidays(regions: str, first: str, last: str) -> None:
    for day in (date.fromisoformat(first), date.fromisoformat(last)):
        assert (school_holiday(day) or "").endswith(f"({regions})"), day


def test_a_school_holiday_that_is_not_fixed_yet_is_not_known() -> None:
    assert school_holiday(date(2026, 3, 10)) == ""
    assert school_holiday(date(2031, 3, 10)) is None


def test_outside_the_hours_the_job_ends_and_goes_on_the_next_day(
    in_scope: Cast, clock: Clock, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    round_ = asked_round(in_scope, people=6)
    mailing = mailing_of(round_)
    offer = sending._offer

    def four_o_clock_at_the_third(*arguments: object) -> object:
        if len(mail_server.received) == 2:
            clock.set("2026-03-03T16:00")
        return offer(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(sending, "_offer", four_o_clock_at_the_third)
    assert do_job(mailing).result == "outside hours"
    assert len(mail_server.received) == 3
    start_due()
    assert asked_for() == []
    clock.set("2026-03-04T09:00")
    start_due()
    run(Job.objects.get(key=str(mailing.pk), state="waiting").pk)
    assert mail_server.counts == dict.fromkeys(addresses(round_), 1)
    assert fresh(mailing).finished_on == date(2026, 3, 4)


def test_a_stop_ends_it_after_the_mail_in_hand_and_it_can_be_resumed(
    in_scope: Cast, clock: Clock, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    round_ = asked_round(in_scope, people=6)
    mailing = mailing_of(round_)
    offer = sending._offer

    def stop_at_the_third(*arguments: object) -> object:
        if len(mail_server.received) == 2:
            stop(mailing)
        return offer(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(sending, "_offer", stop_at_the_third)
    assert do_job(mailing).result == "stopped"
    assert (fresh(mailing).state, len(mail_server.received)) == ("stopped", 3)
    start_due()
    assert asked_for() == []
    monkeypatch.setattr(sending, "_offer", offer)
    resume(mailing)
    run(Job.objects.get(key=str(mailing.pk), state="waiting").pk)
    assert mail_server.counts == dict.fromkeys(addresses(round_), 1)


def test_it_makes_way_for_another_job_after_at_least_one_mail(
    in_scope: Cast, clock: Clock, mail_server: MailServer
) -> None:
    mailing = mailing_of(asked_round(in_scope, people=3))
    other = request("daily_tick", "2026-03-03")
    assert do_job(mailing).result == "made way"
    assert len(mail_server.received) == 1
    Job.objects.filter(pk=other.pk).update(state="done")
    assert do_job(mailing).result == "pass is over"
    assert len(mail_server.received) == 3


def test_when_the_round_has_closed_meanwhile_nothing_more_goes_out(
    in_scope: Cast, clock: Clock, mail_server: MailServer
) -> None:
    mailing = mailing_of(asked_round(in_scope, people=3))
    request("daily_tick", "2026-03-03")
    do_job(mailing)
    mailing.round.closes_on = date(2026, 3, 2)
    type(mailing.round).objects.filter(pk=mailing.round.pk).update(opens_on="2026-03-01", closes_on="2026-03-02")
    assert do_job(mailing).result == "closed"
    assert len(mail_server.received) == 1
    assert fresh(mailing).state == Mailing.State.DONE
    assert not Delivery.objects.exists()


class Seconds:
    def __init__(self) -> None:
        self.now = 100.0
        self.slept: list[float] = []

    def clock(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 6))
        self.now += seconds


def test_the_pace_is_kept_and_no_burst_follows_a_slow_mail() -> None:
    seconds = Seconds()
    pace = Pace(120, seconds.clock, seconds.sleep)
    starts = []
    for number in range(6):
        pace.wait()
        starts.append(seconds.now - 100)
        seconds.now += 2.0 if number == 2 else 0.1
    assert starts == pytest.approx([0, 0.5, 1.0, 3.0, 3.5, 4.0])


def test_the_job_keeps_the_pace(
    in_scope: Cast, clock: Clock, mail_server: MailServer, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MAILS_PER_MINUTE = 60
    seconds = Seconds()
    monkeypatch.setattr(sending, "new_pace", lambda kind: Pace(60, seconds.clock, seconds.sleep))
    do_job(mailing_of(asked_round(in_scope, people=5)))
    assert seconds.slept == [1.0] * 4


def test_the_pace_comes_from_the_settings(settings: Settings) -> None:
    settings.MAILS_PER_MINUTE, settings.REMINDERS_PER_MINUTE = 30, 15
    assert sending.new_pace(Mailing.Kind.INVITATION)._gap == 2.0
    assert sending.new_pace(Mailing.Kind.REMINDER)._gap == 4.0
