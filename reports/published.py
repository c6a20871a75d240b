"""A release as objects. A hidden unit is another type, one that has no numbers, so that no template can leak.

Format 1 had no agreement, obstacles, distributions and comparisons: they are empty here, and reports leave them out.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol
from uuid import UUID

from django_scopes import scopes_disabled

from questionnaires.advice import Advice
from questionnaires.loading import load_advice
from questionnaires.questionnaire import DIMENSIONS, Questionnaire
from questionnaires.versions import questionnaire_of
from reports.models import Release, ReleaseUnit
from scan.models import Round


@dataclass(frozen=True)
class Score:
    """A figure in whole points, 0 to 100, with its margin. `kind`: exact, at_least or at_most (R9)."""

    value: int
    kind: str
    low: int
    high: int

    def as_json(self) -> int | dict[str, int]:
        return self.value if self.kind == "exact" else {self.kind: self.value}


@dataclass(frozen=True)
class ItemFigures:
    """Bands 0 to 4, or whole points, of the items that may be shown, and the number of people behind them."""

    n: int
    values: Mapping[str, int]
    distribution: Mapping[str, Sequence[int]]
    """By item, from "strongly disagree" on, in tenths: 0 is under 10%, 9 about 90% or more (R10). Empty with bands."""


@dataclass(frozen=True)
class WordFigures:
    """What may be said from 10 people on (R5)."""

    n: int
    agreement: Mapping[str, str]
    """By discipline: one_mind, varied or divided."""
    obstacles: Mapping[str, int | None]
    """By obstacle, the share that ticked it in tenths; None: under 3 people."""
    dont_know: Mapping[str, int | None]
    """The same by item, of who answered "don't know"."""


@dataclass(frozen=True)
class Rest:
    """A theme beside that of the rest of the organisation, in whole points."""

    difference: int
    margin: int
    """Half the width of the interval of the difference."""
    verdict: str | None
    """higher or lower; None: no demonstrable difference."""
    place: int
    """Where its dot stands beside those of other units: drawn towards the middle the more it may be chance."""


@dataclass(frozen=True)
class HiddenUnit:
    id: UUID
    path: str
    name: str


@dataclass(frozen=True)
class ShownUnit:
    id: UUID
    path: str
    name: str
    n: int
    invited: int | None
    response: str | None
    """nearly_everyone, clear_majority, about_half, minority; None: too few invited, or headcounts not known."""
    scores: Mapping[str, Score]
    """By code: total, SV ... ST, T ... F, step1 ... step7."""
    highest: tuple[str, ...]
    lowest: tuple[str, ...]
    """Ids of the items that may be named, in the order of the questionnaire."""
    bands: ItemFigures | None
    words: WordFigures | None
    items: ItemFigures | None
    own: Mapping[str, str | None]
    """Of themes: clearly higher or lower than the unit's other themes of that kind; of steps: than its total."""
    rest: Mapping[str, Rest] | None
    """By theme; None where there is no rest of the organisation."""
    same_as: str | None
    """The path of the child unit whose answers these are (R14)."""


PublishedUnit = ShownUnit | HiddenUnit


class Placed(Protocol):
    @property
    def id(self) -> UUID: ...


@dataclass(frozen=True)
class OfRelease[Unit: Placed]:
    """One release with its units, parents before children: with all that they hold, or with a part of it."""

    release: Release
    units: tuple[Unit, ...]
    parents: Mapping[UUID, UUID | None]

    @property
    def round(self) -> Round:
        return self.release.round

    @cached_property
    def questionnaire(self) -> Questionnaire:
        return questionnaire_of(self.release.version_id)

    @cached_property
    def by_id(self) -> dict[UUID, Unit]:
        return {unit.id: unit for unit in self.units}

    @property
    def root(self) -> Unit:
        return self.units[0]


@dataclass(frozen=True)
class Published(OfRelease[PublishedUnit]):
    """All that is published."""

    @cached_property
    def advice(self) -> Advice:
        return load_advice(self.questionnaire.code, self.release.advice_number)

    @property
    def shown(self) -> list[ShownUnit]:
        return [unit for unit in self.units if isinstance(unit, ShownUnit)]

    def nearest_shown(self, unit: PublishedUnit) -> ShownUnit | None:
        """The smallest shown unit above this one."""
        parent_id = self.parents[unit.id]
        while parent_id is not None:
            above = self.by_id[parent_id]
            if isinstance(above, ShownUnit):
                return above
            parent_id = self.parents[parent_id]
        return None

    def figures_for(self, unit: PublishedUnit) -> ShownUnit | None:
        """The unit's own, else those of the smallest shown unit above it; None: nothing is shown."""
        return unit if isinstance(unit, ShownUnit) else self.nearest_shown(unit)


def release_of(release_id: str) -> Release:
    """For a job, which opens the scope of its organisation itself."""
    with scopes_disabled():
        return Release.objects.select_related("round__organisation").get(pk=UUID(release_id))


def read_release(release: Release) -> Published:
    rows = ReleaseUnit.objects.filter(release=release).select_related("unit")
    ordered = sorted(rows, key=lambda row: tuple(row.unit.path_key.split(" / ")) if row.unit.path_key else ())
    return Published(
        release, tuple(read_unit(row) for row in ordered), {row.unit_id: row.unit.parent_id for row in ordered}
    )


def read_units(release: Release, unit_ids: Collection[UUID]) -> list[PublishedUnit]:
    """Some units of a release."""
    rows = ReleaseUnit.objects.filter(release=release, unit_id__in=unit_ids).select_related("unit")
    return [read_unit(row) for row in rows]


def read_unit(row: ReleaseUnit) -> PublishedUnit:
    """One row of a release, with its unit."""
    if not row.is_shown or row.content is None:
        return HiddenUnit(row.unit_id, row.unit.path, row.unit.name)
    content = row.content
    return ShownUnit(
        id=row.unit_id,
        path=row.unit.path,
        name=row.unit.name,
        n=content["n"],
        invited=content["invited"],
        response=content["response"],
        scores={code: Score(**values) for code, values in content["scores"].items()},
        highest=tuple(content["named"]["highest"]),
        lowest=tuple(content["named"]["lowest"]),
        bands=_items(content["bands"]),
        words=_words(content.get("words")),
        items=_items(content["items"]),
        own=content["compared"]["own"] if "compared" in content else {},
        rest=_rest(content.get("compared")),
        same_as=content["same_as"],
    )


def _items(content: Mapping[str, Any] | None) -> ItemFigures | None:
    return ItemFigures(content["n"], content["values"], content.get("distribution", {})) if content else None


def _words(content: Mapping[str, Any] | None) -> WordFigures | None:
    return WordFigures(**content) if content else None


def _rest(compared: Mapping[str, Any] | None) -> dict[str, Rest] | None:
    if compared is None or compared["rest"] is None:
        return None
    return {code: Rest(**values) for code, values in compared["rest"].items()}


def as_json(published: Published) -> dict[str, Any]:
    """The release as `manage.py release --json` prints it."""
    release, round_ = published.release, published.round
    return {
        "organisation": round_.organisation.slug,
        "round": round_.slug,
        "k": release.content["k"],
        "number": release.number,
        "rules_version": release.rules_version,
        "questionnaire": f"{published.questionnaire.code} {published.questionnaire.number}",
        "units": [_unit_json(unit) for unit in published.units],
    }


def _unit_json(unit: PublishedUnit) -> dict[str, Any]:
    if isinstance(unit, HiddenUnit):
        return {"path": unit.path, "hidden": True}
    return {
        "path": unit.path,
        "n": unit.n,
        "total": unit.scores["total"].as_json(),
        "scores": {code: unit.scores[code].as_json() for code in DIMENSIONS},
    }
