"""What every comparing page has: its place in the organisation, what it may be narrowed to, and what it rests on."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from organisations.models import Organisation
from questionnaires.questionnaire import DIMENSIONS
from reports.compare.reading import Comparison, Unit
from reports.published import HiddenUnit
from reports.report.provenance import period, versions
from reports.wording import Words, nothing_shown_text
from scan.models import Round

NO_UNIT = UUID(int=0)


@dataclass(frozen=True)
class Part:
    """A choice in the form that narrows a page to a part of the tree."""

    id: UUID
    name: str
    is_chosen: bool


class Frame:
    def __init__(self, comparison: Comparison, query: QueryDict, language: str) -> None:
        self.comparison, self.query = comparison, query
        self.words = Words(language, comparison.release.content["words"])

    @property
    def round(self) -> Round:
        return self.comparison.round

    @property
    def organisation(self) -> Organisation:
        return self.round.organisation

    @cached_property
    def themes(self) -> dict[str, str]:
        """Names by code."""
        return {code: self.words(self.comparison.questionnaire.dimension(code).name) for code in DIMENSIONS}

    @cached_property
    def short_themes(self) -> dict[str, str]:
        return {code: self.words(self.comparison.questionnaire.dimension(code).short) for code in DIMENSIONS}

    @property
    def empty_text(self) -> str:
        """Why there is nothing to compare; empty when there is."""
        comparison = self.comparison
        if isinstance(comparison.root, HiddenUnit):
            return nothing_shown_text()
        if comparison.is_too_old:
            return _("The results of this scan are from before Leerscan compared departments: they hold no comparison.")
        if not comparison.compared:
            return _("There is nothing to compare: results can be shown of one group only.")
        return ""

    # --- A part of the tree

    @cached_property
    def part(self) -> Unit | None:
        """What the page is narrowed to; None: the whole organisation."""
        asked = self.query.get("unit", "")
        found = {str(unit.id): unit for unit in self.comparison.units}.get(asked)
        return None if found is None or found.id == self.comparison.root.id else found

    @cached_property
    def here(self) -> list[Unit]:
        """The units of that part, without the organisation as a whole."""
        return self.comparison.within(self.part.id if self.part else None)

    @property
    def fault(self) -> str:
        """What is wrong with what was asked for."""
        asked = self.query.get("unit", "")
        if asked and self.part is None and asked != str(self.comparison.root.id):
            return _("This scan has no such department. You see the whole organisation; choose a part of it below.")
        return ""

    @property
    def parts(self) -> list[Part]:
        comparison, chosen = self.comparison, self.part
        offered = comparison.parts
        if chosen is not None and chosen not in offered:
            offered = [unit for unit in comparison.units if unit in offered or unit is chosen]
        return [Part(unit.id, "– " * (comparison.depth(unit) - 1) + unit.name, unit is chosen) for unit in offered]

    @property
    def part_query(self) -> str:
        """For links to the other pages, which keep to the same part."""
        return f"?unit={self.part.id}" if self.part else ""

    # --- Links and the last lines

    @cached_property
    def address_of(self) -> Callable[[UUID], str]:
        """Of a unit's report; looked up once, because there may be 500."""
        some = reverse("unit", args=[self.organisation.slug, self.round.slug, NO_UNIT])
        return lambda unit_id: some.replace(str(NO_UNIT), str(unit_id))

    def name_of(self, unit: Unit) -> str:
        """Its name, or its path where another unit has the same name."""
        return unit.path if self._names[unit.name] > 1 and unit.path else unit.name

    @cached_property
    def _names(self) -> Counter[str]:
        return Counter(unit.name for unit in self.comparison.units)

    @property
    def is_assumed(self) -> bool:
        return bool(self.comparison.release.content["is_assumed"])

    @property
    def k(self) -> int:
        return int(self.comparison.release.content["k"])

    @property
    def origin(self) -> str:
        """Which scan, when, and by which versions."""
        release = self.comparison.release
        return f"{self.round.title}, {period(release)}; {versions(release, self.comparison.questionnaire)}."
