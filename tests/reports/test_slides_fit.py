"""Nothing on a slide is larger than its place: not the longest advice, and not the longest names."""

import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import batched

import pytest
from django.utils import translation
from django.utils.translation import gettext as _
from django_scopes import scope
from pptx import Presentation
from pptx.text.text import TextFrame
from pptx.util import Emu, Pt

from organisations.names import MAX_NAME
from questionnaires.loading import load_advice
from questionnaires.questionnaire import AREAS, DIMENSIONS, DISCIPLINES
from reports.contents import ActionText, Report, StepText
from reports.published import HiddenUnit, Published, PublishedUnit
from reports.report import build_report
from reports.slides import boxes
from reports.slides.deck import Deck, Kind, Paragraph, Slide
from reports.slides.fitting import height_of, width_of
from reports.slides.outline import deck_of
from reports.slides.placing import Page, PlacedRadar, PlacedTable, PlacedText, pages
from reports.slides.pptx_file import write_slides
from reports.slides.standing_out import sentences_slide, standing_out_slides
from reports.slides.steps import first_step_slides, other_step_slides
from reports.slides.themes import theme_slides
from reports.wording import Words, joined, level_name, moment_name
from tests.reports.sample_rounds import Frozen

Freeze = Callable[[str], Frozen]
LANGUAGES = ("nl", "en")
ONE_WORD = "Arbeidsmarktcommunicatieenwervingsondersteuningsbureauzuidnl"
WORDS = "Behandeling, begeleiding en ondersteuning thuis Zuidoost en omstreken"
assert len(ONE_WORD) == 60


def overfull(made: list[Page]) -> Iterator[str]:
    """What is larger than its place, or stands off the slide."""
    for page in made:
        for part in page.parts:
            if isinstance(part, PlacedRadar):
                continue
            if isinstance(part, PlacedTable):
                needed, room = sum(part.heights), part.box.height
            else:
                padding = boxes.CALLOUT_PADDING if part.role == "callout" else 0.0
                needed = height_of(part.paragraphs, part.size, part.box.width - 2 * padding) + 2 * padding
                room = part.box.height
            if needed > room + 0.01 or part.box.bottom > boxes.FOOTER.top or part.box.top < 0:
                yield f"{page.title}: {needed:.0f} points in {room:.0f}"


def placed(language: str, make: Callable[[], list[Slide]]) -> list[Page]:
    with translation.override(language):
        return pages(Deck("", "", language, "", "2026-03-09", tuple(make())))


@pytest.fixture
def published(frozen: Freeze) -> Published:
    return frozen("2026").published


def report_of(published: Published, language: str) -> Report:
    """With questions in numbers."""
    unit = next(unit for unit in published.shown[1:] if unit.items)
    with translation.override(language):
        return build_report(published, unit, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_step_stands_on_one_slide_at_every_level(language: str, published: Published) -> None:
    report = report_of(published, language)
    with translation.override(language):
        steps = list(_longest_steps(language, published, report))
    assert len(steps) == 21
    for three in batched(steps, 3, strict=True):
        made = placed(language, partial(first_step_slides, replace(report, first_steps=list(three))))
        assert list(overfull(made)) == []
        assert len(made) == 4, "an overview and three steps"
    for four in batched(steps, 4, strict=False):
        made = placed(language, partial(other_step_slides, replace(report, other_steps=list(four))))
        assert list(overfull(made)) == []
        assert len(made) == 1


def _longest_steps(language: str, published: Published, report: Report) -> Iterator[StepText]:
    """Every step at every level, with a reason as long as can be."""
    words = Words(language, {})
    named = {step.number: step for step in report.first_steps + report.other_steps}
    topics = joined(sorted((words(item.topic) for item in published.questionnaire.items), key=len)[-3:])
    for (number, level), text in load_advice("leerscan", 1).steps.items():
        actions = [
            ActionText(moment_name(one.moment), words(one.who), words(one.what), words(one.when), words(one.sign))
            for one in text.actions
        ]
        yield replace(
            named[number],
            level=level_name(level),
            why=_("You agreed less with the questions about %(topics)s.") % {"topics": topics},
            meaning=words(text.meaning),
            actions=actions,
            question=words(text.question),
        )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_about_a_theme_fits(language: str, published: Published) -> None:
    report, words = report_of(published, language), Words(language, {})
    advice = load_advice("leerscan", 1).dimensions
    longest = {code: max((words(one) for one in advice[code].sentence.values()), key=len) for code in DIMENSIONS}
    for themes, codes in ((report.disciplines, DISCIPLINES), (report.areas, AREAS)):
        rows = [replace(row, sentence=longest[code]) for row, code in zip(themes.rows, codes, strict=True)]
        rows = [
            replace(row, score=replace(row.score, points=_points(language)), beside=_points(language)) for row in rows
        ]
        paragraphs = [
            (row.name, words(text))
            for row, code in zip(rows, codes, strict=True)
            for text in advice[code].paragraph.values()
        ]
        for two in batched(paragraphs, 2, strict=False):
            changed = replace(themes, rows=rows, focus=list(two))
            made = placed(language, partial(theme_slides, report, changed, "Themes"))
            assert list(overfull(made)) == []
            assert len(made) == 3, "a radar, a table and two themes"


def _points(language: str) -> str:
    return "95 of hoger" if language == "nl" else "95 or higher"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_longest_questions_and_tips_fit(language: str, published: Published) -> None:
    report, words = report_of(published, language), Words(language, {})
    tips = sorted((words(tip) for tip in load_advice("leerscan", 1).tips.values()), key=len)[-3:]
    texts = sorted((words(item.text) for item in published.questionnaire.items), key=len)[-3:]
    found = replace(report.stands_out, highest=texts, lowest=list(zip(texts, tips, strict=True)))
    made = placed(language, lambda: standing_out_slides(found))
    assert list(overfull(made)) == []
    assert len([page for page in made if page.title in _named(language)]) == 2


def _named(language: str) -> set[str]:
    with translation.override(language):
        return {_("What stands out: strengths"), _("What stands out: room to gain")}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [ONE_WORD, WORDS, "W" * MAX_NAME])
def test_slides_of_units_with_long_names_fit(
    name: str, language: str, published: Published, monkeypatch: pytest.MonkeyPatch
) -> None:
    hidden = [unit for unit in published.units if isinstance(unit, HiddenUnit)]
    kinds: list[PublishedUnit] = [*published.shown[:4], *hidden[:2]]
    usual = [len(_pages(published, unit, language)) for unit in kinds]
    monkeypatch.setattr(published.round.organisation, "name", name)
    monkeypatch.setattr(published.round, "title", name)
    renamed = replace(published, units=tuple(_renamed(unit, name) for unit in published.units))
    for unit, count in zip(kinds, usual, strict=True):
        made = _pages(renamed, renamed.by_id[unit.id], language)
        assert list(overfull(made)) == []
        assert len({page.title for page in made}) == len(made)
        assert len(made) <= count + 1, "names take room, but hardly more slides"


def _pages(published: Published, unit: PublishedUnit, language: str) -> list[Page]:
    with scope(organisation=published.round.organisation), translation.override(language):
        return pages(deck_of(published, unit, language))


def _renamed(unit: PublishedUnit, name: str) -> PublishedUnit:
    path = " / ".join([name] * len(unit.path.split(" / "))) if unit.path else ""
    if isinstance(unit, HiddenUnit):
        return replace(unit, name=name, path=path)
    return replace(unit, name=name, path=path, same_as=path or None)


def test_a_list_that_is_too_long_goes_on_and_says_so() -> None:
    text = " ".join(["Een zin die de hele regel vult en nog een stukje van de volgende."] * 3)
    sentences = [f"{number}. {text}" for number in range(12)]
    made = placed("nl", lambda: sentences_slide("Wat anders is", sentences))
    assert list(overfull(made)) == []
    assert [page.title for page in made] == ["Wat anders is (1 van 2)", "Wat anders is (2 van 2)"]
    texts = [part for page in made for part in page.parts if isinstance(part, PlacedText) and part.role == "text"]
    assert [paragraph.text for part in texts for paragraph in part.paragraphs] == sentences
    assert sentences_slide("Niets", []) == []


def test_the_measure_of_a_text_grows_with_it() -> None:
    short, long = Paragraph("Een zin."), Paragraph("Een zin die zo lang is dat zij niet op een regel past.")
    assert height_of([short], 20, 200) == pytest.approx(24)
    assert height_of([long], 20, 200) == pytest.approx(3 * 24)
    assert height_of([Paragraph(ONE_WORD)], 20, 200) > 3 * 24
    widths = [width_of("ii", 10), width_of("ii", 10, bold=True), width_of("MM", 10), width_of("\N{SNOWMAN}" * 2, 10)]
    assert widths == sorted(set(widths))
    assert width_of("0123456789", 100) == pytest.approx(557, abs=1)


def test_too_full_is_noticed() -> None:
    """What these tests look with sees it when a text does not fit."""
    full = Page("text", "Vol", (PlacedText("text", boxes.BODY, (Paragraph("Vol is vol. " * 400),), 16),), "")
    assert list(overfull([full])) == ["Vol: 672 points in 368"]


def test_what_stands_in_the_file_fits_as_well(published: Published) -> None:
    """Measured once more, from the places and sizes in the PPTX itself."""
    unit = next(unit for unit in published.shown[1:] if unit.items)
    seen = 0
    with scope(organisation=published.round.organisation):
        content = write_slides(published, unit, "nl")
    for slide in Presentation(io.BytesIO(content)).slides:
        for shape in slide.shapes:
            assert 0 <= shape.left <= shape.left + shape.width <= Pt(boxes.WIDTH)
            assert 0 <= shape.top <= shape.top + shape.height <= Pt(boxes.HEIGHT)
            if shape.has_table:
                for row in shape.table.rows:
                    for cell, column in zip(row.cells, shape.table.columns, strict=True):
                        inside = column.width - cell.margin_left - cell.margin_right
                        needed = _height(cell.text_frame, inside) + Emu(cell.margin_top + cell.margin_bottom).pt
                        assert needed <= Emu(row.height).pt + 0.01
                        seen += 1
            elif shape.has_text_frame and any(run.font.size for run in shape.text_frame.paragraphs[0].runs):
                padding = 2 * shape.text_frame.margin_left if shape.name in ("Total", "To talk about") else 0
                assert _height(shape.text_frame, shape.width - padding) + Emu(padding).pt <= Emu(shape.height).pt + 0.01
                seen += 1
    assert seen > 100


def _height(frame: TextFrame, width: int) -> float:
    """Each paragraph by the size of its runs; what is bold is reckoned bold."""
    total = 0.0
    for paragraph in frame.paragraphs:
        if not paragraph.runs or not paragraph.text:
            continue
        size = paragraph.runs[0].font.size.pt
        lead = "".join(run.text for run in paragraph.runs if run.font.bold)
        rest = "".join(run.text for run in paragraph.runs if not run.font.bold)
        kind: Kind = "bullet" if paragraph.level else "text"
        total += height_of([Paragraph(rest, kind, lead)], size, Emu(width).pt)
        total += paragraph.space_after.pt if paragraph.space_after else 0.0
    return total
