"""Send the answers in: exactly once, whoever taps twice."""

from django.db import transaction

from scan import ballot_box
from scan.answering import drafts
from scan.answering.boxes import Sheet
from scan.answering.packing import MAX_REMARK, obstacle_mask, pack
from scan.ballot_box import Ballot
from scan.links import open_links
from scan.locks import hold_open, is_there, use_once
from scan.participants import AlreadySentError, LinkError, Participant


def submit(participant: Participant, sheet: Sheet) -> None:
    """One transaction: invitation used, response in the ballot box, draft gone.

    Raises AlreadySentError when the invitation was used before, LinkError when the round closed meanwhile, FullError
    when it came by an open link and as many as that is for have answered; the draft then stays.
    """
    if participant.is_preview:
        return
    questionnaire, invitation = participant.questionnaire, participant.invitation
    ballot = Ballot(
        unit_id=invitation.unit_id,
        answers=pack(sheet.answers, questionnaire.items),
        obstacles=obstacle_mask(sheet.obstacles, questionnaire.obstacles),
        remark=sheet.remark[:MAX_REMARK],
    )
    with transaction.atomic():
        if not hold_open(participant.round.pk):
            raise LinkError
        if not use_once(invitation.pk):
            raise AlreadySentError(participant) if is_there(invitation.pk) else LinkError
        open_links.require_room(invitation)
        ballot_box.cast(participant.round, ballot)
        drafts.erase(invitation)
