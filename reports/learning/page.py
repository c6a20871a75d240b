"""The page on which HR looks at the proposed pairs and releases them."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from questionnaires.questionnaire import DIMENSIONS
from reports.learning.labels import labels_of
from reports.learning.offers import offers_of
from reports.models import LearningPair
from reports.published import Published
from reports.wording import Words
from scan.tree import Tree


@dataclass(frozen=True)
class PairRow:
    id: UUID
    giver: str
    taker: str
    reason: str
    released_on: date | None
    released_by: str


@dataclass(frozen=True)
class ThemeOfPairs:
    code: str
    name: str
    meaning: str
    rows: list[PairRow]


@dataclass(frozen=True)
class PairsPage:
    themes: list[ThemeOfPairs]
    is_to_be_worked_out: bool
    """There are pairs to be found, but these results are from before anybody looked for them."""
    has_released: bool
    has_proposed: bool


def pairs_page(published: Published, tree: Tree, language: str) -> PairsPage:
    """The language must be active."""
    found = LearningPair.objects.filter(release=published.release).select_related("released_by")
    rows: dict[str, list[PairRow]] = {}
    labels = labels_of(tree.departments)
    for pair in sorted(found, key=lambda pair: (labels[pair.taker_id], labels[pair.giver_id])):
        rows.setdefault(pair.dimension, []).append(_row(pair, labels[pair.giver_id], labels[pair.taker_id]))
    words = Words(language, published.release.content["words"])
    dimensions = [published.questionnaire.dimension(code) for code in DIMENSIONS if code in rows]
    days = [row.released_on for of_theme in rows.values() for row in of_theme]
    return PairsPage(
        [ThemeOfPairs(one.code, words(one.name), words(one.meaning), rows[one.code]) for one in dimensions],
        is_to_be_worked_out=not rows and bool(offers_of(published)),
        has_released=any(days),
        has_proposed=not all(days),
    )


def _row(pair: LearningPair, giver: str, taker: str) -> PairRow:
    reason = _("%(giver)s stands out on this theme. %(taker)s has something to gain there.")
    by = str(pair.released_by) if pair.released_by else ""
    return PairRow(pair.pk, giver, taker, reason % {"giver": giver, "taker": taker}, pair.released_on, by)
