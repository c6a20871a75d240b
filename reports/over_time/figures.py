"""One score of units in many rounds, and how it changed: read out of what is frozen, a query each."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from questionnaires.questionnaire import DIMENSIONS
from reports.changes import ScoreChange, read_score_change
from reports.models import ChangedUnit, Release, ReleaseUnit
from reports.over_time.chains import Step
from reports.published import Score

TOTAL = "total"
CODES = (TOTAL, *DIMENSIONS)


@dataclass(frozen=True)
class UnitFigure:
    """Of a hidden unit only its name."""

    round: UUID
    path: str
    name: str
    n: int | None
    score: Score | None


@dataclass(frozen=True)
class UnitChanged:
    reason: str | None
    """Why it is not compared (reports/over_time/reasons.py)."""
    n: int | None
    """Questionnaires in the earlier figures."""
    same_parts: bool
    score: ScoreChange | None


def figures_of(releases: Sequence[Release], code: str, units: Collection[UUID] | None = None) -> dict[UUID, UnitFigure]:
    """By unit; `units` None: all. `code`: one of CODES."""
    rows = ReleaseUnit.objects.filter(release__in=releases)
    if units is not None:
        rows = rows.filter(unit__in=units)
    columns = ("unit", "release__round", "unit__path", "unit__name", "content__n", f"content__scores__{code}")
    return {
        unit: UnitFigure(round_, path, name, n, Score(**score) if score else None)
        for unit, round_, path, name, n, score in rows.values_list(*columns)
    }


def changes_by_unit(
    changes: Collection[UUID], code: str, units: Collection[UUID] | None = None
) -> dict[UUID, UnitChanged]:
    """The same; by unit of the later round."""
    rows = ChangedUnit.objects.filter(change__in=changes)
    if units is not None:
        rows = rows.filter(unit__in=units)
    columns = ("unit", "content__reason", "content__n", "content__same_parts", f"content__scores__{code}")
    return {
        unit: UnitChanged(reason, n, bool(same_parts), read_score_change(score) if score else None)
        for unit, reason, n, same_parts, score in rows.values_list(*columns)
    }


@dataclass(frozen=True)
class Read:
    """Both of the same units and score."""

    figures: Mapping[UUID, UnitFigure]
    changes: Mapping[UUID, UnitChanged]

    def at(self, chain: Sequence[Step], number: int) -> tuple[Score | None, int | None]:
        """Score and number of questionnaires of this step of a chain.

        Of several units together as they are frozen with the change after them; nothing is worked out here.
        """
        unit = chain[number].unit
        if unit is not None:
            return self.figures[unit].score, self.figures[unit].n
        after = chain[number + 1].unit
        changed = self.changes.get(after) if after else None
        return (changed.score.before, changed.n) if changed and changed.score else (None, None)
