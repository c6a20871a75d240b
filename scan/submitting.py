"""Send the answers in: exactly once, whoever taps twice."""

from uuid import UUID

from django.db import connection, transaction

from scan import ballot_box, drafts
from scan.ballot_box import Ballot
from scan.boxes import Sheet
from scan.models import Invitation, Round
from scan.packing import MAX_REMARK, obstacle_mask, pack
from scan.participants import AlreadySentError, LinkError, Participant


def submit(participant: Participant, sheet: Sheet) -> None:
    """One transaction: invitation used, response in the ballot box, draft gone.

    Raises AlreadySentError when the invitation was used before, LinkError when the round closed meanwhile.
    """
    questionnaire, invitation = participant.questionnaire, participant.invitation
    ballot = Ballot(
        unit_id=invitation.unit_id,
        answers=pack(sheet.answers, questionnaire.items),
        obstacles=obstacle_mask(sheet.obstacles, questionnaire.obstacles),
        remark=sheet.remark[:MAX_REMARK],
    )
    with transaction.atomic():
        if not _hold_open(participant.round.pk):
            raise LinkError
        if not _use_once(invitation.pk):
            raise AlreadySentError(participant)
        ballot_box.cast(participant.round, ballot)
        drafts.erase(invitation)


def _hold_open(round_id: UUID) -> bool:
    """Whether the round is open; if so, it stays open until this transaction ends: closing waits.

    A shared lock, which Django has no word for: participants do not wait for each other. SQLite needs none, for its
    transactions take turns.
    """
    open_round = Round._base_manager.filter(pk=round_id, state=Round.State.OPEN).values("pk")  # noqa: SLF001 -- one row
    sql, parameters = open_round.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(sql + (" FOR SHARE" if connection.vendor == "postgresql" else ""), parameters)
        return cursor.fetchone() is not None


def _use_once(invitation_id: UUID) -> bool:
    """Whether this call was the one that used the invitation.

    Without the scope's join: with it the update would be one over a subquery, which PostgreSQL does not look at again
    after waiting for a lock, and simultaneous taps would all count.
    """
    unused = Invitation._base_manager.filter(pk=invitation_id, used=False)  # noqa: SLF001 -- see above
    return bool(unused.update(used=True))
