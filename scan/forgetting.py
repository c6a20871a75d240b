"""Forget who answered in a round, in what order, what was still being filled in, and the links on paper."""

import secrets

from scan.links.sealed_files import delete_files_of
from scan.mailing.deliveries import ASKING
from scan.models import Delivery, Draft, Invitation, Mailing, OpenLink, Round, Unit
from scan.participants import today_in
from scan.people.asked_in import ASKED_IN

BATCH = 500
_shuffle = secrets.SystemRandom().shuffle


def forget_who_answered(round_: Round) -> None:
    """Write the invitations anew in random order, without person or use. Call it in the transaction that seals.

    Their ids stay, so that a link still leads to the page that says the scan is closed. Updated rows alone would tell:
    PostgreSQL puts a row that changes at another place, in the order of changing.
    """
    Draft.objects.filter(invitation__round=round_).delete()
    delete_files_of(round_)
    end_mailings(round_)
    # In the unit of the launch: only unused invitations really moved (scan/people/changing.py).
    rows = Invitation.objects.filter(round=round_).values_list("pk", ASKED_IN, "language")
    blank = [Invitation(pk=pk, round=round_, unit_id=unit_id, language=language) for pk, unit_id, language in rows]
    Invitation.objects.filter(round=round_).delete()
    _shuffle(blank)
    Invitation.objects.bulk_create(blank, batch_size=BATCH)
    Unit.objects.filter(round=round_).update(running_tenths=None)
    Round.objects.filter(pk=round_.pk).update(running_total=None)
    OpenLink.objects.filter(unit__round=round_).update(is_near_limit=False)


def end_mailings(round_: Round) -> None:
    """Nobody is asked any more: what had begun is over, what had not is off, and no row says who got what."""
    # But for notices to former addresses, which name nobody and still go out.
    Delivery.objects.filter(mailing__round=round_).exclude(mailing__kind=Mailing.Kind.NOTICE).delete()
    asking = Mailing.objects.filter(round=round_, kind__in=ASKING)
    asking.filter(state=Mailing.State.PLANNED).delete()
    asking.exclude(state=Mailing.State.DONE).update(
        state=Mailing.State.DONE, trouble="", waits_until=None, finished_on=today_in(round_.organisation)
    )
