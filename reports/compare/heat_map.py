"""Units x themes: how far each lies from the rest of the organisation, with its margin."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.html import format_html
from django.utils.safestring import SafeString

from questionnaires.questionnaire import DIMENSIONS
from reports.compare import sentences
from reports.compare.reading import HIGHER, LOWER, ComparedUnit, Comparison, Unit
from reports.published import HiddenUnit, Rest

DEEPEST = 3
"""Deeper units stand as far to the right as these."""


@dataclass(frozen=True)
class Row:
    name: str
    address: str
    depth: int
    basis: str
    """How many questionnaires it holds, and of whom."""
    cells: Sequence[SafeString]
    instead: str
    """Why there are no cells."""


@dataclass(frozen=True)
class HeatMap:
    rows: Sequence[Row]
    claims: int
    looked_at: int
    claims_here: int
    """The same of the part that is shown."""
    looked_at_here: int
    by_theme: Sequence[tuple[str, dict[str, list[str]]]]
    """Of each theme with claims the names of the units that are higher and lower, in that part."""


def heat_map(comparison: Comparison, here: Sequence[Unit], address_of: Callable[[UUID], str]) -> HeatMap:
    """`here`: the units to show. What is claimed of each never depends on it: that was decided over all units."""
    inside = {unit.id for unit in here}
    compared = list(distinct(comparison.compared))
    shown = [unit for unit in compared if unit.id in inside]
    by_theme = {code: _by_verdict(shown, code) for code in DIMENSIONS}
    return HeatMap(
        rows=list(_rows(comparison, here, address_of)),
        claims=_claims(compared),
        looked_at=len(compared) * len(DIMENSIONS),
        claims_here=_claims(shown),
        looked_at_here=len(shown) * len(DIMENSIONS),
        by_theme=[(code, names) for code, names in by_theme.items() if any(names.values())],
    )


def distinct(units: Sequence[ComparedUnit]) -> Iterator[ComparedUnit]:
    """Without those that hold the answers of one unit below: these are counted there."""
    return (unit for unit in units if unit.same_as is None)


def _claims(units: Sequence[ComparedUnit]) -> int:
    return sum(one.verdict is not None for unit in units for one in (unit.rest or {}).values())


def _by_verdict(units: Sequence[ComparedUnit], code: str) -> dict[str, list[str]]:
    return {
        verdict: [unit.name for unit in units if unit.rest and unit.rest[code].verdict == verdict]
        for verdict in (HIGHER, LOWER)
    }


def _rows(comparison: Comparison, units: Sequence[Unit], address_of: Callable[[UUID], str]) -> Iterator[Row]:
    cell = _Cells()
    base = min((comparison.depth(unit) for unit in units), default=0)
    for unit in units:
        place = unit.name, address_of(unit.id), min(DEEPEST, comparison.depth(unit) - base)
        if isinstance(unit, HiddenUnit):
            yield Row(*place, "", (), sentences.too_few())
        elif unit.rest is None:
            yield Row(*place, sentences.basis(unit), (), sentences.no_rest())
        else:
            yield Row(*place, sentences.basis(unit), [cell(unit.rest[code]) for code in DIMENSIONS], "")


class _Cells:
    """Cells as HTML. Many are the same, and each is made once."""

    def __init__(self) -> None:
        self._made: dict[tuple[int, int, str | None], SafeString] = {}

    def __call__(self, rest: Rest) -> SafeString:
        key = rest.difference, rest.margin, rest.verdict
        if key not in self._made:
            self._made[key] = _cell(rest)
        return self._made[key]


def _cell(rest: Rest) -> SafeString:
    """Value and margin; what is demonstrable has a colour, an arrow, and words for who hears it."""
    difference = sentences.signed(rest.difference)
    if rest.verdict is None:
        return format_html("<td>{} <small>± {}</small></td>", difference, rest.margin)
    return format_html(
        '<td class="is-{}"><span aria-hidden="true">{}</span> <strong>{}</strong> <small>± {}</small>'
        '<span class="visually-hidden"> {}</span></td>',
        rest.verdict,
        sentences.ARROWS[rest.verdict],
        difference,
        rest.margin,
        sentences.verdict(rest.verdict),
    )
