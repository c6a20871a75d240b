"""The days of a round in their order: what has been, and what comes next."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from scan.links.codes import ON_PAPER
from scan.mailing.hours import plan_of, sending_day
from scan.models import Invitation, Mailing, Plan, Round, Unit
from scan.participants import deletion_day, last_day, today_in
from scan.preparing.without_mail import without_mail


@dataclass(frozen=True)
class Moment:
    day: date
    text: str
    has_been: bool


def timeline(round_: Round) -> list[Moment]:
    """For a round that was launched here."""
    today = today_in(round_.organisation)
    last = last_day(round_)
    to_one = (Mailing.Kind.SINGLE, Mailing.Kind.NOTICE)
    mailings = list(Mailing.objects.filter(round=round_).exclude(kind__in=to_one))
    extra = []
    if not _is_mailed(round_, mailings):
        mailings = [mailing for mailing in mailings if not _asks(mailing)]
        extra = [(round_.opens_on, 1, _handed_out(round_))] if round_.state == Round.State.OPEN else []
    # The number keeps the order within a day.
    plan = plan_of(round_)
    moments = [
        *([(round_.opens_on, 0, _("The scan opens."))] if round_.opens_on <= last else []),
        *((_day(mailing, plan, today), 1, _text(mailing)) for mailing in mailings),
        *extra,
        (last, 2, _("Last day to answer.") if round_.opens_on <= last else _("The scan was closed before it began.")),
        (
            round_.answers_deleted_on or deletion_day(round_),
            3,
            _("All answers are deleted; the results of groups remain."),
        ),
    ]
    return [Moment(day, text, has_been=day < today) for day, _order, text in sorted(moments)]


def _asks(mailing: Mailing) -> bool:
    return mailing.kind in (Mailing.Kind.INVITATION, Mailing.Kind.REMINDER)


def _is_mailed(round_: Round, mailings: list[Mailing]) -> bool:
    """By who was invited, never by who has answered. After closing invitations name nobody; the mailing knows."""
    if any(mailing.total for mailing in mailings if mailing.kind == Mailing.Kind.INVITATION):
        return True
    return round_.state == Round.State.OPEN and Invitation.objects.filter(round=round_).exclude(address="").exists()


def _handed_out(round_: Round) -> str:
    has_codes = Invitation.objects.filter(ON_PAPER, round=round_).exists()
    has_posters = Unit.objects.filter(round=round_, has_open_link=True).exists()
    return without_mail(has_codes=has_codes, has_posters=has_posters)


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
