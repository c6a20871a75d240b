"""The report of a unit without results: nothing in it is about that unit but its name."""

from dataclasses import replace
from uuid import uuid4

from django.utils import translation

from reports.document import document
from reports.published import HiddenUnit
from reports.report import build_hidden_report, build_report
from tests.reports.sample_rounds import Frozen


def hidden_of(sample: Frozen) -> list[HiddenUnit]:
    return [unit for unit in sample.published.units if isinstance(unit, HiddenUnit)]


def test_it_holds_the_report_of_the_smallest_shown_group_above(sample: Frozen) -> None:
    with translation.override("en"):
        for unit in hidden_of(sample):
            above = sample.published.nearest_shown(unit)
            assert above is not None
            report = build_hidden_report(sample.published, unit, "en")
            assert report.above == build_report(sample.published, above, "en")
            assert report.unit == unit.name
            assert unit.name not in repr(report.above)


def test_two_hidden_units_under_one_group_get_the_same_document_but_for_their_names(sample: Frozen) -> None:
    for one in hidden_of(sample):
        parent_id = sample.published.parents[one.id]
        other = HiddenUnit(uuid4(), one.path.removesuffix(one.name) + "Zzz", "Zzz")
        twins = replace(sample.published, parents={**sample.published.parents, other.id: parent_id})
        mine, theirs = document(twins, one, "nl"), document(twins, other, "nl")
        assert mine.replace(one.path, "…").replace(one.name, "…") == theirs.replace(other.path, "…").replace("Zzz", "…")


def test_questions_of_the_group_above_are_not_listed(sample: Frozen) -> None:
    for unit in hidden_of(sample):
        text = document(sample.published, unit, "en")
        assert "The wider picture" in text
        assert "What stands out" not in text
        assert "Talk about it: one hour" in text


def test_with_nothing_shown_there_is_the_conversation_alone(sample: Frozen) -> None:
    published = replace(
        sample.published, units=tuple(HiddenUnit(one.id, one.path, one.name) for one in sample.published.units)
    )
    for unit in (published.units[0], published.units[1]):
        text = document(published, unit, "en")
        assert "We do not show" in text
        assert "Talk about it: one hour" in text
        assert "<img" not in text
        assert "wider picture:" not in text
