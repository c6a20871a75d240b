"""The days of a round in their order: what has been, and what comes next."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from scan.models import Mailing, Round
from scan.participants import today_in


@dataclass(frozen=True)
class Moment:
    day: date
    text: str
    has_been: bool


def timeline(round_: Round) -> list[Moment]:
    """For a round that was launched here."""
    today = today_in(round_.organisation)
    last_day = min(round_.closes_on, round_.closed_on or round_.closes_on)
    deleted_on = last_day + timedelta(days=round_.retention_days)
    mailings = Mailing.objects.filter(round=round_).exclude(kind=Mailing.Kind.SINGLE)
    # The number keeps the order within a day.
    moments = [
        (round_.opens_on, 0, _("The scan opens.")),
        *((mailing.planned_on, 1, _text(mailing)) for mailing in mailings),
        (last_day, 2, _("Last day to answer.")),
        (deleted_on, 3, _("All answers are deleted; the results of groups remain.")),
    ]
    return [Moment(day, text, has_been=day < today) for day, _order, text in sorted(moments)]


def _text(mailing: Mailing) -> str:
    if mailing.kind == Mailing.Kind.INVITATION:
        return _("Invitations go out by mail.")
    if mailing.kind == Mailing.Kind.REMINDER:
        return _("Reminder %(number)s to those who have not answered.") % {"number": mailing.number}
    if mailing.kind == Mailing.Kind.MANAGERS:
        return _("Managers get their reports.")
    return _("Staff get the organisation's results.")
