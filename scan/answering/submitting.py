"""Send the answers in: exactly once, whoever taps twice."""

from django.db import transaction

from jobs.fail_points import reached
from scan import ballot_box
from scan.answering import drafts
from scan.answering.boxes import Sheet, merged
from scan.answering.packing import MAX_REMARK, obstacle_mask, pack
from scan.ballot_box import Ballot
from scan.links import open_links
from scan.locks import hold_open, is_there, use_once
from scan.participants import AlreadySentError, LinkError, Participant

NOTHING_NEW = Sheet()


def submit(participant: Participant, changes: Sheet = NOTHING_NEW) -> Sheet:
    """One transaction: invitation used, draft with `changes` in the ballot box, draft gone. Answers what was sent.

    Raises AlreadySentError when the invitation was used before, LinkError when the round closed meanwhile, FullError
    when it came by an open link and as many as that is for have answered; the draft then stays as it was.
    """
    if participant.is_preview:
        return merged(drafts.load(participant), changes)
    invitation = participant.invitation
    with transaction.atomic():
        if not hold_open(participant.round.pk):
            raise LinkError
        if not use_once(invitation.pk):
            raise AlreadySentError(participant) if is_there(invitation.pk) else LinkError
        reached("after the invitation is used")
        # Only now: what another device saves meanwhile is either in it, or refused.
        sheet = merged(drafts.take(participant), changes)
        open_links.require_room(invitation)
        ballot_box.cast(participant.round, _ballot(participant, sheet))
        reached("before submit is committed")
    reached("after submit is committed")
    return sheet


def _ballot(participant: Participant, sheet: Sheet) -> Ballot:
    questionnaire = participant.questionnaire
    return Ballot(
        unit_id=participant.invitation.unit_id,
        answers=pack(sheet.answers, questionnaire.items),
        obstacles=obstacle_mask(sheet.obstacles, questionnaire.obstacles),
        remark=sheet.remark[:MAX_REMARK],
    )
