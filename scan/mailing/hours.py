"""When mails may go out: on working days, within the hours of the round's plan, by the organisation's clock."""

from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from django.utils.translation import get_language

from organisations.models import Organisation
from scan.models import Mailing, Plan, Round

REGIONS = ("Noord", "Midden", "Zuid")
# What `holidays` knows of Dutch school holidays: the ministry's rule for 2025 to 2030.
LAST_SCHOOL_YEAR_ENDS = date(2030, 8, 31)
# Who has nothing but working days for a year is a mistake in a calendar, not a reason to look on.
MOST_DAYS = 30


def clock() -> datetime:
    return datetime.now(UTC)


def now_in(organisation: Organisation) -> datetime:
    return clock().astimezone(ZoneInfo(organisation.time_zone))


def plan_of(round_: Round) -> Plan:
    """A round without a plan keeps to the usual hours."""
    return Plan.objects.filter(round=round_).first() or Plan(round=round_)


def may_send_at(kind: str, plan: Plan, moment: datetime) -> bool:
    """`moment` is on the organisation's clock. A single mail was asked for just now, so it goes out now."""
    if kind == Mailing.Kind.SINGLE:
        return True
    is_right_day = plan.on_any_day or is_working_day(moment.date())
    return is_right_day and plan.first_hour <= moment.hour < plan.last_hour


def sending_day(plan: Plan, day: date) -> date:
    """The first day from `day` on which mails may go out."""
    if plan.on_any_day:
        return day
    for _step in range(MOST_DAYS):
        if is_working_day(day):
            break
        day += timedelta(days=1)
    return day


def goes_out_on(plan: Plan, day: date, now: datetime) -> date:
    """When a mailing of this day really goes out: not today any more when the hours are over."""
    first = now.date() if now.hour < plan.last_hour else now.date() + timedelta(days=1)
    return sending_day(plan, max(day, first))


def last_sending_day(plan: Plan, day: date) -> date:
    """The last day until `day` on which mails may go out."""
    earlier = (day - timedelta(days=back) for back in range(MOST_DAYS))
    return next((found for found in earlier if sending_day(plan, found) == found), day)


def is_working_day(day: date) -> bool:
    return day.weekday() < 5 and not public_holiday(day)


def public_holiday(day: date) -> str:
    """Its name in the language of the screen; empty on any other day."""
    return _public_holidays(day.year, _calendar_language()).get(day, "")


def school_holiday(day: date) -> str | None:
    """The holiday with its regions, such as “May Break (Noord, Midden, Zuid)”; empty when there is none.

    None: not known, for the dates of that school year have not been fixed.
    """
    if day > LAST_SCHOOL_YEAR_ENDS:
        return None
    names: dict[str, list[str]] = {}
    for region in REGIONS:
        name = _school_holidays(day.year, region, _calendar_language()).get(day)
        if name:
            names.setdefault(name, []).append(region)
    return "; ".join(f"{name} ({', '.join(regions)})" for name, regions in names.items())


def _calendar_language() -> str:
    return "en_US" if get_language() == "en" else "nl"


@cache
def _public_holidays(year: int, language: str) -> dict[date, str]:
    from holidays import country_holidays  # noqa: PLC0415 -- slow import, and most processes never need it

    return dict(country_holidays("NL", years=year, language=language))


@cache
def _school_holidays(year: int, region: str, language: str) -> dict[date, str]:
    from holidays import country_holidays  # noqa: PLC0415 -- the same

    return dict(country_holidays("NL", subdiv=region, years=year, categories="school", language=language))
