"""Warn that an open link is nearly full: as of the daily refresh, and never more than R7 lets anybody see."""

from collections.abc import Mapping
from uuid import UUID

from django.db.models import Count, Q

from measurement.presentation import MIN_INVITED_FOR_SHARE, running_response
from scan.models import Invitation, OpenLink, Round, Unit
from scan.tree import Tree

ALMOST = 9
"""In tenths: the highest step of R7."""


def refresh_warnings(round_: Round, tree: Tree, visible: set[UUID]) -> None:
    """Call it in the transaction of the daily refresh. `visible`: the units whose response may be seen."""
    links = list(OpenLink.objects.filter(unit__round=round_))
    if not links:
        return
    started = dict(_counts(round_))
    unseen = _unseen(tree, visible)
    for link in links:
        count, sent = started.get(link.pk, (0, 0))
        unit = tree.units[link.pk]
        link.is_near_limit = _may_tell(unit, unseen[unit.pk]) and _is_near(link, unit.expected or 0, count, sent)
    OpenLink.objects.bulk_update(links, ["is_near_limit"])


def _is_near(link: OpenLink, expected: int, started: int, sent: int) -> bool:
    """Once the limit of sending has been raised only starts are looked at: "90% of more" says more than R7 may."""
    is_raised = link.submit_limit > expected
    return 10 * started >= ALMOST * link.start_limit or (not is_raised and running_response(sent, expected) == ALMOST)


def _may_tell(unit: Unit, unseen: int) -> bool:
    """From 10 expected, and only when nobody can subtract this link from the unit's response and find a few people."""
    expected = unit.expected or 0
    return expected >= MIN_INVITED_FOR_SHARE and not 1 <= unseen - expected < MIN_INVITED_FOR_SHARE


def _counts(round_: Round) -> list[tuple[UUID, tuple[int, int]]]:
    by_link = Invitation.objects.filter(round=round_, came_by_open_link=True)
    rows = by_link.values("unit_id").annotate(started=Count("pk"), sent=Count("pk", filter=Q(used=True)))
    return [(row["unit_id"], (row["started"], row["sent"])) for row in rows]


def _unseen(tree: Tree, visible: set[UUID]) -> Mapping[UUID, int]:
    """For each unit how many of its people are in no visible unit below it."""
    invited = tree.invited_at_launch()
    covered = dict.fromkeys(tree.units, 0)
    unseen = {}
    for unit in reversed(list(tree.units.values())):  # children before parents
        count = invited[unit.pk]
        unseen[unit.pk] = count - covered[unit.pk]
        if unit.parent_id is not None:
            covered[unit.parent_id] += count if unit.pk in visible else covered[unit.pk]
    return unseen
