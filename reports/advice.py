"""Which steps a team starts with, and why: from the shown figures of that unit only (R16)."""

from dataclasses import dataclass

from questionnaires.questionnaire import STEPS, Item
from reports.published import Published, ShownUnit
from reports.wording import level

FIRST_STEPS = 3


@dataclass(frozen=True)
class ChosenStep:
    number: int
    level: str
    items: tuple[Item, ...]
    """Questions of this step that may be named and were among the lowest; may be empty."""


def step_order(unit: ShownUnit) -> list[int]:
    """All steps, those with most room first; equal ones in the order of the plan."""
    return sorted(STEPS, key=lambda number: (unit.scores[f"step{number}"].value, number))


def first_steps(published: Published, unit: ShownUnit) -> list[ChosenStep]:
    """The three steps to start with, in the order of the plan: their scores are no ranking (measurement.md 1)."""
    return [_chosen(published, unit, number) for number in sorted(step_order(unit)[:FIRST_STEPS])]


def other_steps(published: Published, unit: ShownUnit) -> list[ChosenStep]:
    return [_chosen(published, unit, number) for number in sorted(step_order(unit)[FIRST_STEPS:])]


def _chosen(published: Published, unit: ShownUnit, number: int) -> ChosenStep:
    items = (published.questionnaire.item(item_id) for item_id in unit.lowest)
    return ChosenStep(
        number, level(unit.scores[f"step{number}"]), tuple(item for item in items if number in item.steps)
    )


def highest(unit: ShownUnit, codes: tuple[str, ...], count: int) -> list[str]:
    """The codes with the highest scores, equal ones in the given order."""
    return sorted(codes, key=lambda code: -unit.scores[code].value)[:count]


def lowest(unit: ShownUnit, codes: tuple[str, ...], count: int) -> list[str]:
    return sorted(codes, key=lambda code: unit.scores[code].value)[:count]
