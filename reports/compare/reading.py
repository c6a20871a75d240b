"""What the comparing pages need of a release: of each unit its name and its differences, not everything it prints.

Of 500 units that takes a quarter of the time of reading all of it (reports/published.py).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Case, TextField, Value, When
from django.db.models.fields.json import KT
from django.http import Http404

from organisations.access import Right, fetch, require
from organisations.models import Organisation, User
from reports.models import Release, ReleaseUnit
from reports.published import HiddenUnit, OfRelease, Rest, Score
from reports.reading import rounds_for
from scan.models import Round

HIGHER, LOWER = "higher", "lower"
FIRST_FORMAT = 2
"""Before it, releases held no differences."""

# SQLite gives an empty one as the text "null", which may be a name too.
SAME_AS = Case(When(content__same_as=None, then=Value(None)), default=KT("content__same_as"), output_field=TextField())


@dataclass(frozen=True)
class ComparedUnit:
    """A shown unit with its differences."""

    id: UUID
    path: str
    name: str
    n: int
    rest: Mapping[str, Rest] | None
    """By theme; None for the organisation as a whole, and for a unit that holds everybody."""
    score: Score | None
    """Of the theme that was asked for."""
    same_as: str | None
    """The path of the child unit whose answers these are (R14)."""


Unit = ComparedUnit | HiddenUnit


@dataclass(frozen=True)
class Comparison(OfRelease[Unit]):
    """All units of a release with their differences."""

    @property
    def is_too_old(self) -> bool:
        return self.release.format < FIRST_FORMAT

    @property
    def compared(self) -> list[ComparedUnit]:
        """Those with differences from the rest."""
        return [unit for unit in self.units if isinstance(unit, ComparedUnit) and unit.rest]

    def depth(self, unit: Unit) -> int:
        return len(unit.path.split(" / ")) if unit.path else 0

    def within(self, part: UUID | None) -> list[Unit]:
        """The unit and all below it, without the organisation as a whole; None: everything (R6)."""
        inside = {self.root.id if part is None else part}
        for unit in self.units:  # parents come first
            if self.parents[unit.id] in inside:
                inside.add(unit.id)
        return [unit for unit in self.units if unit.id in inside and unit.id != self.root.id]

    @property
    def parts(self) -> list[Unit]:
        """Units that have others below them: what the page may be narrowed to."""
        above = set(self.parents.values())
        return [unit for unit in self.units if unit.id in above and unit.id != self.root.id]


def comparison_for(user: User, organisation: Organisation, slug: str, theme: str | None = None) -> Comparison:
    """The newest results of a closed round, for who may read all units; 404 while there are none.

    `theme`: read each unit's score on it too. Call it inside the organisation's scope.
    """
    rights = require(user, organisation, Right.READ_ALL_UNITS)
    round_ = fetch(rounds_for(organisation, rights), slug=slug)
    newest = Release.objects.filter(round=round_, round__state=Round.State.CLOSED).order_by("-number")
    release = newest.select_related("round__organisation").defer("check_record").first()
    if release is None:
        raise Http404
    return read_comparison(release, theme)


class _Row(NamedTuple):
    id: UUID
    parent: UUID | None
    path: str
    path_key: str
    name: str
    is_shown: bool
    same_as: str | None
    n: int | None
    rest: Mapping[str, Any] | None
    score: Mapping[str, Any] | None = None


def read_comparison(release: Release, theme: str | None = None) -> Comparison:
    rows = sorted(_rows(release, theme), key=lambda row: row.path_key.split(" / ") if row.path_key else [])
    organisation = release.round.organisation.name
    units = tuple(_unit(row, row.name if row.parent else organisation) for row in rows)
    return Comparison(release, units, {row.id: row.parent for row in rows})


def _rows(release: Release, theme: str | None) -> Iterator[_Row]:
    of_unit = ("unit_id", "unit__parent_id", "unit__path", "unit__path_key", "unit__name", "is_shown")
    of_content = ["content__n", "content__compared__rest", *([f"content__scores__{theme}"] if theme else [])]
    found = ReleaseUnit.objects.filter(release=release)
    return (_Row(*values) for values in found.values_list(*of_unit, SAME_AS, *of_content))


def _unit(row: _Row, name: str) -> Unit:
    if not row.is_shown or row.n is None:
        return HiddenUnit(row.id, row.path, name)
    return ComparedUnit(
        id=row.id,
        path=row.path,
        name=name,
        n=row.n,
        rest={code: Rest(**values) for code, values in row.rest.items()} if row.rest else None,
        score=Score(**row.score) if row.score else None,
        same_as=row.same_as,
    )
