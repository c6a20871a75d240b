"""What changed in a unit since an earlier scan, as it was frozen: for reports. Light: nothing is computed here.

The figures of both scans are printed ones, so that nothing is told that they do not tell (reports/over_time/).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from reports.models import ChangedUnit, Release
from reports.published import Score


@dataclass(frozen=True)
class ScoreChange:
    before: Score
    """As it was printed; of several units together the mean, each weighing as many people as its figures hold."""
    difference: int
    """Points, now minus before, between the printed figures (a bound stays a bound: R9)."""
    margin: int
    """Half the width of the 95% interval of the difference, in points."""
    verdict: str | None
    """higher or lower; None: no demonstrable change."""


@dataclass(frozen=True)
class UnitChange:
    earlier_title: str
    earlier_day: date
    """The first day of the earlier scan."""
    earlier_units: tuple[str, ...]
    """What the unit was then, by path (empty: the organisation); more than one where it was put together since."""
    n: int
    """Questionnaires in the earlier figures."""
    same_parts: bool
    """False: departments came in or went out since, so the text says so."""
    scores: Mapping[str, ScoreChange]
    """By code: total, SV ... ST, T ... F. Steps are not followed (docs/decisions/0016-change-over-time.md)."""


def changes_of(release: Release, unit_id: UUID) -> UnitChange | None:
    """None: there is no earlier scan with the same questions, or the unit cannot be compared with it. One query."""
    rows = newest_first(ChangedUnit.objects.filter(change__release=release, unit_id=unit_id))
    row = rows.values_list("content", *EARLIER).first()
    return read_change(*row) if row else None


EARLIER = ("change__earlier__round__title", "change__earlier__round__opens_on")


def newest_first(rows: QuerySet[ChangedUnit]) -> QuerySet[ChangedUnit]:
    """Beside the newest earlier scan, and that scan's newest correction."""
    return rows.order_by(
        "-change__earlier__round__opens_on", "-change__earlier__round__created_at", "-change__earlier__number"
    )


def read_change(content: Mapping[str, Any], title: str, day: date) -> UnitChange | None:
    if "scores" not in content:
        return None
    scores = {code: read_score_change(one) for code, one in content["scores"].items()}
    return UnitChange(title, day, tuple(content["earlier"]), content["n"], content["same_parts"], scores)


def read_score_change(content: Mapping[str, Any]) -> ScoreChange:
    return ScoreChange(Score(**content["before"]), content["difference"], content["margin"], content["verdict"])
