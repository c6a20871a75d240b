"""Start the mailings whose moment has come."""

import logging
from datetime import date, timedelta

from django.db import Error
from django.db.models import Q
from django.utils import timezone
from django_scopes import scope, scopes_disabled

from jobs.running import request
from scan.mailing import recipients
from scan.mailing.deliveries import ASKING
from scan.mailing.hours import may_send_at, now_in, plan_of
from scan.mailing.remedies import PASSING
from scan.models import Mailing, Round
from scan.participants import accepts_answers

logger = logging.getLogger(__name__)

KIND = "send_mailing"
Kind, State = Mailing.Kind, Mailing.State


def start_due() -> None:
    """Ask for the job of every mailing whose moment has come. Quick, and safe when several workers do it at once."""
    with scopes_disabled():
        is_waiting_for_nothing = Q(waits_until=None) | Q(waits_until__lte=timezone.now())
        # Of a notice nobody sees a button to resume it.
        is_running = Q(state=State.RUNNING) & (Q(trouble__in=("", *PASSING)) | Q(kind=Kind.NOTICE))
        soon = timezone.now().date() + timedelta(days=1)  # whatever the time zone
        candidates = Mailing.objects.filter(
            Q(state=State.PLANNED, planned_on__lte=soon) | is_running & is_waiting_for_nothing
        )
        found = list(candidates.select_related("round__organisation", "round__plan"))
    for mailing in found:
        try:
            with scope(organisation=mailing.round.organisation):
                if is_due(mailing):
                    request(KIND, str(mailing.pk))
        except Error:
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
    """One mail a day: a reminder waits for what goes first, and for the day after it."""
    if mailing.kind != Kind.REMINDER:
        return False
    others = Mailing.objects.filter(round=mailing.round, kind__in=(Kind.INVITATION, Kind.REMINDER))
    return any(other.finished_on == today or must_go_first(other, mailing) for other in others)


def must_go_first(other: Mailing, reminder: Mailing) -> bool:
    """The invitation, and a reminder that has begun or is planned earlier, as long as it is not done."""
    if other.pk == reminder.pk or other.state == State.DONE:
        return False
    if other.kind == Kind.REMINDER:
        return other.state != State.PLANNED or other.planned_on < reminder.planned_on
    return other.kind == Kind.INVITATION
