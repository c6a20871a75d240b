"""Answers on their way: kept on the server, readable only with the link."""

from scan.boxes import Sheet, lock, unlock
from scan.models import Draft, Invitation

PURPOSE = "draft"


def load(invitation: Invitation, token: str) -> Sheet:
    draft = Draft.objects.filter(pk=invitation.pk).first()
    return (unlock(bytes(draft.box), token, PURPOSE) if draft else None) or Sheet()


def save(invitation: Invitation, token: str, sheet: Sheet) -> None:
    Draft.objects.update_or_create(pk=invitation.pk, defaults={"box": lock(sheet, token, PURPOSE)})


def erase(invitation: Invitation) -> None:
    Draft.objects.filter(pk=invitation.pk).delete()
