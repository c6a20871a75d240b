"""Answers on their way: kept on the server, readable only with the link."""

from django.db import transaction

from scan.answering.boxes import DRAFT_BYTES, Sheet, lock, unlock
from scan.answering.preview import example_sheet
from scan.locks import hold_open, hold_unused, is_there
from scan.models import Draft, Invitation
from scan.participants import AlreadySentError, LinkError, Participant

PURPOSE = "draft"


def load(participant: Participant) -> Sheet:
    if participant.is_preview:
        return example_sheet(participant.questionnaire)
    draft = Draft.objects.filter(pk=participant.invitation.pk).first()
    return (unlock(bytes(draft.box), participant.token, PURPOSE) if draft else None) or Sheet()


def save(participant: Participant, sheet: Sheet) -> None:
    """Raises AlreadySentError or LinkError when another tab sent the answers, or the round closed, meanwhile."""
    if participant.is_preview:
        return
    box = lock(sheet, participant.token, PURPOSE, DRAFT_BYTES)
    with transaction.atomic():
        if not hold_open(participant.round.pk):
            raise LinkError
        if not hold_unused(participant.invitation.pk):
            raise AlreadySentError(participant) if is_there(participant.invitation.pk) else LinkError
        Draft.objects.update_or_create(pk=participant.invitation.pk, defaults={"box": box})


def erase(invitation: Invitation) -> None:
    Draft.objects.filter(pk=invitation.pk).delete()
