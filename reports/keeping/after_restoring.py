"""What is different after a restore: what happened since the backup is forgotten, mails that went out among it."""

from datetime import datetime

from django.contrib.sessions.models import Session
from django.db import transaction
from django_scopes import scope

from organisations import log
from organisations.models import Organisation
from scan.mailing import deliveries, recipients
from scan.mailing.deliveries import ASKING
from scan.mailing.hours import now_in
from scan.models import Mailing, Round

Kind, State = Mailing.Kind, Mailing.State


def settle(backup_from: datetime) -> int:
    """Stop mailings that may have gone out since, and tell every organisation. Answers how many it stopped.

    In one transaction, with whatever says that the restore is done: a run that was interrupted begins it anew.
    """
    stopped = 0
    with transaction.atomic():
        # A backup has none; one that was edited by hand must not bring them either.
        Session.objects.all().delete()
        for organisation in Organisation.objects.order_by("pk"):
            with scope(organisation=organisation):
                log.record(organisation, "restore_backup", f"{backup_from:%Y-%m-%d}")
                for mailing in _that_may_be_out(organisation):
                    if _stop(mailing):
                        log.record(organisation, "hold_mailing", mailing.round.title)
                        stopped += 1
    return stopped


def _that_may_be_out(organisation: Organisation) -> list[Mailing]:
    """All but notices, which nobody could resume: a second one does no harm."""
    today = now_in(organisation).date()
    unfinished = Mailing.objects.filter(round__organisation=organisation, state__in=(State.RUNNING, State.PLANNED))
    due = unfinished.exclude(kind=Kind.NOTICE).exclude(state=State.PLANNED, planned_on__gt=today)
    return list(due.select_related("round__organisation", "round__plan").order_by("pk"))


def _stop(mailing: Mailing) -> bool:
    """One that is planned is begun first, for only then it can be resumed or ended; so it must be able to."""
    if mailing.state == State.PLANNED and not (_can_begin(mailing) and deliveries.begin(mailing)):
        return False
    running = deliveries.mailings().filter(pk=mailing.pk, state=State.RUNNING)
    return bool(running.update(state=State.STOPPED, waits_until=None))


def _can_begin(mailing: Mailing) -> bool:
    if mailing.kind in ASKING:
        return mailing.round.state == Round.State.OPEN
    return mailing.round.state == Round.State.CLOSED and recipients.are_known(mailing)
