"""Days that suit: for a new round, its reminders and its results; and when mails really go out."""

from datetime import date, datetime, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from organisations.models import Organisation
from scan.mailing.hours import is_working_day, now_in, public_holiday, school_holiday, sending_day
from scan.models import Plan, Round
from scan.participants import today_in

OPEN_DAYS = 21
RESULTS_AFTER = 21
REMINDERS_AFTER = (7, 14)
LAST_REMINDER_BEFORE = 2
# Regions of the school holidays; a day on which all three are away is a poor one for results.
ALL_REGIONS = ("Noord", "Midden", "Zuid")
MOST_DAYS = 60


def default_dates(organisation: Organisation) -> tuple[date, date]:
    """From the first working day in a week's time, for three weeks."""
    opens_on = next_working_day(today_in(organisation) + timedelta(days=7))
    return opens_on, opens_on + timedelta(days=OPEN_DAYS)


def default_reminders(opens_on: date, closes_on: date) -> list[str]:
    """After one and two weeks, and two days before the end; on working days, at least two days apart.

    Not while all schools are closed, when the round has other working days.
    """
    days = _days_for_reminders(opens_on, closes_on)
    first_wishes = (opens_on + timedelta(days=after) for after in REMINDERS_AFTER)
    wishes = [_first_from(days, wish) for wish in first_wishes if wish <= closes_on]
    wishes.append(_last_until(days, closes_on - timedelta(days=LAST_REMINDER_BEFORE)))
    chosen: list[date] = []
    for day in wishes:
        earlier = chosen[-1] if chosen else next_working_day(opens_on)
        if day and earlier + timedelta(days=2) <= day:
            chosen.append(day)
    return [day.isoformat() for day in chosen]


def _days_for_reminders(opens_on: date, closes_on: date) -> list[date]:
    after = (opens_on + timedelta(days=number) for number in range(1, (closes_on - opens_on).days + 1))
    working = [day for day in after if is_working_day(day)]
    return [day for day in working if not all_schools_are_closed(day)] or working


def _first_from(days: list[date], wish: date) -> date | None:
    """When the last weeks are holidays: the last day before them."""
    return next((day for day in days if day >= wish), days[-1] if days else None)


def _last_until(days: list[date], wish: date) -> date | None:
    return next((day for day in reversed(days) if day <= wish), None)


def all_schools_are_closed(day: date) -> bool:
    holiday = school_holiday(day) or ""
    return all(region in holiday for region in ALL_REGIONS)


def next_working_day(day: date) -> date:
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def default_results_day(closes_on: date) -> date:
    """Three weeks after closing, on a working day on which not all schools are closed."""
    wish = next_working_day(closes_on + timedelta(days=RESULTS_AFTER))
    day = wish
    for _step in range(MOST_DAYS):
        if is_working_day(day) and not all_schools_are_closed(day):
            return day
        day += timedelta(days=1)
    return wish


def invitations_go_out_on(round_: Round, plan: Plan) -> date:
    """The first day, or the next one on which mails may go out. Today only while there are hours left."""
    day = max(round_.opens_on, today_in(round_.organisation))
    now: datetime = now_in(round_.organisation)
    if day == now.date() and now.hour >= plan.last_hour:
        day += timedelta(days=1)
    return sending_day(plan, day)


def reminders_go_out_on(round_: Round, plan: Plan) -> list[tuple[date, date]]:
    """(Day planned, day on which it really goes out): on a working day, and never on that of an earlier mail."""
    found = []
    earlier = invitations_go_out_on(round_, plan)
    for wish in plan.reminder_days:
        earlier = sending_day(plan, max(wish, earlier + timedelta(days=1)))
        found.append((wish, earlier))
    return found


def day_note(day: date) -> str:
    """What is special about a day: no working day, or a school holiday. Empty for an ordinary one."""
    when = date_format(day, "l j F Y")
    if not is_working_day(day):
        name = public_holiday(day)
        return _("%(day)s is not a working day%(name)s.") % {"day": when, "name": f" ({name})" if name else ""}
    holiday = school_holiday(day)
    return _("%(day)s falls in a school holiday: %(holiday)s.") % {"day": when, "holiday": holiday} if holiday else ""
