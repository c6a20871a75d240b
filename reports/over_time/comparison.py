"""What changed in each unit of a round since an earlier one, made from the printed figures of both and nothing else.

One family for Benjamini-Hochberg: all units that can be compared, times the total and the eleven themes. Steps are not
followed: their questions are all in the themes, and every score more makes a true change harder to show.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from measurement.change import Changed, Followed, Part, RoundSpread, changes, pooled, together
from organisations.models import Department, Organisation
from questionnaires.questionnaire import DIMENSIONS
from reports.over_time.lineage import Departments, Forest, Lineage, Origin
from reports.over_time.reasons import DIFFERS, HIDDEN, NEW
from reports.published import Published, Score, ShownUnit
from scan.models import LeftOutDepartment, Round, Unit

SCORES = ("total", *DIMENSIONS)
MOST_LEFT_OUT = 3
"""One in so many of the people in the figures may be in departments that were left out of the other round."""
Content = dict[str, Any]


class Side:
    """One of both rounds."""

    def __init__(self, published: Published) -> None:
        self.published = published
        self.forest = Forest(published.parents, _departments(published.round))

    def shown(self, units: Sequence[UUID]) -> list[ShownUnit]:
        found = (self.published.by_id[unit] for unit in units)
        return [unit for unit in found if isinstance(unit, ShownUnit)]

    @cached_property
    def left_out(self) -> Departments:
        rows = LeftOutDepartment.objects.filter(round=self.published.round)
        return frozenset(rows.values_list("department_id", flat=True))

    @cached_property
    def spread(self) -> RoundSpread:
        """Releases of format 1 do not keep it: as if it were assumed."""
        kept = self.published.release.content.get("precision")
        if kept is None:
            return RoundSpread(None, {})
        return RoundSpread(kept["freedom"], {code: one["spread"] for code, one in kept["scores"].items()})


def _departments(round_: Round) -> dict[UUID, Departments]:
    """By unit."""
    links = Unit.departments.through.objects.filter(unit__round=round_)
    found: dict[UUID, set[UUID]] = {}
    for unit, department in links.values_list("unit_id", "department_id"):
        found.setdefault(unit, set()).add(department)
    return {unit: frozenset(departments) for unit, departments in found.items()}


@dataclass(frozen=True)
class Pair:
    """A unit now, and what it was then."""

    now: ShownUnit
    then: Sequence[ShownUnit]
    same_parts: bool

    @property
    def n(self) -> int:
        return sum(unit.n for unit in self.then)

    @cached_property
    def before(self) -> dict[str, Score]:
        scores = {code: _together(code, self.then) for code in SCORES}
        return {code: score for code, score in scores.items() if score}


def _together(code: str, units: Sequence[ShownUnit]) -> Score | None:
    """The printed score of all together; None where one bound says "or higher" and another "or lower"."""
    scores = [unit.scores[code] for unit in units]
    bounds = {score.kind for score in scores} - {"exact"}
    if len(bounds) > 1:
        return None
    parts = [Part(score.value, score.low, score.high, unit.n) for score, unit in zip(scores, units, strict=True)]
    value, low, high = together(parts)
    return Score(value, bounds.pop() if bounds else "exact", low, high)


class Comparison:
    """Call it inside the organisation's scope."""

    def __init__(self, earlier: Published, later: Published) -> None:
        self._earlier, self._later = Side(earlier), Side(later)
        merged_into = _merged(later.round.organisation)
        self._lineage = Lineage(self._earlier.forest, self._later.forest, merged_into)

    @cached_property
    def origins(self) -> dict[UUID, Origin | None]:
        """By unit of the later round."""
        return {unit.id: self._lineage.origin(unit.id) for unit in self._later.published.units}

    def contents(self) -> dict[UUID, Content]:
        """By unit of the later round what is frozen of it."""
        shown = self._later.published.shown
        pairs = {unit.id: pair for unit in shown if (pair := self._pair(unit, self.origins[unit.id]))}
        scores = self._scores(pairs)
        return {
            unit: _compared(pairs[unit], scores[unit]) if unit in pairs else {"reason": self._reason(unit, origin)}
            for unit, origin in self.origins.items()
        }

    def _pair(self, now: ShownUnit, origin: Origin | None) -> Pair | None:
        """None where they cannot be compared."""
        if origin is None or not origin.units:
            return None
        pair = Pair(now, self._earlier.shown(origin.units), origin.same_parts)
        if len(pair.then) < len(origin.units):
            return None
        asked_then = _people_below(origin.units, self._earlier, self._left_out_later)
        asked_now = _people_below([now.id], self._later, self._left_out_earlier)
        is_alike = MOST_LEFT_OUT * asked_then <= pair.n and MOST_LEFT_OUT * asked_now <= now.n
        return pair if is_alike else None

    def _reason(self, unit: UUID, origin: Origin | None) -> str:
        """Of a hidden unit always the same one, whatever its departments went through."""
        if not self._later.shown([unit]):
            return HIDDEN
        if origin is None:
            return DIFFERS
        if not origin.units:
            return NEW
        return HIDDEN if len(self._earlier.shown(origin.units)) < len(origin.units) else DIFFERS

    @cached_property
    def _left_out_later(self) -> list[UUID]:
        """The largest units that were asked in the earlier round, and left out of the later one."""
        return _only_asked_here(self._earlier.forest, self._lineage.ended, self._later.left_out)

    @cached_property
    def _left_out_earlier(self) -> list[UUID]:
        return _only_asked_here(self._later.forest, self._lineage.new, self._earlier.left_out)

    def _scores(self, pairs: Mapping[UUID, Pair]) -> dict[UUID, dict[str, Content]]:
        spread = pooled(self._earlier.spread, self._later.spread, SCORES)
        family = [(unit, code) for unit, pair in pairs.items() for code in pair.before]
        every = changes([_followed(pairs[unit], code, spread.sds[code]) for unit, code in family], spread.freedom)
        found: dict[UUID, dict[str, Content]] = {unit: {} for unit in pairs}
        for (unit, code), changed in zip(family, every, strict=True):
            found[unit][code] = _changed(pairs[unit].before[code], changed)
        return found


def _followed(pair: Pair, code: str, sd: float) -> Followed:
    return Followed(pair.before[code].value, pair.now.scores[code].value, pair.n, pair.now.n, sd)


def _changed(score: Score, changed: Changed) -> Content:
    return {"before": asdict(score), **asdict(changed)}


def _compared(pair: Pair, scores: Mapping[str, Content]) -> Content:
    return {
        "earlier": [unit.path for unit in pair.then],
        "n": pair.n,
        "same_parts": pair.same_parts,
        "scores": scores,
    }


def _only_asked_here(forest: Forest, alone: Departments, left_out: Departments) -> list[UUID]:
    """`alone`: departments that are not in the other round; some were left out of it, with all below them."""
    found = {
        unit
        for unit, covered in forest.covered.items()
        if covered <= alone and not left_out.isdisjoint(forest.own.get(unit, ()))
    }
    return [unit for unit in found if found.isdisjoint(forest.above(unit))]


def _people_below(units: Sequence[UUID], side: Side, parts: Sequence[UUID]) -> int:
    """How many people the printed figures of those of these parts hold that are below the units.

    A hidden part is none: it holds too few to matter, and how many is not printed.
    """
    inside = [part for part in parts if not set(units).isdisjoint(side.forest.above(part))]
    return sum(unit.n for unit in side.shown(inside))


def _merged(organisation: Organisation) -> dict[UUID, UUID]:
    """Which department went into which."""
    merged = Department.objects.filter(organisation=organisation).exclude(merged_into=None)
    return {department: into for department, into in merged.values_list("pk", "merged_into") if into is not None}
