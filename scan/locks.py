"""Locks on the one round and the one invitation that an answer is about. Call them in a transaction.

None goes through a scoped manager. That adds a join, an update then becomes one over a subquery, and PostgreSQL does
not look at that again after waiting for a lock: simultaneous taps would all count (docs/decisions/0005).
What every answer needs is written in SQL, for Django takes longer to write it than the database to do it (0022).
SQLite needs no locks, for its transactions take turns.
"""

from uuid import UUID

from django.db import connection
from django.db.models import F
from django.db.models.functions import Coalesce

from scan.models import Invitation, Round
from scan.prepared import execute, one_row


def hold_open(round_id: UUID) -> bool:
    """Whether the round is open; if so, it stays open until this transaction ends: closing waits.

    A shared lock, which Django has no word for: participants do not wait for each other.
    """
    shared = " FOR SHARE" if connection.vendor == "postgresql" else ""
    sql = "SELECT id FROM scan_round WHERE id = %s AND state = %s"
    return one_row(sql + shared, round_id, Round.State.OPEN.value) is not None


def use_once(invitation_id: UUID) -> bool:
    """Whether this call was the one that used the invitation."""
    return execute("UPDATE scan_invitation SET used = NOT used WHERE id = %s AND NOT used", invitation_id) == 1


def hold_unused(invitation_id: UUID) -> bool:
    """Whether the invitation is unused; if so, it stays unused until this transaction ends."""
    sql = "SELECT id FROM scan_invitation WHERE id = %s AND NOT used"
    alone = " FOR UPDATE" if connection.vendor == "postgresql" else ""
    return one_row(sql + alone, invitation_id) is not None


def is_there(invitation_id: UUID) -> bool:
    """Not when another link took its place (scan/people/changing.py)."""
    return Invitation._base_manager.filter(pk=invitation_id).exists()  # noqa: SLF001


def move_unused(invitation_id: UUID, unit_id: UUID) -> None:
    """Let an unused invitation answer in another unit. Nobody gets to know whether that happened."""
    unused = Invitation._base_manager.filter(pk=invitation_id, used=False)  # noqa: SLF001
    unused.update(asked_in_id=Coalesce(F("asked_in_id"), F("unit_id")), unit_id=unit_id)
