"""The days of a round in their order: what has been, and what comes next."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from scan.mailing.hours import plan_of, sending_day
from scan.models import Mailing, Plan, Round
from scan.participants import last_day, today_in


@dataclass(frozen=True)
class Moment:
    day: date
    text: str
    has_been: bool


def timeline(round_: Round) -> list[Moment]:
    """For a round that was launched here."""
    today = today_in(round_.organisation)
    last = last_day(round_)
    deleted_on = last + timedelta(days=round_.retention_days)
    mailings = Mailing.objects.filter(round=round_).exclude(kind=Mailing.Kind.SINGLE)
    # The number keeps the order within a day.
    plan = plan_of(round_)
    moments = [
        *([(round_.opens_on, 0, _("The scan opens."))] if round_.opens_on <= last else []),
        *((_day(mailing, plan, today), 1, _text(mailing)) for mailing in mailings),
        (last, 2, _("Last day to answer.") if round_.opens_on <= last else _("The scan was closed before it began.")),
        (deleted_on, 3, _("All answers are deleted; the results of groups remain.")),
    ]
    return [Moment(day, text, has_been=day < today) for day, _order, text in sorted(moments)]


def _day(mailing: Mailing, plan: Plan, today: date) -> date:
    """When it really goes out, or went out: mails wait for a working day."""
    if mailing.finished_on:
        return mailing.finished_on
    return sending_day(plan, max(mailing.planned_on, today))


def _text(mailing: Mailing) -> str:
    if mailing.kind == Mailing.Kind.INVITATION:
        return _("Invitations go out by mail.")
    if mailing.kind == Mailing.Kind.REMINDER:
        return _("Reminder %(number)s to those who have not answered.") % {"number": mailing.number}
    if mailing.kind == Mailing.Kind.MANAGERS:
        return _("Managers get their reports.")
    return _("Staff get the organisation's results.")
