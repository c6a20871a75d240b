"""What the page of mailings says about one mailing. Of a reminder never how many got it: see page.py."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from scan.mailing.deliveries import ASKING
from scan.mailing.hours import (
    goes_out_on,
    may_send_at,
    now_in,
    public_holiday,
    school_holiday,
    sending_day,
)
from scan.mailing.starting import must_go_first
from scan.models import Mailing, Plan, Round

Kind, State = Mailing.Kind, Mailing.State


def label_of(mailing: Mailing, others: Sequence[Mailing]) -> str:
    """`others`: all mailings of its round."""
    count = sum(other.kind == Kind.REMINDER for other in others)
    if mailing.kind == Kind.REMINDER and count > 1:
        return _("Reminder %(number)s of %(count)s") % {"number": mailing.number, "count": count}
    return str(Kind(mailing.kind).label)


def on(day: date) -> str:
    return date_format(day, "l j F Y")


def hours(plan: Plan) -> str:
    if (plan.first_hour, plan.last_hour) == (0, 24):
        return (
            _("Mails go out on any day, at any hour.")
            if plan.on_any_day
            else _("Mails go out on working days, at any hour.")
        )
    hours = {"first": plan.first_hour, "last": plan.last_hour}
    if plan.on_any_day:
        return _("Mails are sent on any day, between %(first)s:00 and %(last)s:00.") % hours
    return _("Mails are sent on working days, between %(first)s:00 and %(last)s:00.") % hours


def warnings(mailing: Mailing, plan: Plan, others: Sequence[Mailing]) -> list[str]:
    day, round_ = mailing.planned_on, mailing.round
    found = []
    really = sending_day(plan, day)
    if really != day:
        why = public_holiday(day) or date_format(day, "l")
        found.append(
            _("That day is not a working day (%(why)s). The mails are sent on %(day)s.")
            % {"why": why, "day": on(really)}
        )
    if mailing.kind in ASKING and goes_out_on(plan, day, now_in(round_.organisation)) > round_.closes_on:
        found.append(_("That is after the last day of the scan, so it will not be sent. Choose an earlier day."))
    return [*found, *_waiting_warnings(mailing, others), *_school_warnings(really)]


def _waiting_warnings(mailing: Mailing, others: Sequence[Mailing]) -> list[str]:
    """A reminder for which the way is not free: what goes first stands still, or is late itself."""
    if mailing.kind != Kind.REMINDER:
        return []
    today = now_in(mailing.round.organisation).date()
    ways = [other for other in others if must_go_first(other, mailing) and _stands_still(other, mailing, today)]
    return [
        _("It waits until “%(other)s” is done; see above.") % {"other": label_of(other, others)}
        if other.state != State.PLANNED
        else _("It waits until “%(other)s” is done; that is planned on %(day)s.")
        % {"other": label_of(other, others), "day": on(other.planned_on)}
        for other in ways
    ]


def _stands_still(other: Mailing, reminder: Mailing, today: date) -> bool:
    if other.state == State.PLANNED:
        return other.planned_on > max(reminder.planned_on, today)
    return other.state == State.STOPPED or bool(other.trouble)


def _school_warnings(day: date) -> list[str]:
    holiday = school_holiday(day)
    if holiday is None:
        return [_("The school holidays of that year are not known yet.")]
    if not holiday:
        return []
    return [_("Schools are closed then: %(holiday)s. Fewer people will read it.") % {"holiday": holiday}]


def words(mailing: Mailing, plan: Plan) -> str:
    if mailing.state == State.DONE:
        return _sent_words(mailing)
    if mailing.kind == Kind.REMINDER:
        text = _("To everybody who has not answered at that moment.")
    elif mailing.total is None:
        text = ""
    else:
        text = _("%(sent)s of %(total)s mails have been sent.") % {"sent": mailing.sent, "total": mailing.total}
    return " ".join(filter(None, (text, _why_it_waits(mailing, plan))))


def _why_it_waits(mailing: Mailing, plan: Plan) -> str:
    if mailing.state == State.STOPPED:
        return _("Stopped. Choose Resume to go on with who has not had it, or end it.")
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
    day = on(mailing.finished_on or mailing.planned_on)
    if mailing.kind == Kind.REMINDER and mailing.trouble == Mailing.ENDED:
        return _("Ended on %(day)s, before it had gone to everybody it was meant for.") % {"day": day}
    if mailing.kind == Kind.REMINDER:
        return _("Sent on %(day)s to everybody who had not answered by then.") % {"day": day}
    text = ngettext("Sent on %(day)s to %(count)s person.", "Sent on %(day)s to %(count)s people.", mailing.sent)
    return text % {"day": day, "count": mailing.sent}


def counts(mailing: Mailing) -> list[str]:
    """What did not go as it should. Of a reminder only what is uncertain: a refusal would say who it was meant for."""
    found = []
    if mailing.kind != Kind.REMINDER and mailing.refused:
        found.append(
            ngettext(
                "The mail server refused %(count)s address.",
                "The mail server refused %(count)s addresses.",
                mailing.refused,
            )
            % {"count": mailing.refused}
        )
    if mailing.uncertain:
        text = ngettext(
            "It is not certain whether %(count)s mail was sent.",
            "It is not certain whether %(count)s mails were sent.",
            mailing.uncertain,
        ) % {"count": mailing.uncertain}
        if mailing.kind == Kind.REMINDER:
            text = f"{text} {_('To keep secret who gets a reminder, it is not sent again.')}"
        found.append(text)
    if mailing.state == State.DONE and mailing.kind != Kind.REMINDER and _not_sent(mailing) > 0:
        text = ngettext(
            "It ended early: %(count)s person has not had it.",
            "It ended early: %(count)s people have not had it.",
            _not_sent(mailing),
        )
        found.append(text % {"count": _not_sent(mailing)})
    return found


def ending(mailing: Mailing) -> str:
    """What it means to end a mailing that was stopped. Of a reminder no number: it would say who has not answered."""
    if mailing.kind == Kind.REMINDER:
        return _("Whoever has not had this reminder will not get it any more. Later reminders still go out.")
    count = _not_sent(mailing)
    text = ngettext(
        "%(count)s person has not had this mail, and will not get it any more.",
        "%(count)s people have not had this mail, and will not get it any more.",
        count,
    ) % {"count": count}
    if mailing.kind == Kind.INVITATION:
        text = (
            f"{text} {_('They do get the reminders, with the same link; you can also send somebody the link again.')}"
        )
    return text


def handing_out(round_: Round, mailings: Sequence[Mailing]) -> Iterator[str]:
    if round_.state != Round.State.CLOSED:
        return
    found = {mailing.kind: mailing for mailing in mailings}
    managers, results = found.get(Kind.MANAGERS), found.get(Kind.RESULTS)
    if managers:
        yield _("Managers get their reports first: %(day)s.") % {"day": on(_day_of(managers))}
    if results:
        yield _("Then staff get the organisation's results by mail: %(day)s.") % {"day": on(_day_of(results))}
    elif round_.results_on:
        day = {"day": on(round_.results_on)}
        yield _("Staff may read the organisation's results from %(day)s. No mail about it is planned.") % day


def _day_of(mailing: Mailing) -> date:
    return mailing.finished_on or mailing.planned_on


def _not_sent(mailing: Mailing) -> int:
    return (mailing.total or 0) - mailing.sent - mailing.refused - mailing.uncertain
