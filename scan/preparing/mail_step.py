"""The step of the checklist about mails: from whom, on which days, and whether they can go out in time."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from scan.models import Plan, Round
from scan.preparing.days import day_note, invitations_go_out_on, reminders_go_out_on
from scan.preparing.participation import Participation
from scan.preparing.sender import Sender, sender_of
from scan.preparing.steps import Link, Step, page_of
from scan.preparing.without_mail import without_mail


def mail_step(round_: Round, plan: Plan, participation: Participation) -> Step:
    sender = sender_of(round_.organisation)
    notes = [*_day_notes(round_, plan, participation), *sender.notes]
    link = Link(
        _("Choose the sender in the settings"), reverse("organisation_settings", args=[round_.organisation.slug])
    )
    return Step(
        _("Mails and reminders"),
        page_of(round_, "prepare_mails"),
        f"{_summary(plan, participation)} {_from(sender)}",
        todo=_todo(round_, plan, participation),
        note=" ".join(notes),
        links=(link,) if sender.notes else (),
    )


def _summary(plan: Plan, participation: Participation) -> str:
    if participation.total and not participation.mail_count:
        return no_mail_text(participation)
    count = len(plan.reminders)
    return ngettext(
        "An invitation and %(n)s reminder. The texts are ready; change them if you like.",
        "An invitation and %(n)s reminders. The texts are ready; change them if you like.",
        count,
    ) % {"n": count}


def no_mail_text(participation: Participation) -> str:
    has_posters = any(unit.has_open_link for unit in participation.units)
    return without_mail(has_codes=bool(participation.code_count), has_posters=has_posters)


def _from(sender: Sender) -> str:
    facts = {"name": sender.name, "address": sender.address, "reply": sender.reply}
    if sender.reply:
        return _("Mails come from %(name)s (%(address)s); replies go to %(reply)s.") % facts
    return _("Mails come from %(name)s (%(address)s).") % facts


def _day_notes(round_: Round, plan: Plan, participation: Participation) -> Iterator[str]:
    """Days on which many are away; none when nobody gets a mail."""
    if not participation.mail_count:
        return
    if note := day_note(invitations_go_out_on(round_, plan)):
        yield _("Invitations: %(note)s") % {"note": note}
    for _wish, day in reminders_go_out_on(round_, plan):
        if note := day_note(day):
            yield _("Reminder: %(note)s") % {"note": note}


def _todo(round_: Round, plan: Plan, participation: Participation) -> str:
    if any(not round_.opens_on < day <= round_.closes_on for day in plan.reminder_days):
        return _("A reminder falls outside the days on which the scan is open.")
    if participation.mail_count and (late := _too_late(round_, plan)):
        return late
    return too_early(round_, plan)


def _too_late(round_: Round, plan: Plan) -> str:
    """Mails wait for a working day, and after the last day they are not sent."""
    first = invitations_go_out_on(round_, plan)
    if first > round_.closes_on:
        return _(
            "The first mails could go out on %(day)s, and that is after the last day of the scan. Choose a later last "
            "day, or let mails go out at weekends and on holidays too."
        ) % {"day": _long(first)}
    for wish, day in reminders_go_out_on(round_, plan):
        if day > round_.closes_on:
            return too_late_reminder(wish, day)
    return ""


def too_late_reminder(wish: date, day: date) -> str:
    return _(
        "The reminder of %(wish)s could go out on %(day)s, and that is after the last day of the scan. Choose an "
        "earlier day, or let mails go out at weekends and on holidays too."
    ) % {"wish": _long(wish), "day": _long(day)}


def too_early(round_: Round, plan: Plan) -> str:
    """Managers cannot read results before the scan is closed."""
    most = (round_.results_on - round_.closes_on).days - 1 if round_.results_on else plan.managers_days_before
    if plan.managers_days_before <= most:
        return ""
    return _("Managers would get their report before the scan is closed. Choose at most %(most)s days.") % {
        "most": max(most, 0)
    }


def _long(day: date) -> str:
    return date_format(day, "l j F Y")
