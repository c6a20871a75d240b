"""On which days a mailing may be planned. What cannot be raises InputError, which says what could."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from organisations.commands import InputError
from scan.mailing.deliveries import ASKING
from scan.mailing.hours import goes_out_on, last_sending_day, now_in, plan_of, sending_day
from scan.models import Mailing, Plan, Round
from scan.participants import last_day

MOST_DAYS_TO_RESULTS = 120
Kind = Mailing.Kind


def check_reminder_day(round_: Round, day: date, others: Iterable[Mailing]) -> None:
    _check_between(day, max(round_.opens_on + timedelta(days=1), _today(round_)), round_.closes_on)
    plan = plan_of(round_)
    really = _check_in_time(round_, plan, day)
    if any(sending_day(plan, other.planned_on) == really for other in others):
        raise InputError(
            _("A reminder already goes out on %(day)s. Choose another day.") % {"day": date_format(really, "l j F")}
        )


def check_invitation_day(round_: Round, day: date) -> None:
    _check_between(day, max(round_.opens_on, _today(round_)), round_.closes_on)
    _check_in_time(round_, plan_of(round_), day)


def check_managers_day(round_: Round, day: date) -> None:
    _check_from(day, max(last_day(round_), _today(round_)))
    plan = plan_of(round_)
    results = Mailing.objects.filter(round=round_, kind=Kind.RESULTS).first()
    staff_on = _really_on(plan, results) if results else round_.results_on
    if staff_on:
        _check_managers_first(sending_day(plan, day), staff_on)


def check_results_day(round_: Round, day: date, first: date | None = None) -> None:
    last = last_day(round_)
    first = first or max(last, _today(round_))
    _check_between(day, first, max(first, last + timedelta(days=MOST_DAYS_TO_RESULTS)))
    plan = plan_of(round_)
    managers = Mailing.objects.filter(round=round_, kind=Kind.MANAGERS).first()
    if managers:
        _check_managers_first(_really_on(plan, managers), sending_day(plan, day))


def check_day(mailing: Mailing, day: date) -> None:
    """Of any mailing but a reminder."""
    checks = {Kind.MANAGERS: check_managers_day, Kind.RESULTS: check_results_day}
    checks.get(Kind(mailing.kind), check_invitation_day)(mailing.round, day)


def check_last_day(round_: Round, last: date, today: date) -> None:
    """An invitation that still has to go out must be in time for another last day."""
    planned = Mailing.objects.filter(round=round_, kind=Kind.INVITATION, state=Mailing.State.PLANNED).first()
    if planned is None:
        return
    really = sending_day(plan_of(round_), max(planned.planned_on, today))
    if really > last:
        raise InputError(
            _("The invitation goes out on %(day)s. Choose that day or a later one, or move the invitation first.")
            % {"day": date_format(really, "l j F Y")}
        )


def too_late_for(plan: Plan, mailing: Mailing, last: date) -> bool:
    """Whether it would go out after this last day, and so never."""
    return mailing.kind in ASKING and sending_day(plan, mailing.planned_on) > last


def _check_in_time(round_: Round, plan: Plan, day: date) -> date:
    """Answers the day on which it really goes out."""
    really = goes_out_on(plan, day, now_in(round_.organisation))
    if really > round_.closes_on:
        raise InputError(f"{_not_on(plan, day, really)} {_what_is_possible(round_, plan)}")
    return really


def _not_on(plan: Plan, day: date, really: date) -> str:
    days = {"day": date_format(day, "l j F"), "really": date_format(really, "l j F")}
    if sending_day(plan, day) == day:
        return _("The hours for mails are over today, and on %(really)s the scan is closed.") % days
    return _("On %(day)s no mails go out, and on %(really)s, the next day for mails, the scan is closed.") % days


def _what_is_possible(round_: Round, plan: Plan) -> str:
    now, last = now_in(round_.organisation), last_sending_day(plan, round_.closes_on)
    if last < max(goes_out_on(plan, now.date(), now), round_.opens_on):
        return _("There is no day left for it: give the scan a later last day first.")
    return _("Choose %(day)s or earlier.") % {"day": date_format(last, "l j F")}


def _check_managers_first(managers_on: date, staff_on: date) -> None:
    """Managers can prepare a conversation only when they know before their staff."""
    if managers_on >= staff_on:
        raise InputError(
            _("Managers would get their reports on %(managers)s, and staff hear the results on %(staff)s.")
            % {"managers": date_format(managers_on, "l j F Y"), "staff": date_format(staff_on, "l j F Y")}
            + " "
            + _("Let managers hear at least a working day before their staff.")
        )


def _really_on(plan: Plan, mailing: Mailing) -> date:
    return mailing.finished_on or sending_day(plan, mailing.planned_on)


def _check_between(day: date, first: date, last: date) -> None:
    if not first <= day <= last:
        if first == last:
            raise InputError(_("Only %(day)s is possible.") % {"day": date_format(first, "j F Y")})
        raise InputError(
            _("Choose a day from %(first)s to %(last)s.")
            % {"first": date_format(first, "j F Y"), "last": date_format(last, "j F Y")}
        )


def _check_from(day: date, first: date) -> None:
    if day < first:
        raise InputError(_("Choose a day from %(first)s on.") % {"first": date_format(first, "j F Y")})


def _today(round_: Round) -> date:
    return now_in(round_.organisation).date()
