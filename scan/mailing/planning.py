"""Plan mailings, and change the plan. What cannot be done raises InputError, which says why."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Max, Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from jobs.running import request
from organisations.commands import InputError
from scan.mailing import day_rules
from scan.mailing.deliveries import deliveries, drop_waiting, mailings, refused_again, settle
from scan.mailing.hours import may_send_at, now_in, plan_of
from scan.mailing.result_days import managers_day_before
from scan.mailing.starting import KIND
from scan.models import Delivery, Invitation, Mailing, Plan, Round
from scan.participants import accepts_answers

MOST_REMINDERS = 3
OUT_OF_THE_WAY = 100
Kind, State = Mailing.Kind, Mailing.State


def plan_mailings(round_: Round) -> None:
    """Call it in the transaction that launches."""
    plan = plan_of(round_)
    planned = [Mailing(round=round_, kind=Kind.INVITATION, planned_on=round_.opens_on)]
    days = sorted({date.fromisoformat(text) for text in plan.reminders})
    days = [day for day in days if round_.opens_on < day <= round_.closes_on][:MOST_REMINDERS]
    planned += [
        Mailing(round=round_, kind=Kind.REMINDER, number=number, planned_on=day) for number, day in enumerate(days, 1)
    ]
    if round_.results_on:
        before = managers_day_before(plan, round_.results_on)
        planned.append(Mailing(round=round_, kind=Kind.MANAGERS, planned_on=before))
        if plan.mails_results:
            planned.append(Mailing(round=round_, kind=Kind.RESULTS, planned_on=round_.results_on))
    Mailing.objects.bulk_create(planned)


def send_single(round_: Round, invitation: Invitation) -> Mailing:
    """An invitation to one person, at once, whether the questionnaire is in or not: nobody can tell from it.

    It takes the place of what is left of earlier ones: a refusal, a doubt, or a mail that still has to go out.
    """
    if not accepts_answers(round_):
        raise InputError(_("Links can only be sent on the days that the scan is open."))
    if invitation.person is None or not invitation.address:
        raise InputError(_("%(name)s has no e-mail address. Add one first.") % {"name": invitation.person or "–"})
    with transaction.atomic():
        hold(round_)
        settle(invitation.pk)
        return _send_one(round_, Kind.SINGLE, Delivery(invitation=invitation))


def send_notice(round_: Round, invitation: Invitation, former_address: str) -> Mailing:
    """To the former address, that the link goes to another one now. Nothing of it is shown or kept.

    It names no invitation, so that neither another correction nor closing takes it away.
    """
    name = invitation.person.given_name if invitation.person else ""
    notice = Delivery(address=former_address, name=name, language=invitation.language)
    with transaction.atomic():
        hold(round_)
        return _send_one(round_, Kind.NOTICE, notice)


def _send_one(round_: Round, kind: str, delivery: Delivery) -> Mailing:
    mailing = Mailing.objects.create(
        round=round_,
        kind=kind,
        number=_highest_number(round_, kind) + 1,
        state=State.RUNNING,
        planned_on=now_in(round_.organisation).date(),
        total=1,
    )
    delivery.mailing = mailing
    delivery.save(force_insert=True)
    request(KIND, str(mailing.pk))
    return mailing


def send_again(delivery: Delivery) -> Mailing:
    """One refused or uncertain invitation once more; the HR adviser asks for it by name."""
    with transaction.atomic():
        hold(delivery.mailing.round)
        found = deliveries().filter(pk=delivery.pk).select_related("invitation__person").first()
        if found and found.invitation and found.state in (Delivery.State.REFUSED, Delivery.State.UNCERTAIN):
            return send_single(delivery.mailing.round, found.invitation)
        raise InputError(
            _(
                "You can only send an invitation again when it was refused, or when it is not certain whether it was "
                "sent. Look at the page as it is now."
            )
        )


def send_refused_again(mailing: Mailing) -> None:
    """To all addresses that the server refused: it was its own fault, and has been mended."""
    with transaction.atomic():
        hold(mailing.round)
        finished = mailings().filter(pk=mailing.pk, state=State.DONE, refused__gt=0)
        if not finished.update(state=State.RUNNING, trouble="", finished_on=None) or not refused_again(mailing):
            raise InputError(_("There is nothing left to send again. Look at the page as it is now."))
        request(KIND, str(mailing.pk))


def add_reminder(round_: Round, day: date) -> Mailing:
    with transaction.atomic():
        hold(round_)
        if round_.state != Round.State.OPEN:
            raise InputError(_("Reminders can only be planned while the scan is open."))
        reminders = list(Mailing.objects.filter(round=round_, kind=Kind.REMINDER))
        if len(reminders) >= MOST_REMINDERS:
            raise InputError(_("There are three reminders already. More would feel like pressure."))
        day_rules.check_reminder_day(round_, day, reminders)
        number = _highest_number(round_, Kind.REMINDER) + 1
        mailing = Mailing.objects.create(round=round_, kind=Kind.REMINDER, number=number, planned_on=day)
        _number_by_day(round_)
    mailing.refresh_from_db(fields=["number"])
    return mailing


def move(mailing: Mailing, day: date) -> None:
    """Only while it is planned."""
    round_ = mailing.round
    with transaction.atomic():
        hold(round_)
        if mailing.kind == Kind.REMINDER:
            others = Mailing.objects.filter(round=round_, kind=Kind.REMINDER).exclude(pk=mailing.pk)
            day_rules.check_reminder_day(round_, day, others)
        else:
            day_rules.check_day(mailing, day)
        if not mailings().filter(pk=mailing.pk, state=State.PLANNED).update(planned_on=day):
            raise InputError(_begun())
        _number_by_day(round_)


def plan_results(round_: Round, day: date) -> Mailing:
    """Mail staff the results after all, when that was not chosen before the launch."""
    with transaction.atomic():
        hold(round_)
        if not may_plan_results(round_):
            raise InputError(_("The results are mailed to staff already, or cannot be. Look at the page as it is now."))
        _check_first_results(round_, day)
        Plan.objects.update_or_create(round=round_, defaults={"mails_results": True})
        return Mailing.objects.create(round=round_, kind=Kind.RESULTS, planned_on=day)


def may_plan_results(round_: Round) -> bool:
    is_launched = round_.state != Round.State.DRAFT and round_.origin == Round.Origin.ASKED
    return is_launched and not Mailing.objects.filter(round=round_, kind=Kind.RESULTS).exists()


def _check_first_results(round_: Round, day: date) -> None:
    today = now_in(round_.organisation).date()
    promised = round_.results_on
    if promised and promised <= today and day != today:
        # A later day would take the page away again that staff may read already.
        raise InputError(
            _("Staff may read the results since %(date)s. Choose today: the mail then goes out as soon as it can.")
            % {"date": date_format(promised, "j F Y")}
        )
    first = promised or round_.closes_on + timedelta(days=1)
    day_rules.check_results_day(round_, day, max(first, today))


def change_hours(round_: Round, hours: Mapping[str, Any]) -> None:
    """Other mails than these may go out now: the next sweep takes them up."""
    Plan.objects.update_or_create(round=round_, defaults=hours)


def _number_by_day(round_: Round) -> None:
    """The first reminder is number 1, the next one 2."""
    reminders = mailings().filter(round=round_, kind=Kind.REMINDER)
    ids = list(reminders.order_by("planned_on", "number").values_list("pk", flat=True))
    reminders.update(number=F("number") + OUT_OF_THE_WAY)  # a number is there once
    for number, pk in enumerate(ids, 1):
        mailings().filter(pk=pk).update(number=number)


def cancel(mailing: Mailing) -> None:
    """A reminder that has not begun; nothing is left of it. Anything else was promised, and can be moved."""
    if mailing.kind != Kind.REMINDER:
        raise InputError(_("Only a reminder can be taken off the plan. Move this mailing to another day instead."))
    with transaction.atomic():
        hold(mailing.round)
        if not mailings().filter(pk=mailing.pk, state=State.PLANNED).delete()[0]:
            raise InputError(_begun())
        _number_by_day(mailing.round)


def cancel_reminders_after(round_: Round, last: date) -> list[date]:
    """Those that would go out after another last day; answers the days for which they were planned."""
    plan = plan_of(round_)
    planned = Mailing.objects.filter(round=round_, kind=Kind.REMINDER, state=State.PLANNED).order_by("planned_on")
    late = [mailing for mailing in planned if day_rules.too_late_for(plan, mailing, last)]
    Mailing.objects.filter(pk__in=[mailing.pk for mailing in late]).delete()
    _number_by_day(round_)
    return [mailing.planned_on for mailing in late]


def _begun() -> str:
    return _("This mailing has already begun. You can stop it; what was sent stays sent.")


def stop(mailing: Mailing) -> None:
    """The mail in hand still goes out."""
    if not mailings().filter(pk=mailing.pk, state=State.RUNNING).update(state=State.STOPPED):
        raise InputError(_("This mailing is not being sent now, so there is nothing to stop."))


def end(mailing: Mailing) -> None:
    """For good, of one that was stopped: who has not had it will not get it."""
    today = now_in(mailing.round.organisation).date()
    with transaction.atomic():
        drop_waiting(mailing)  # before the mailing itself, as whoever sends it does
        stopped = mailings().filter(pk=mailing.pk, state=State.STOPPED)
        if not stopped.update(state=State.DONE, trouble=Mailing.ENDED, waits_until=None, finished_on=today):
            raise InputError(_("Stop this mailing first. Then you can resume it, or end it."))
        request(KIND, str(mailing.pk))  # settles what a worker that died had in hand


def resume(mailing: Mailing) -> None:
    """Go on after a stop, or after trouble with the mail server."""
    halted = mailings().filter(Q(state=State.STOPPED) | Q(state=State.RUNNING) & ~Q(trouble=""), pk=mailing.pk)
    with transaction.atomic():
        if not halted.update(state=State.RUNNING, trouble="", waits_until=None):
            raise InputError(_("This mailing was not stopped, so there is nothing to resume."))
        if may_send_at(mailing.kind, plan_of(mailing.round), now_in(mailing.round.organisation)):
            request(KIND, str(mailing.pk))


def hold(round_: Round) -> None:
    """Whoever else changes this round's mailings waits until this transaction ends."""
    Round._base_manager.select_for_update().get(pk=round_.pk)  # noqa: SLF001 -- plain: scan/locks.py


def _highest_number(round_: Round, kind: str) -> int:
    return Mailing.objects.filter(round=round_, kind=kind).aggregate(highest=Max("number"))["highest"] or 0
