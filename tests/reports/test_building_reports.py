"""The report of every shown unit of the sample rounds, in both languages."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest
from django.utils import translation

from reports.contents import Report
from reports.published import HiddenUnit, Score, ShownUnit
from reports.report import build_report
from reports.wording import hidden_text
from tests.reports.sample_rounds import Frozen

MAY_BE_EMPTY = {"beside", "same_as", "bar", "path"}
EMPTY_WITHOUT_WORDS = {"agreement_text"}
EMPTY_WITHOUT_DISTRIBUTION = {"spread", "spread_text"}


def texts(value: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """Every text in a report, with the name of its field."""
    if isinstance(value, str):
        yield name, value
    elif isinstance(value, list | tuple):
        for one in value:
            yield from texts(one, name)
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts(getattr(value, field.name), field.name)


def reports(sample: Frozen, language: str) -> Iterator[tuple[ShownUnit, Report]]:
    for unit in sample.published.shown:
        with translation.override(language):
            yield unit, build_report(sample.published, unit, language)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_shown_unit_has_a_report_with_all_texts_filled_in(sample: Frozen, language: str) -> None:
    count = 0
    for unit, report in reports(sample, language):
        count += 1
        assert report.language == language
        may_be_empty = MAY_BE_EMPTY | (set() if unit.words else EMPTY_WITHOUT_WORDS)
        may_be_empty |= set() if unit.items else EMPTY_WITHOUT_DISTRIBUTION
        for name, text in texts(report):
            assert text.strip() or name in may_be_empty, f"{unit.path}: {name} is empty"
            if not text.startswith("data:"):
                assert not re.search(r"[{}]|%\(|\bNone\b", text), f"{unit.path}: {name}: {text}"
    assert count > 10


@pytest.mark.parametrize("language", ["nl", "en"])
def test_texts_are_in_the_language_that_was_asked_for(sample: Frozen, language: str) -> None:
    other = "en" if language == "nl" else "nl"
    for (_, mine), (_, theirs) in zip(reports(sample, language), reports(sample, other), strict=True):
        assert [row.name for row in mine.areas.rows] != [row.name for row in theirs.areas.rows]
        assert {step.meaning for step in mine.first_steps}.isdisjoint({step.meaning for step in theirs.first_steps})


def test_a_report_says_which_round_it_is_of(sample: Frozen) -> None:
    for unit, report in reports(sample, "en"):
        is_root = unit.path == ""
        assert report.is_root is is_root
        assert report.unit == (report.organisation if is_root else unit.name)
        assert report.round_title == sample.published.round.title
        assert report.k == 5
        assert "questionnaire 1" in report.versions
        assert re.search(r"\d", report.period)


def test_three_steps_first_and_four_others(sample: Frozen) -> None:
    for _, report in reports(sample, "en"):
        first, others = [s.number for s in report.first_steps], [s.number for s in report.other_steps]
        assert sorted(first + others) == [1, 2, 3, 4, 5, 6, 7]
        assert (len(first), first, others) == (3, sorted(first), sorted(others))
        for step in report.first_steps + report.other_steps:
            assert len(step.actions) == 3


def test_five_disciplines_and_six_areas_with_the_organisation_beside_them(sample: Frozen) -> None:
    root = sample.published.root
    assert isinstance(root, ShownUnit)
    for unit, report in reports(sample, "en"):
        for page, codes in ((report.disciplines, ("SV", "MM", "PM", "TL", "ST")), (report.areas, tuple("TVEKRF"))):
            assert len(page.rows) == len(codes)
            for row, code in zip(page.rows, codes, strict=True):
                assert row.score.points.split()[0] == str(unit.scores[code].value)
                assert row.beside == ("" if unit.path == "" else _written(root.scores[code]))
            drawn = [trace["r"][:-1] for trace in page.figure["data"]]
            own, beside = ([one.scores[code].value for code in codes] for one in (unit, root))
            assert drawn == ([own] if unit.path == "" else [own, beside])


def _written(score: Score) -> str:
    return {"exact": "%s", "at_least": "%s or higher", "at_most": "%s or lower"}[score.kind] % score.value


def test_bounds_are_written_as_bounds(sample: Frozen) -> None:
    for unit, report in reports(sample, "en"):
        total = unit.scores["total"]
        assert report.minute.total.points == _written(total)


def test_the_first_page_says_how_many_questionnaires_and_never_how_many_came_in(sample: Frozen) -> None:
    for unit, report in reports(sample, "en"):
        assert f"These figures come from {unit.n} questionnaires." in report.minute.basis
        if unit.invited is None:
            assert "do not know" in report.minute.basis
            assert re.findall(r"\d+", report.minute.basis) == [str(unit.n)]
        else:
            assert re.findall(r"\d+", report.minute.basis) == [str(unit.n), str(unit.invited)]
            assert ("answered" in report.minute.basis) is (unit.response is not None)


def test_a_unit_whose_answers_are_those_of_one_below_says_so(sample: Frozen) -> None:
    for unit, report in reports(sample, "en"):
        expected = f"These are the answers of {unit.same_as}." if unit.same_as else ""
        assert report.minute.same_as == expected


def test_questions_stand_out_as_far_as_they_may(sample: Frozen) -> None:
    for unit, report in reports(sample, "en"):
        out = report.stands_out
        assert (len(out.highest), len(out.lowest)) == (len(unit.highest), len(unit.lowest))
        assert bool(out.items) is (unit.items is not None)
        assert bool(out.bands) is (unit.bands is not None and unit.items is None)
        if unit.items:
            assert [row.points for row in out.items] == [
                str(unit.items.values[key]) for key in sorted(unit.items.values)
            ]
            assert out.items_n == unit.items.n
        if out.bands:
            assert unit.bands is not None
            assert sum(len(items) for _, items in out.bands) == len(unit.bands.values)
            assert out.bands_n == unit.bands.n


def test_a_report_is_made_from_its_own_figures_and_those_of_the_organisation_only(sample: Frozen) -> None:
    """R16: other units may be anything, even hidden."""
    published = sample.published
    for unit in published.shown:
        alone = tuple(
            one if one.id in (unit.id, published.root.id) else HiddenUnit(one.id, one.path, one.name)
            for one in published.units
        )
        with translation.override("en"):
            assert build_report(replace(published, units=alone), unit, "en") == build_report(published, unit, "en")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_text_for_a_hidden_unit_is_one_and_the_same_but_for_the_group(sample: Frozen, language: str) -> None:
    hidden = [unit for unit in sample.published.units if isinstance(unit, HiddenUnit)]
    assert len(hidden) > 2
    with translation.override(language):
        found = set()
        for unit in hidden:
            above = sample.published.nearest_shown(unit)
            assert above is not None
            text = hidden_text(above, "De Linde")
            name = above.name if above.path else "De Linde"
            assert name in text
            assert not re.search(r"\d|[{}]|%\(", text)
            found.add(text.replace(name, "…"))
        assert len(found) == 1
        without = hidden_text(None, "De Linde")
        assert found.pop().startswith(without)


def test_the_group_above_a_hidden_unit_is_the_smallest_that_is_shown(sample: Frozen) -> None:
    shown = {unit.path for unit in sample.published.shown}
    for unit in sample.published.units:
        above = sample.published.nearest_shown(unit)
        names = unit.path.split(" / ") if unit.path else []
        candidates = [" / ".join(names[:depth]) for depth in range(len(names))][::-1]
        assert (above.path if above else None) == next((path for path in candidates if path in shown), None)


def test_a_hidden_unit_has_no_numbers_to_leak(sample: Frozen) -> None:
    assert {field.name for field in fields(HiddenUnit)} == {"id", "path", "name"}
    assert any(isinstance(unit, HiddenUnit) for unit in sample.published.units)
