"""Answers on their way: kept on the server, readable only with the link."""

from django.db import transaction

from jobs.fail_points import reached
from scan.answering.boxes import DRAFT_BYTES, Sheet, lock, merged, unlock
from scan.answering.preview import example_sheet
from scan.locks import hold_open, hold_unused, is_there
from scan.models import Draft, Invitation
from scan.participants import AlreadySentError, LinkError, Participant
from scan.tokens import tokens_of

PURPOSE = "draft"


def load(participant: Participant) -> Sheet:
    if participant.is_preview:
        return example_sheet(participant.questionnaire)
    draft = Draft.objects.filter(pk=participant.invitation.pk).first()
    return (_opened(bytes(draft.box), participant) if draft else None) or Sheet()


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
        # Plain: the scoped manager would lock the round as well, and people who save at once would deadlock.
        Draft._base_manager.update_or_create(pk=participant.invitation.pk, defaults={"box": box})  # noqa: SLF001
        reached("before save is committed")
    reached("after save is committed")
    return sheet


def erase(invitation: Invitation) -> None:
    Draft.objects.filter(pk=invitation.pk).delete()


def _opened(box: bytes, participant: Participant) -> Sheet | None:
    """Also what was kept with the link of before SCAN_KEY was replaced: a reminder holds another link."""
    for token in dict.fromkeys((participant.token, *tokens_of(participant.invitation.pk))):
        if sheet := unlock(box, token, PURPOSE):
            return sheet
    return None
