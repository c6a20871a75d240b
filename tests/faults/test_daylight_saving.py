"""Days of 23 and 25 hours: when a round is open, when mails go out, when answers are deleted, and the daily tick."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any, Self
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from hypothesis import example, given
from hypothesis import strategies as st

from jobs import daily
from jobs.models import Job
from jobs.running import run
from jobs.sweep import DAILY_TICK, start_daily_tick
from organisations.models import Organisation
from scan import participants, retention
from scan.mailing.hours import may_send_at
from scan.models import Mailing, Plan, Round
from tests.jobs.conftest import Queue, queue

__all__ = ["queue"]

AMSTERDAM = "Europe/Amsterdam"
# The clocks of these change by an hour, by half an hour, at midnight, in the other half of the year, or never.
ZONES = (
    AMSTERDAM,
    "America/New_York",
    "Australia/Lord_Howe",
    "America/Santiago",
    "America/Havana",
    "Asia/Beirut",
    "Pacific/Auckland",
    "America/Curacao",
    "Pacific/Kiritimati",
)
SPRING, AUTUMN = date(2027, 3, 28), date(2027, 10, 25)
LAST_SUNDAY = date(2027, 10, 31)
SECOND = timedelta(seconds=1)


class Moment(datetime):
    """datetime, whose clock stands still."""

    stands_at = datetime(2027, 1, 1, tzinfo=UTC)

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Self:
        return cls.stands_at.astimezone(tz)  # type: ignore[return-value]


@pytest.fixture(autouse=True, scope="module")
def _clock() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(participants, "datetime", Moment)
        yield


def a_round(zone: str, opens_on: date, closes_on: date) -> Round:
    organisation = Organisation(name="De Linde", slug="de-linde", time_zone=zone)
    return Round(
        organisation=organisation, state=Round.State.OPEN, opens_on=opens_on, closes_on=closes_on, retention_days=30
    )


def begins(day: date, zone: str) -> datetime:
    """The first moment of a day on the clocks of this zone, found without arithmetic on local times."""
    moment = datetime.combine(day, time(), UTC) - timedelta(hours=15)
    while moment.astimezone(ZoneInfo(zone)).date() < day:
        moment += timedelta(minutes=15)
    assert (moment - SECOND).astimezone(ZoneInfo(zone)).date() < day
    return moment


days = st.one_of(
    st.dates(date(2027, 1, 1), date(2027, 12, 31)),
    st.sampled_from([SPRING, AUTUMN, LAST_SUNDAY, date(2027, 4, 4), date(2027, 9, 5), date(2027, 11, 7)]),
)


@given(st.sampled_from(ZONES), days, st.integers(0, 40))
@example(AMSTERDAM, SPRING, 0)
@example(AMSTERDAM, LAST_SUNDAY, 0)
@example(AMSTERDAM, SPRING, (LAST_SUNDAY - SPRING).days)
@example(AMSTERDAM, AUTUMN, 0)
def test_a_round_is_open_from_its_first_second_to_its_last(zone: str, opens_on: date, length: int) -> None:
    closes_on = opens_on + timedelta(days=length)
    round_ = a_round(zone, opens_on, closes_on)
    first, after = begins(opens_on, zone), begins(closes_on + timedelta(days=1), zone)
    accepted = {}
    for moment in (first - SECOND, first, after - SECOND, after):
        Moment.stands_at = moment
        accepted[moment] = participants.accepts_answers(round_)
        if accepted[moment]:  # what the database is asked for leaves it in
            asked: dict[str, Any] = dict(participants.open_somewhere("").children)  # type: ignore[arg-type]
            assert opens_on <= asked["opens_on__lte"]
            assert closes_on >= asked["closes_on__gte"]
    assert list(accepted.values()) == [False, True, True, False]
    assert (after - SECOND).astimezone(ZoneInfo(zone)).time() == time(23, 59, 59)


def test_the_days_of_changing_clocks_last_23_and_25_hours_in_full() -> None:
    for day, hours in ((SPRING, 23), (LAST_SUNDAY, 25), (AUTUMN, 24)):
        round_, moment = a_round(AMSTERDAM, day, day), begins(day, AMSTERDAM)
        seconds = Counter[bool]()
        for minute in range(-60, 26 * 60):
            Moment.stands_at = moment + timedelta(minutes=minute)
            seconds[participants.accepts_answers(round_)] += 60
        assert seconds[True] == hours * 3600


@given(st.sampled_from(ZONES), days, st.integers(30, 400))
def test_answers_are_deleted_from_the_first_second_of_the_promised_day(zone: str, closes_on: date, kept: int) -> None:
    round_ = a_round(zone, closes_on, closes_on)
    round_.retention_days = kept
    due = begins(closes_on + timedelta(days=kept), zone)
    is_over = []
    for moment in (due - SECOND, due):
        Moment.stands_at = moment
        is_over.append(retention.is_over(round_))
    assert is_over == [False, True]


@given(st.sampled_from(ZONES), days, st.integers(0, 23), st.integers(1, 24))
def test_mails_go_out_within_the_hours_of_the_clock_and_at_no_other(
    zone: str, day: date, first: int, length: int
) -> None:
    plan = Plan(on_any_day=True, first_hour=first, last_hour=min(24, first + length))
    start = begins(day, zone)
    for minute in range(0, 26 * 60, 15):
        moment = (start + timedelta(minutes=minute)).astimezone(ZoneInfo(zone))
        may = may_send_at(Mailing.Kind.INVITATION, plan, moment)
        assert may == (
            time(plan.first_hour) <= moment.time() and (plan.last_hour == 24 or moment.time() < time(plan.last_hour))
        )


@pytest.mark.parametrize(("day", "hours"), [(SPRING, 0), (LAST_SUNDAY, 2), (AUTUMN, 1)])
def test_an_hour_that_is_left_out_or_comes_twice(day: date, hours: int) -> None:
    plan = Plan(on_any_day=True, first_hour=2, last_hour=3)
    start = begins(day, AMSTERDAM)
    local = [(start + timedelta(minutes=minute)).astimezone(ZoneInfo(AMSTERDAM)) for minute in range(24 * 60)]
    assert sum(may_send_at(Mailing.Kind.INVITATION, plan, moment) for moment in local) == hours * 60


@pytest.mark.django_db
@pytest.mark.parametrize("around", [SPRING, AUTUMN, LAST_SUNDAY])
def test_the_daily_tick_comes_once_on_each_day_of_whatever_length(
    queue: Queue, monkeypatch: pytest.MonkeyPatch, around: date
) -> None:
    done: list[str] = []
    monkeypatch.setattr(daily, "_chores", [lambda: done.append(timezone.localdate().isoformat())])
    moment = begins(around - timedelta(days=1), AMSTERDAM)
    end = begins(around + timedelta(days=2), AMSTERDAM)
    monkeypatch.setattr(timezone, "now", lambda: moment)
    while moment < end:
        start_daily_tick()
        for job in Job.objects.filter(kind=DAILY_TICK, state=Job.State.WAITING):
            run(job.pk)
        moment += timedelta(minutes=10)
    expected = [(around + timedelta(days=step)).isoformat() for step in (-1, 0, 1)]
    assert done == expected
    assert sorted(Job.objects.filter(kind=DAILY_TICK).values_list("key", flat=True)) == expected


@pytest.mark.django_db
def test_a_clock_that_goes_back_over_midnight_brings_no_second_tick(
    queue: Queue, monkeypatch: pytest.MonkeyPatch
) -> None:
    midnight = begins(SPRING, AMSTERDAM)
    monkeypatch.setattr(daily, "_chores", [])
    for minutes in (-30, 30, -30, 30):  # put back an hour right after midnight
        monkeypatch.setattr(timezone, "now", lambda now=midnight + timedelta(minutes=minutes): now)
        start_daily_tick()
        for job in Job.objects.filter(kind=DAILY_TICK, state=Job.State.WAITING):
            run(job.pk)
    assert Job.objects.filter(kind=DAILY_TICK).count() == 2
