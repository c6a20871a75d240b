"""Freeze what changed between two closed rounds: once, beside the later release.

A round is compared with the last closed round of the organisation before it that asked the same questions.
"""

from uuid import UUID

from django.db import transaction

from organisations.models import Organisation
from reports.models import Change, ChangedUnit, Release
from reports.over_time.comparison import Comparison, Content
from reports.over_time.lineage import Origin
from reports.over_time.reasons import DIFFERS
from reports.over_time.released import Released, before, released_rounds
from reports.published import read_release

BATCH = 500


def freeze_changes(organisation: Organisation) -> int:
    """Every change that can be told of and is not told yet; answers how many. Can be repeated, and interrupted.

    Call it inside the organisation's scope.
    """
    rounds = released_rounds(organisation)
    made = set(Change.objects.filter(release__in=[one.release for one in rounds]).values_list("release", "earlier"))
    pairs = [(before(one, rounds), one) for one in rounds]
    missing = [(earlier, one) for earlier, one in pairs if earlier and (one.release.pk, earlier.release.pk) not in made]
    for earlier, later in missing:
        _freeze(earlier, later)
    return len(missing)


def _freeze(earlier: Released, later: Released) -> None:
    first, second = (_whole(one.release) for one in (earlier, later))
    comparison = Comparison(read_release(first), read_release(second))
    rows = [_row(unit, comparison.origins[unit], content) for unit, content in comparison.contents().items()]
    with transaction.atomic():
        # Another worker that is at it too waits here, and finds it made.
        change, is_new = Change.objects.get_or_create(release=second, earlier=first)
        if is_new:
            for row in rows:
                row.change = change
            ChangedUnit.objects.bulk_create(rows, batch_size=BATCH)


def _row(unit: UUID, origin: Origin | None, content: Content) -> ChangedUnit:
    if origin is None or content.get("reason") == DIFFERS:
        return ChangedUnit(unit_id=unit, content=content)
    came_from, continues = [str(one) for one in origin.units], origin.continues
    return ChangedUnit(unit_id=unit, came_from=came_from, continues_id=continues, content=content)


def _whole(release: Release) -> Release:
    return Release.objects.select_related("round__organisation").get(pk=release.pk)
