"""Locks on the one round and the one invitation that an answer is about. Call them in a transaction.

All go through plain managers. A scoped one adds a join, an update then becomes one over a subquery, and PostgreSQL does
not look at that again after waiting for a lock: simultaneous taps would all count (docs/decisions/0005).
SQLite needs no locks, for its transactions take turns.
"""

from uuid import UUID

from django.db import connection
from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce

from scan.models import Invitation, Round


def hold_open(round_id: UUID) -> bool:
    """Whether the round is open; if so, it stays open until this transaction ends: closing waits.

    A shared lock, which Django has no word for: participants do not wait for each other.
    """
    open_round = Round._base_manager.filter(pk=round_id, state=Round.State.OPEN).values("pk")  # noqa: SLF001
    sql, parameters = open_round.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(sql + (" FOR SHARE" if connection.vendor == "postgresql" else ""), parameters)
        return cursor.fetchone() is not None


def use_once(invitation_id: UUID) -> bool:
    """Whether this call was the one that used the invitation."""
    return bool(_unused(invitation_id).update(used=True))


def hold_unused(invitation_id: UUID) -> bool:
    """Whether the invitation is unused; if so, it stays unused until this transaction ends."""
    return _unused(invitation_id).select_for_update().first() is not None


def is_there(invitation_id: UUID) -> bool:
    """Not when another link took its place (scan/people/changing.py)."""
    return Invitation._base_manager.filter(pk=invitation_id).exists()  # noqa: SLF001


def move_unused(invitation_id: UUID, unit_id: UUID) -> None:
    """Let an unused invitation answer in another unit. Nobody gets to know whether that happened."""
    _unused(invitation_id).update(asked_in_id=Coalesce(F("asked_in_id"), F("unit_id")), unit_id=unit_id)


def _unused(invitation_id: UUID) -> QuerySet[Invitation]:
    return Invitation._base_manager.filter(pk=invitation_id, used=False)  # noqa: SLF001
