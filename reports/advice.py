"""Which steps a team starts with, and why: from the shown figures of that unit only (R16)."""

from collections.abc import Iterable
from dataclasses import dataclass

from questionnaires.questionnaire import DIMENSIONS, STEPS, Item
from reports.published import Published, ShownUnit
from reports.wording import level

FIRST_STEPS = 3
NAMED_ITEMS = 3
NAMED_THEMES = 2
BAND_WIDTH = 20


@dataclass(frozen=True)
class ChosenStep:
    number: int
    level: str
    is_certain: bool
    """Clearly lower than all the unit's questions together; otherwise it may be chance that it is among the lowest."""
    items: tuple[Item, ...]
    """Questions of this step that led to it, as far as they may be named (R5); may be empty."""
    themes: tuple[str, ...]
    """Codes of the themes that these questions are about, the lowest first: what to name where no question is."""


def step_order(unit: ShownUnit) -> list[int]:
    """All steps: those clearly under the unit's own total first, then those with most room, then as in the plan.

    Steps share questions, so that no two of them are compared (measurement.md 1): each is compared with the total only.
    """
    return sorted(STEPS, key=lambda number: (not is_certain(unit, number), unit.scores[f"step{number}"].value, number))


def is_certain(unit: ShownUnit, number: int) -> bool:
    return unit.own.get(f"step{number}") == "lower"


def first_steps(published: Published, unit: ShownUnit) -> list[ChosenStep]:
    """The three steps to start with, in the order of the plan: their scores are no ranking (measurement.md 1)."""
    return [_chosen(published, unit, number) for number in sorted(step_order(unit)[:FIRST_STEPS])]


def other_steps(published: Published, unit: ShownUnit) -> list[ChosenStep]:
    return [_chosen(published, unit, number) for number in sorted(step_order(unit)[FIRST_STEPS:])]


def _chosen(published: Published, unit: ShownUnit, number: int) -> ChosenStep:
    items = published.questionnaire.items_of_step(number)
    return ChosenStep(
        number,
        level(unit.scores[f"step{number}"]),
        is_certain(unit, number),
        tuple(_named(unit, items)),
        tuple(_themes_of(unit, items)),
    )


def _named(unit: ShownUnit, items: Iterable[Item]) -> list[Item]:
    """Of these questions at most three that lie under the total, in the order of the questionnaire."""
    total = unit.scores["total"].value
    if unit.items:
        values = unit.items.values
        under = sorted((item for item in items if values.get(item.id, total) < total), key=lambda i: values[i.id])
        found = {item.id for item in under[:NAMED_ITEMS]}
    else:
        found = _in_lowest_band(unit, items, total) or {item.id for item in items if item.id in unit.lowest}
    return [item for item in items if item.id in found]


def _in_lowest_band(unit: ShownUnit, items: Iterable[Item], total: int) -> set[str]:
    """Inside a band there is no order (R9), so a band that holds too many of them names none."""
    bands = {item.id: unit.bands.values[item.id] for item in items if unit.bands and item.id in unit.bands.values}
    if not bands or min(bands.values()) >= total // BAND_WIDTH:
        return set()
    found = {item_id for item_id, band in bands.items() if band == min(bands.values())}
    return found if len(found) <= NAMED_ITEMS else set()


def _themes_of(unit: ShownUnit, items: Iterable[Item]) -> list[str]:
    """The themes under the total that at least two of these questions belong to."""
    codes = [code for item in items for code in (item.discipline, item.area)]
    total = unit.scores["total"].value
    under = [code for code in DIMENSIONS if codes.count(code) > 1 and unit.scores[code].value < total]
    return sorted(under, key=lambda code: unit.scores[code].value)[:NAMED_THEMES]


def highest(unit: ShownUnit, codes: tuple[str, ...], count: int) -> list[str]:
    """The codes with the highest scores, equal ones in the given order."""
    return sorted(codes, key=lambda code: -unit.scores[code].value)[:count]


def lowest(unit: ShownUnit, codes: tuple[str, ...], count: int) -> list[str]:
    return sorted(codes, key=lambda code: unit.scores[code].value)[:count]


def stronger_than_rest(unit: ShownUnit) -> list[str]:
    """Themes on which others can learn from this unit."""
    return [code for code in DIMENSIONS if unit.rest and code in unit.rest and unit.rest[code].verdict == "higher"]
