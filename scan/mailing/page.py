"""What the page of mailings shows. Of a reminder never how many got it: that is who has not answered (R7)."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from scan.mailing.deliveries import ASKING
from scan.mailing.hours import may_send_at, now_in, plan_of, public_holiday, school_holiday, sending_day
from scan.mailing.messages import address_of
from scan.mailing.planning import MOST_REMINDERS
from scan.mailing.remedies import Remedy, remedy_of, trouble_of
from scan.models import Delivery, Mailing, Plan, Round

MOST_NAMES = 200
Kind, State = Mailing.Kind, Mailing.State


@dataclass(frozen=True)
class Row:
    mailing: Mailing
    label: str
    words: str
    warnings: list[str] = field(default_factory=list)
    trouble: Remedy | None = None
    done: int | None = None
    """Empty for reminders."""

    @property
    def can_resume(self) -> bool:
        return self.mailing.state == State.STOPPED or self.trouble is not None

    @property
    def can_stop(self) -> bool:
        return self.mailing.state == State.RUNNING

    @property
    def can_send_refused_again(self) -> bool:
        is_over = self.mailing.kind in ASKING and self.mailing.round.state != Round.State.OPEN
        return self.mailing.state == State.DONE and self.mailing.refused > 0 and not is_over

    @property
    def can_cancel(self) -> bool:
        return self.mailing.kind == Kind.REMINDER


@dataclass(frozen=True)
class Refused:
    """Somebody whose mail was refused, or of which nobody knows whether it went out."""

    delivery: Delivery
    name: str
    address: str
    remedy: Remedy | None

    @property
    def can_send_again(self) -> bool:
        return self.delivery.invitation_id is not None


@dataclass(frozen=True)
class MailingsPage:
    planned: list[Row]
    running: list[Row]
    sent: list[Row]
    singles: int
    """Invitations to one person that were sent; by themselves they tell nothing."""
    refused: list[Refused]
    uncertain: list[Refused]
    hours: str
    can_change_hours: bool
    can_add_reminder: bool
    is_busy: bool


def mailings_page(round_: Round) -> MailingsPage:
    plan = plan_of(round_)
    rows: dict[str, list[Row]] = {State.PLANNED: [], State.RUNNING: [], State.DONE: []}
    mailings = Mailing.objects.filter(round=round_).exclude(kind=Kind.SINGLE, state=State.DONE)
    reminders = 0
    for mailing in mailings.order_by("planned_on", "kind", "number"):
        mailing.round = round_
        reminders += mailing.kind == Kind.REMINDER
        place = State.RUNNING if mailing.state == State.STOPPED else mailing.state
        rows[place].append(_row(mailing, plan))
    deliveries = _to_mend(round_)
    is_open = round_.state == Round.State.OPEN and round_.origin == Round.Origin.ASKED
    return MailingsPage(
        planned=rows[State.PLANNED],
        running=rows[State.RUNNING],
        sent=rows[State.DONE],
        singles=Mailing.objects.filter(round=round_, kind=Kind.SINGLE, state=State.DONE).count(),
        refused=[_to_correct(delivery) for delivery in deliveries if delivery.state == Delivery.State.REFUSED],
        uncertain=[_to_correct(delivery) for delivery in deliveries if delivery.state == Delivery.State.UNCERTAIN],
        hours=_hours(plan),
        can_change_hours=is_open,
        can_add_reminder=is_open and reminders < MOST_REMINDERS,
        is_busy=any(_is_moving(row.mailing, plan) for row in rows[State.RUNNING]),
    )


def _to_mend(round_: Round) -> QuerySet[Delivery]:
    """By name, of any mailing but reminders; of those no such row is ever kept."""
    states = (Delivery.State.REFUSED, Delivery.State.UNCERTAIN)
    rows = Delivery.objects.filter(mailing__round=round_, state__in=states).exclude(mailing__kind=Kind.REMINDER)
    rows = rows.select_related("mailing", "invitation__person", "person", "user")
    return rows.order_by("invitation__person__family_name", "person__family_name", "pk")[:MOST_NAMES]


def _to_correct(delivery: Delivery) -> Refused:
    person = delivery.invitation.person if delivery.invitation else delivery.person
    name = str(person or delivery.user or "–")
    return Refused(delivery, name, address_of(delivery), remedy_of(delivery.code) if delivery.code else None)


def _row(mailing: Mailing, plan: Plan) -> Row:
    if mailing.state == State.PLANNED:
        return Row(mailing, label_of(mailing), _on(mailing.planned_on), _warnings(mailing, plan))
    trouble = trouble_of(mailing.trouble) if mailing.trouble and mailing.state == State.RUNNING else None
    is_secret = mailing.kind == Kind.REMINDER
    done = None if is_secret or not mailing.total else mailing.sent + mailing.refused + mailing.uncertain
    return Row(mailing, label_of(mailing), _words(mailing, plan), _counts(mailing), trouble, done)


def label_of(mailing: Mailing) -> str:
    return str(Kind(mailing.kind).label)


def _on(day: date) -> str:
    return date_format(day, "l j F Y")


def _hours(plan: Plan) -> str:
    hours = {"first": plan.first_hour, "last": plan.last_hour}
    if plan.on_any_day:
        return _("Mails go out on any day between %(first)s:00 and %(last)s:00.") % hours
    return _("Mails go out on working days between %(first)s:00 and %(last)s:00.") % hours


def _warnings(mailing: Mailing, plan: Plan) -> list[str]:
    day, round_ = mailing.planned_on, mailing.round
    warnings = []
    really = sending_day(plan, day)
    if really != day:
        why = public_holiday(day) or date_format(day, "l")
        warnings.append(
            _("That day is no working day (%(why)s). The mails go out on %(day)s.") % {"why": why, "day": _on(really)}
        )
    if mailing.kind in ASKING and really > round_.closes_on:
        warnings.append(_("That is after the last day of the scan, so it will not be sent. Choose an earlier day."))
    return warnings + _school_warnings(really)


def _school_warnings(day: date) -> list[str]:
    holiday = school_holiday(day)
    if holiday is None:
        return [_("The school holidays of that year are not known yet.")]
    if not holiday:
        return []
    return [_("Schools are closed then: %(holiday)s. Fewer people will read it.") % {"holiday": holiday}]


def _words(mailing: Mailing, plan: Plan) -> str:
    if mailing.state == State.DONE:
        return _sent_words(mailing)
    if mailing.kind == Kind.REMINDER:
        words = _("To everybody who has not answered at that moment.")
    elif mailing.total is None:
        words = ""
    else:
        counts = {"sent": mailing.sent, "total": mailing.total}
        words = _("%(sent)s of %(total)s mails have been sent.") % counts
    return " ".join(filter(None, (words, _why_it_waits(mailing, plan))))


def _why_it_waits(mailing: Mailing, plan: Plan) -> str:
    if mailing.state == State.STOPPED:
        return _("Stopped. Choose Resume to go on with who has not had it.")
    if mailing.trouble:
        return ""
    now = now_in(mailing.round.organisation)
    if not may_send_at(mailing.kind, plan, now):
        return _("It goes on by itself at the next hour for mails.")
    if mailing.waits_until and mailing.kind != Kind.REMINDER:
        clock = date_format(mailing.waits_until.astimezone(now.tzinfo), "H:i")
        return _("The mail server asked us to come back later for some addresses; the next try is at %(time)s.") % {
            "time": clock
        }
    return ""


def _sent_words(mailing: Mailing) -> str:
    day = _on(mailing.finished_on or mailing.planned_on)
    if mailing.kind == Kind.REMINDER:
        return _("Sent on %(day)s to everybody who had not answered by then.") % {"day": day}
    words = ngettext("Sent on %(day)s to %(count)s person.", "Sent on %(day)s to %(count)s people.", mailing.sent)
    return words % {"day": day, "count": mailing.sent}


def _counts(mailing: Mailing) -> list[str]:
    """What did not go as it should. Of a reminder only what is uncertain: a refusal would say who it was meant for."""
    counts = []
    if mailing.kind != Kind.REMINDER and mailing.refused:
        counts.append(
            ngettext(
                "The mail server refused %(count)s address.",
                "The mail server refused %(count)s addresses.",
                mailing.refused,
            )
            % {"count": mailing.refused}
        )
    if mailing.uncertain:
        words = ngettext(
            "Of %(count)s mail it is not certain whether it went out.",
            "Of %(count)s mails it is not certain whether they went out.",
            mailing.uncertain,
        ) % {"count": mailing.uncertain}
        if mailing.kind == Kind.REMINDER:
            words = f"{words} {_('To keep secret who gets a reminder, it is not sent again.')}"
        counts.append(words)
    if mailing.state == State.DONE and mailing.kind in ASKING and mailing.total and _not_sent(mailing) > 0:
        counts.append(_("The scan closed before all mails had been sent."))
    return counts


def _not_sent(mailing: Mailing) -> int:
    return (mailing.total or 0) - mailing.sent - mailing.refused - mailing.uncertain


def _is_moving(mailing: Mailing, plan: Plan) -> bool:
    return (
        mailing.state == State.RUNNING
        and not mailing.trouble
        and not mailing.waits_until
        and may_send_at(mailing.kind, plan, now_in(mailing.round.organisation))
    )
