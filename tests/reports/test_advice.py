"""Which steps come first, and why: by room under the own total and by certainty; as far as questions may be named."""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

import pytest
from django.utils import translation

from questionnaires.loading import load_questionnaire
from questionnaires.questionnaire import DIMENSIONS, STEPS
from reports import advice
from reports.advice import ChosenStep
from reports.published import ItemFigures, Rest, Score, ShownUnit
from reports.report import steps
from tests.reports.sample_rounds import Frozen

QUESTIONNAIRE = load_questionnaire("leerscan", 1)
STEP_TWO = [item.id for item in QUESTIONNAIRE.items if 2 in item.steps]


def score(value: int) -> Score:
    return Score(value, "exact", max(0, value - 8), min(100, value + 8))


def unit_with(values: Mapping[str, int], own: Mapping[str, str | None] | None = None) -> ShownUnit:
    """A unit that scores 60 on everything but these."""
    codes = ["total", *DIMENSIONS, *(f"step{number}" for number in STEPS)]
    scores = {code: score(values.get(code, 60)) for code in codes}
    return ShownUnit(UUID(int=1), "A", "A", 9, 12, None, scores, (), (), None, None, None, dict(own or {}), None, None)


class Paper:
    """As much of a release as advice needs."""

    questionnaire = QUESTIONNAIRE


def chosen(unit: ShownUnit) -> list[ChosenStep]:
    return advice.first_steps(Paper(), unit)  # type: ignore[arg-type]


def items_of(unit: ShownUnit, number: int) -> list[str]:
    every = [*chosen(unit), *advice.other_steps(Paper(), unit)]  # type: ignore[arg-type]
    return [item.id for item in next(step for step in every if step.number == number).items]


def test_most_room_under_the_own_total_comes_first_and_is_given_in_the_order_of_the_plan() -> None:
    unit = unit_with({"step6": 41, "step2": 44, "step4": 47, "step1": 48})
    assert [step.number for step in chosen(unit)] == [2, 4, 6]


def test_what_is_certain_goes_before_what_may_be_chance() -> None:
    unit = unit_with({"step6": 41, "step2": 44, "step4": 47, "step7": 50}, {"step7": "lower", "step1": "higher"})
    assert [(step.number, step.is_certain) for step in chosen(unit)] == [(2, False), (6, False), (7, True)]


def test_equal_steps_come_in_the_order_of_the_plan() -> None:
    assert [step.number for step in chosen(unit_with({}))] == [1, 2, 3]


@pytest.mark.parametrize(
    ("lower", "beginning"),
    [
        ((), "The steps differ too little to put them in an order"),
        ((2,), "The questions about step 2 score clearly lower"),
        ((2, 3), "The questions about steps 2 and 3 score clearly lower"),
        ((1, 2, 3), "The questions about these three steps score clearly lower"),
    ],
)
def test_the_report_says_how_certain_the_order_is(lower: tuple[int, ...], beginning: str) -> None:
    unit = unit_with({}, {f"step{number}": "lower" for number in lower})
    with translation.override("en"):
        assert steps.order(chosen(unit)).startswith(beginning)


def test_with_figures_the_three_lowest_questions_under_the_total_are_named() -> None:
    values = dict.fromkeys(STEP_TWO, 70) | {STEP_TWO[4]: 30, STEP_TWO[1]: 40, STEP_TWO[2]: 35, STEP_TWO[0]: 45}
    unit = replace(unit_with({}), items=ItemFigures(20, values, {}))
    assert items_of(unit, 2) == [STEP_TWO[1], STEP_TWO[2], STEP_TWO[4]]
    assert items_of(replace(unit, items=ItemFigures(20, dict.fromkeys(STEP_TWO, 60), {})), 2) == []


def test_in_bands_the_questions_of_the_lowest_band_are_named_unless_they_are_too_many_to_choose_from() -> None:
    bands = dict.fromkeys(STEP_TWO, 3) | {STEP_TWO[0]: 1, STEP_TWO[3]: 1}
    unit = replace(unit_with({}), bands=ItemFigures(9, bands, {}))
    assert items_of(unit, 2) == [STEP_TWO[0], STEP_TWO[3]]
    four = replace(unit, bands=ItemFigures(9, bands | dict.fromkeys(STEP_TWO[:4], 1), {}))
    assert items_of(four, 2) == []
    as_high_as_all = replace(unit, bands=ItemFigures(9, bands | {STEP_TWO[0]: 3, STEP_TWO[3]: 3}, {}))
    assert items_of(as_high_as_all, 2) == []


def test_from_five_people_only_the_lowest_questions_that_are_named_anyway() -> None:
    other = next(item.id for item in QUESTIONNAIRE.items if 2 not in item.steps)
    assert items_of(replace(unit_with({}), lowest=(STEP_TWO[1], other)), 2) == [STEP_TWO[1]]


def test_where_no_question_may_be_named_the_themes_are() -> None:
    codes = {QUESTIONNAIRE.item(item_id).discipline for item_id in STEP_TWO}
    often = [code for code in codes if sum(QUESTIONNAIRE.item(one).discipline == code for one in STEP_TWO) > 1]
    unit = unit_with({code: 50 - place for place, code in enumerate(sorted(often))} | {"step2": 40})
    step = next(step for step in chosen(unit) if step.number == 2)
    assert step.items == ()
    assert list(step.themes) == sorted(often, reverse=True)[:2]
    assert next(step for step in chosen(unit_with({"step2": 40})) if step.number == 2).themes == ()


def test_others_learn_from_what_is_clearly_higher_than_elsewhere_only() -> None:
    rest = {"TL": Rest(15, 10, "higher", 70), "SV": Rest(9, 10, None, 65), "K": Rest(-20, 10, "lower", 40)}
    unit = replace(unit_with({}), rest=rest)
    assert advice.stronger_than_rest(unit) == ["TL"]
    assert advice.stronger_than_rest(unit_with({})) == []


def test_every_step_of_the_samples_has_questions_or_its_scores_as_reason(sample: Frozen) -> None:
    for unit in sample.published.shown:
        for step in [*advice.first_steps(sample.published, unit), *advice.other_steps(sample.published, unit)]:
            assert all(step.number in item.steps for item in step.items)
            assert len(step.items) <= advice.NAMED_ITEMS
            if not (unit.bands or unit.items):
                assert {item.id for item in step.items} <= set(unit.lowest)
