"""The technical annex of a release on screen: how well the questions measure, for who advises the organisation."""

from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from questionnaires.questionnaire import AREAS, DISCIPLINES
from reports import wording
from reports.published import Published, ShownUnit
from reports.wording import Words

DECIMALS = 2
AGREEMENT = ("one_mind", "varied", "divided")


@dataclass(frozen=True)
class ScaleRow:
    name: str
    items: int
    alpha: str
    alpha_interval: str
    omega: str
    omega_interval: str


@dataclass(frozen=True)
class ItemRow:
    text: str
    total: str
    is_weak: bool
    dont_know: str


@dataclass(frozen=True)
class DifferenceRow:
    name: str
    icc1: str
    interval: str
    icc2: str


@dataclass(frozen=True)
class AgreementRow:
    name: str
    groups: list[int]
    """How many are of one mind, varied, divided."""
    uniform: str
    slight_skew: str


@dataclass(frozen=True)
class AnnexPage:
    n: int
    is_indicative: bool
    basis: str
    scales: list[ScaleRow]
    items: list[ItemRow]
    differences: list[DifferenceRow]
    """Empty with too few groups."""
    agreement: list[AgreementRow]
    """The same."""


def annex_page(published: Published, language: str) -> AnnexPage | None:
    """None when there were too few people for one, or the release was made before there were annexes.

    The language must be active.
    """
    content, root = published.release.content.get("annex"), published.root
    if content is None or not isinstance(root, ShownUnit):
        return None
    names = _Names(published, Words(language, published.release.content["words"]))
    return AnnexPage(
        n=content["n"],
        is_indicative=content["is_indicative"],
        basis=wording.basis(root),
        scales=[_scale(names.theme(code), content["scales"][code]) for code in (*DISCIPLINES, *AREAS)],
        items=[
            _item(text, content["items"][item], content["dont_know"][item]) for item, text in names.questions.items()
        ],
        differences=[_difference(names.theme(code), row) for code, row in (content["differences"] or {}).items()],
        agreement=[_agreement(names.theme(code), row) for code, row in (content["agreement"] or {}).items()],
    )


class _Names:
    def __init__(self, published: Published, words: Words) -> None:
        self._questionnaire, self._words = published.questionnaire, words

    def theme(self, code: str) -> str:
        return self._words(self._questionnaire.dimension(code).name)

    @property
    def questions(self) -> dict[str, str]:
        return {item.id: self._words(item.text) for item in self._questionnaire.items}


def _scale(name: str, row: dict[str, Any]) -> ScaleRow:
    return ScaleRow(
        name,
        row["items"],
        _number(row["alpha"]),
        _interval(row["alpha_interval"]),
        _number(row["omega"]),
        _interval(row["omega_interval"]),
    )


def _item(text: str, row: dict[str, Any], dont_know: int | None) -> ItemRow:
    return ItemRow(text, _number(row["total"]), row["is_weak"], wording.share_of_people(dont_know))


def _difference(name: str, row: dict[str, Any]) -> DifferenceRow:
    return DifferenceRow(name, _number(row["icc1"]), _interval(row["icc1_interval"]), _number(row["icc2"]))


def _agreement(name: str, row: dict[str, Any]) -> AgreementRow:
    groups = [row["groups"][word] for word in AGREEMENT]
    return AgreementRow(name, groups, _number(row["rwg_uniform"]), _number(row["rwg_slight_skew"]))


def _number(value: float | None) -> str:
    return pgettext("a figure", "not defined") if value is None else number_format(value, DECIMALS)


def _interval(ends: list[float] | None) -> str:
    if ends is None:
        return pgettext("a figure", "not defined")
    return _("%(low)s to %(high)s") % {"low": _number(ends[0]), "high": _number(ends[1])}
