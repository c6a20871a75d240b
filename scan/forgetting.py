"""Forget who answered in a round, in what order, and what was still being filled in."""

import secrets

from scan.models import Draft, Invitation, Round, Unit

BATCH = 500
_shuffle = secrets.SystemRandom().shuffle


def forget_who_answered(round_: Round) -> None:
    """Write the invitations anew in random order, without person or use. Call it in the transaction that seals.

    Their ids stay, so that a link still leads to the page that says the scan is closed. Updated rows alone would tell:
    PostgreSQL puts a row that changes at another place, in the order of changing.
    """
    Draft.objects.filter(invitation__round=round_).delete()
    blank = [
        Invitation(pk=pk, round=round_, unit_id=unit_id, language=language)
        for pk, unit_id, language in Invitation.objects.filter(round=round_).values_list("pk", "unit_id", "language")
    ]
    Invitation.objects.filter(round=round_).delete()
    _shuffle(blank)
    Invitation.objects.bulk_create(blank, batch_size=BATCH)
    Unit.objects.filter(round=round_).update(running_tenths=None)
