"""Plan mailings, change the plan, and start what is due. What cannot be done raises InputError, which says why."""

import logging
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django.db import DatabaseError, transaction
from django.db.models import F, Max, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django_scopes import scope, scopes_disabled

from jobs.running import request
from organisations.commands import InputError
from scan.mailing import recipients
from scan.mailing.deliveries import ASKING, again, mailings, refused_again
from scan.mailing.hours import may_send_at, now_in, plan_of, sending_day
from scan.models import Delivery, Invitation, Mailing, Plan, Round
from scan.participants import accepts_answers

logger = logging.getLogger(__name__)

KIND = "send_mailing"
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
        before = round_.results_on - timedelta(days=plan.managers_days_before)
        planned.append(Mailing(round=round_, kind=Kind.MANAGERS, planned_on=before))
        if plan.mails_results:
            planned.append(Mailing(round=round_, kind=Kind.RESULTS, planned_on=round_.results_on))
    Mailing.objects.bulk_create(planned)


def send_single(round_: Round, invitation: Invitation) -> Mailing:
    """An invitation to one person, at once, whether the questionnaire is in or not: nobody can tell from it."""
    if not accepts_answers(round_):
        raise InputError(_("Links can only be sent on the days that the scan is open."))
    if invitation.person is None or not invitation.person.email:
        raise InputError(_("%(name)s has no e-mail address. Add one first.") % {"name": invitation.person or "–"})
    with transaction.atomic():
        hold(round_)
        mailing = Mailing.objects.create(
            round=round_,
            kind=Kind.SINGLE,
            number=_highest_number(round_, Kind.SINGLE) + 1,
            state=State.RUNNING,
            planned_on=now_in(round_.organisation).date(),
            total=1,
        )
        Delivery.objects.create(mailing=mailing, invitation=invitation)
        request(KIND, str(mailing.pk))
    return mailing


def send_again(delivery: Delivery) -> Mailing:
    """One refused or uncertain invitation once more; the HR adviser asks for it by name."""
    if delivery.invitation is None or delivery.state not in (Delivery.State.REFUSED, Delivery.State.UNCERTAIN):
        raise InputError(_("This mail cannot be sent again."))
    with transaction.atomic():
        mailing = send_single(delivery.mailing.round, delivery.invitation)
        again(delivery)
    return mailing


def send_refused_again(mailing: Mailing) -> None:
    """To all addresses that the server refused: it was its own fault, and has been mended."""
    with transaction.atomic():
        hold(mailing.round)
        finished = mailings().filter(pk=mailing.pk, state=State.DONE, refused__gt=0)
        if not finished.update(state=State.RUNNING, finished_on=None) or not refused_again(mailing):
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
        _check_reminder_day(round_, day, reminders)
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
            _check_reminder_day(round_, day, others)
        else:
            _check_day(day, _first_day(mailing), round_.closes_on if mailing.kind in ASKING else None)
            _check_managers_first(mailing, day)
        if not mailings().filter(pk=mailing.pk, state=State.PLANNED).update(planned_on=day):
            raise InputError(_begun())
        _number_by_day(round_)


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


def _check_managers_first(mailing: Mailing, day: date) -> None:
    """Managers can prepare a conversation only when they know before their staff."""
    others = {Kind.MANAGERS: Kind.RESULTS, Kind.RESULTS: Kind.MANAGERS}
    if mailing.kind not in others:
        return
    other = Mailing.objects.filter(round=mailing.round, kind=others[Kind(mailing.kind)]).first()
    if other is None:
        return
    managers_on, staff_on = (day, other.planned_on) if mailing.kind == Kind.MANAGERS else (other.planned_on, day)
    if managers_on > staff_on:
        raise InputError(
            _("Staff would then hear the results before their managers do. Let managers hear on %(day)s or earlier.")
            % {"day": date_format(staff_on, "j F Y")}
        )


def _first_day(mailing: Mailing) -> date:
    today = now_in(mailing.round.organisation).date()
    return max(today, mailing.round.opens_on if mailing.kind in ASKING else mailing.round.closes_on)


def _check_reminder_day(round_: Round, day: date, others: Iterable[Mailing]) -> None:
    first = max(round_.opens_on + timedelta(days=1), now_in(round_.organisation).date())
    _check_day(day, first, round_.closes_on)
    plan = plan_of(round_)
    really = sending_day(plan, day)
    if any(sending_day(plan, other.planned_on) == really for other in others):
        raise InputError(
            _("A reminder already goes out on %(day)s. Choose another day.") % {"day": date_format(really, "l j F")}
        )


def _check_day(day: date, first: date, last: date | None) -> None:
    if last is not None and not first <= day <= last:
        raise InputError(
            _("Choose a day from %(first)s to %(last)s.")
            % {"first": date_format(first, "j F Y"), "last": date_format(last, "j F Y")}
        )
    if day < first:
        raise InputError(_("Choose a day from %(first)s on.") % {"first": date_format(first, "j F Y")})


def cancel(mailing: Mailing) -> None:
    """Only while it is planned; nothing is left of it. The invitation itself can be moved, not left out."""
    if mailing.kind == Kind.INVITATION:
        raise InputError(_("Without the invitation nobody can answer. Move it to another day instead."))
    with transaction.atomic():
        hold(mailing.round)
        if not mailings().filter(pk=mailing.pk, state=State.PLANNED).delete()[0]:
            raise InputError(_begun())
        _number_by_day(mailing.round)


def _begun() -> str:
    return _("This mailing has already begun. You can stop it; what was sent stays sent.")


def stop(mailing: Mailing) -> None:
    """The mail in hand still goes out."""
    if not mailings().filter(pk=mailing.pk, state=State.RUNNING).update(state=State.STOPPED):
        raise InputError(_("This mailing is not being sent now, so there is nothing to stop."))


def resume(mailing: Mailing) -> None:
    """Go on after a stop, or after trouble with the mail server."""
    halted = mailings().filter(Q(state=State.STOPPED) | Q(state=State.RUNNING) & ~Q(trouble=""), pk=mailing.pk)
    with transaction.atomic():
        if not halted.update(state=State.RUNNING, trouble="", waits_until=None):
            raise InputError(_("This mailing was not stopped, so there is nothing to resume."))
        if may_send_at(mailing.kind, plan_of(mailing.round), now_in(mailing.round.organisation)):
            request(KIND, str(mailing.pk))


def start_due() -> None:
    """Ask for the job of every mailing whose moment has come. Quick, and safe when several workers do it at once."""
    with scopes_disabled():
        is_waiting_for_nothing = Q(waits_until=None) | Q(waits_until__lte=timezone.now())
        soon = timezone.now().date() + timedelta(days=1)  # whatever the time zone
        candidates = Mailing.objects.filter(
            Q(state=State.PLANNED, planned_on__lte=soon) | Q(state=State.RUNNING, trouble="") & is_waiting_for_nothing
        )
        found = list(candidates.select_related("round__organisation", "round__plan"))
    for mailing in found:
        try:
            with scope(organisation=mailing.round.organisation):
                if is_due(mailing):
                    request(KIND, str(mailing.pk))
        except DatabaseError:
            raise
        except Exception:
            # One mailing that cannot be looked at must not hold up the others, nor end the sweep.
            logger.exception("mailing %s could not be started", mailing.pk)


def is_due(mailing: Mailing) -> bool:
    round_ = mailing.round
    now = now_in(round_.organisation)
    if mailing.state not in (State.PLANNED, State.RUNNING) or mailing.planned_on > now.date():
        return False
    if not may_send_at(mailing.kind, plan_of(round_), now):
        return False
    if mailing.state == State.RUNNING:
        return True  # also when the round has closed: the job then ends it
    if mailing.kind in ASKING:
        return accepts_answers(round_) and not _another_asks_today(mailing, now.date())
    return round_.state == Round.State.CLOSED and recipients.are_known(mailing)


def _another_asks_today(mailing: Mailing, today: date) -> bool:
    """One mail a day: a reminder waits for the invitation and for earlier reminders, and for the day after them."""
    if mailing.kind != Kind.REMINDER:
        return False
    others = Mailing.objects.filter(round=mailing.round).exclude(pk=mailing.pk)
    invitation_or_earlier = Q(kind=Kind.INVITATION) | Q(kind=Kind.REMINDER, planned_on__lt=mailing.planned_on)
    goes_first = Q(state=State.PLANNED) & invitation_or_earlier & Q(planned_on__lte=today)
    is_new = Q(kind__in=(Kind.INVITATION, Kind.REMINDER)) & (Q(state=State.RUNNING) | Q(finished_on=today))
    return others.filter(goes_first | is_new).exists()


def hold(round_: Round) -> None:
    """Whoever else changes this round's mailings waits until this transaction ends."""
    Round._base_manager.select_for_update().get(pk=round_.pk)  # noqa: SLF001 -- plain: scan/locks.py


def _highest_number(round_: Round, kind: str) -> int:
    return Mailing.objects.filter(round=round_, kind=kind).aggregate(highest=Max("number"))["highest"] or 0
