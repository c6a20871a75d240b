"""The response of a running round, as far as it may be seen (R7)."""

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone
from django_scopes import scope, scopes_disabled

from measurement.presentation import running_response, running_total
from scan.models import Invitation, Round, Unit
from scan.tree import Tree, tree_of


@dataclass(frozen=True)
class RunningResponse:
    """`total`: whole organisation, rounded down to tens; `tenths`: per unit, as of the last daily refresh."""

    total: int | None
    invited: int
    tenths: dict[UUID, int | None]


def running_response_of(round_: Round, tree: Tree) -> RunningResponse:
    used = Invitation.objects.filter(round=round_, used=True).count()
    invited = (tree.invited() or {}).get(tree.root.pk, 0)
    tenths = {unit.pk: unit.running_tenths for unit in tree.departments}
    return RunningResponse(running_total(used, invited), invited, tenths)


def refresh_all() -> None:
    """The daily refresh of all open rounds."""
    with scopes_disabled():
        rounds = list(Round.objects.filter(state=Round.State.OPEN).select_related("organisation"))
    for round_ in rounds:
        with scope(organisation=round_.organisation):
            refresh(round_)


def refresh(round_: Round) -> None:
    """Write down the response of every unit, once a day."""
    today = timezone.localdate()
    if round_.response_as_of == today:
        return
    tree = tree_of(round_)
    used = Counter(Invitation.objects.filter(round=round_, used=True).values_list("unit_id", flat=True))
    received, invited = tree.sums(used), tree.invited() or {}
    for unit in tree.departments:
        unit.running_tenths = running_response(received[unit.pk], invited.get(unit.pk, 0))
    Unit.objects.bulk_update(tree.departments, ["running_tenths"], batch_size=500)
    Round.objects.filter(pk=round_.pk).update(response_as_of=today)
