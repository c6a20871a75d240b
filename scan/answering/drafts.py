"""Answers on their way: kept on the server, readable only with the link."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from jobs.fail_points import reached
from scan.answering.boxes import DRAFT_BYTES, Sheet, lock, merged, unlock
from scan.answering.preview import example_sheet
from scan.locks import hold_open, hold_unused, is_there
from scan.models import Draft, Invitation
from scan.participants import AlreadySentError, LinkError, Participant
from scan.prepared import execute, one_row
from scan.tokens import tokens_of

PURPOSE = "draft"
KEEP = (
    "INSERT INTO scan_draft (invitation_id, box) VALUES (%s, %s) "
    "ON CONFLICT (invitation_id) DO UPDATE SET box = excluded.box"
)


def load(participant: Participant) -> Sheet:
    if participant.is_preview:
        return example_sheet(participant.questionnaire)
    row = one_row("SELECT box FROM scan_draft WHERE invitation_id = %s", participant.invitation.pk)
    return _sheet_in(row, participant)


def take(participant: Participant) -> Sheet:
    """What was kept, and it is kept no more. Call it in a transaction."""
    row = one_row("DELETE FROM scan_draft WHERE invitation_id = %s RETURNING box", participant.invitation.pk)
    return _sheet_in(row, participant)


def save(participant: Participant, changes: Sheet) -> Sheet:
    """Answers the whole sheet as it now is: of everything the newest.

    Raises AlreadySentError or LinkError when another tab sent the answers, or the round closed, meanwhile.
    """
    if participant.is_preview:
        return merged(load(participant), changes)
    with transaction.atomic():
        if not hold_open(participant.round.pk):
            raise LinkError
        if not hold_unused(participant.invitation.pk):
            raise AlreadySentError(participant) if is_there(participant.invitation.pk) else LinkError
        sheet = merged(load(participant), changes)
        box = lock(sheet, participant.token, PURPOSE, DRAFT_BYTES)
        # No manager, for a scoped one would lock the round as well, and people who save at once would deadlock.
        execute(KEEP, participant.invitation.pk, box)
        reached("before save is committed")
    reached("after save is committed")
    return sheet


def erase(invitation: Invitation) -> None:
    Draft.objects.filter(pk=invitation.pk).delete()


def _sheet_in(row: Sequence[Any] | None, participant: Participant) -> Sheet:
    return (_opened(bytes(row[0]), participant) if row else None) or Sheet()


def _opened(box: bytes, participant: Participant) -> Sheet | None:
    """Also what was kept with the link of before SCAN_KEY was replaced: a reminder holds another link."""
    for token in dict.fromkeys((participant.token, *tokens_of(participant.invitation.pk))):
        if sheet := unlock(box, token, PURPOSE):
            return sheet
    return None
