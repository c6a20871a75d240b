"""The response of a running round, as far as it may be seen (R7)."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django_scopes import scope, scopes_disabled

from measurement.presentation import MIN_INVITED_FOR_SHARE, running_response, running_total
from scan.links.near_limits import refresh_warnings
from scan.locks import hold_open
from scan.models import Invitation, Round, Unit
from scan.people.asked_in import ASKED_IN
from scan.tree import Tree, tree_of


@dataclass(frozen=True)
class RunningResponse:
    """As of the last daily refresh. `total`: whole organisation, rounded down to tens; `tenths`: per unit."""

    total: int | None
    invited: int
    tenths: dict[UUID, int | None]

    @property
    def is_too_small(self) -> bool:
        return self.invited < MIN_INVITED_FOR_SHARE


def running_response_of(round_: Round, tree: Tree) -> RunningResponse:
    invited = tree.invited_at_launch()[tree.root.pk]
    tenths = {unit.pk: unit.running_tenths for unit in tree.departments}
    return RunningResponse(round_.running_total, invited, tenths)


def refresh_all() -> None:
    """The daily refresh of all open rounds that are asked here."""
    with scopes_disabled():
        open_rounds = Round.objects.filter(state=Round.State.OPEN, origin=Round.Origin.ASKED)
        rounds = list(open_rounds.select_related("organisation"))
    for round_ in rounds:
        with scope(organisation=round_.organisation):
            refresh(round_)


def refresh(round_: Round) -> None:
    """Write down the response of every unit and of the whole, once a day.

    Only of whoever was invited at launch: with people added since, or a total that follows every answer, somebody could
    find out whether one particular person has answered (docs/decisions/0007).
    """
    today = timezone.localdate()
    if round_.response_as_of == today:
        return
    tree = tree_of(round_)
    counted = Invitation.objects.filter(round=round_, used=True, was_added=False)
    received = tree.sums(Counter(counted.values_list(ASKED_IN, flat=True)))
    invited = tree.invited_at_launch()
    visible = visible_units(tree, invited)
    for unit in tree.departments:
        is_visible = unit.pk in visible
        unit.running_tenths = running_response(received[unit.pk], invited[unit.pk]) if is_visible else None
    with transaction.atomic():
        if not hold_open(round_.pk):
            return  # sealed meanwhile: nothing of it may be written down any more
        Unit.objects.bulk_update(tree.departments, ["running_tenths"], batch_size=500)
        refresh_warnings(round_, tree, visible)
        total = running_total(received[tree.root.pk], invited[tree.root.pk])
        Round.objects.filter(pk=round_.pk).update(response_as_of=today, running_total=total)


def visible_units(tree: Tree, invited: Mapping[UUID, int]) -> set[UUID]:
    """Units from 10 invited, but none that with the visible units below it would show a remainder of 1 to 9 people.

    Ten in a team and one leader beside it: the two shares together would tell whether that leader has answered. The
    count of the whole organisation is always there, so at the top the smallest units give way to it.
    """
    visible: set[UUID] = set()
    covered = dict.fromkeys(tree.units, 0)
    for unit in reversed(list(tree.units.values())):  # children before parents
        if unit.parent_id is None:
            break
        count = invited.get(unit.pk, 0)
        is_department = unit.kind == Unit.Kind.DEPARTMENT
        if is_department and count >= MIN_INVITED_FOR_SHARE and not _is_telling(count - covered[unit.pk]):
            visible.add(unit.pk)
            covered[unit.pk] = count
        covered[unit.parent_id] += covered[unit.pk]
    total = invited.get(tree.root.pk, 0)
    return _beside_the_total(tree, visible, invited, total) if total >= MIN_INVITED_FOR_SHARE else visible


def _is_telling(remainder: int) -> bool:
    return 1 <= remainder < MIN_INVITED_FOR_SHARE


def _beside_the_total(tree: Tree, visible: set[UUID], invited: Mapping[UUID, int], total: int) -> set[UUID]:
    """The root, and as many of the visible units as leave nobody or at least ten people beside them."""
    above = {unit.pk: {ancestor.pk for ancestor in tree.ancestors(unit)} for unit in tree.departments}
    order = [unit.pk for unit in tree.departments]
    while True:
        tops = [pk for pk in order if pk in visible and not above[pk] & visible]
        if not _is_telling(total - sum(invited[pk] for pk in tops)):
            return visible | {tree.root.pk}
        smallest = min(tops, key=lambda pk: invited[pk])
        visible = {pk for pk in visible if pk != smallest and smallest not in above[pk]}
