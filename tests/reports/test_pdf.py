"""The PDF of every unit that may be shown, of both sample rounds, in both languages."""

import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django_scopes import scope
from pypdf.generic import DictionaryObject
from pypdfium2 import PdfDocument

from organisations.creating import create_organisation
from questionnaires.loading import load_questionnaire
from questionnaires.texts import LANGUAGES
from reports.document import document
from reports.pdf import render_pdf
from reports.published import HiddenUnit, Published, PublishedUnit, ShownUnit
from tests.cast import Cast
from tests.reports.pdf_checks import check_ink, check_tagged
from tests.reports.sample_rounds import Frozen
from tools.made_up_rounds import NAME_LENGTH, closed_round, long_name, longest_round
from tools.pdf_check.structure import faults

MIN_PAGES, MAX_PAGES = 4, 8
MIN_PAGES_WITH_ALL_LEVELS = 6
# Twice as many words everywhere as the advice has.
MAX_PAGES_AT_LONGEST = 10


ByName = Callable[[str], Frozen]


@pytest.fixture(autouse=True)
def _no_warnings(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """What WeasyPrint cannot draw it says in its log only."""
    caplog.set_level(logging.WARNING, logger="weasyprint")
    yield
    assert caplog.records == []


@pytest.mark.parametrize("language", ["nl", pytest.param("en", marks=pytest.mark.chaos)])
@pytest.mark.parametrize("year", ["2026"])  # one of the two: they are made alike, and time is scarce
def test_every_report_is_a_sound_and_accessible_pdf(year: str, language: str, frozen: ByName) -> None:
    """The organisation's in both languages, and every other one in one of them: half of the units each."""
    published = frozen(year).published
    assert len(published.shown) > 15
    half = published.shown[LANGUAGES.index(language) + 1 :: len(LANGUAGES)]
    for unit in [published.shown[0], *half]:
        with scope(organisation=published.round.organisation):
            content = render_pdf(document(published, unit, language))
        _check_document(content, unit, language)
        check_ink(content, unit.path)


def _check_document(content: bytes, unit: ShownUnit, language: str) -> None:
    pdf = check_tagged(content, language)
    has_all_levels = unit.bands is not None and unit.items is not None
    assert (MIN_PAGES_WITH_ALL_LEVELS if has_all_levels else MIN_PAGES) <= len(pdf.pages) <= MAX_PAGES, unit.path
    root: Any = pdf.trailer["/Root"]
    assert pdf.metadata is not None
    assert unit.name in str(pdf.metadata.title)
    chapters = [entry for entry in pdf.outline if not isinstance(entry, list)]
    assert len(chapters) >= 8
    text = "\n".join(page.get_textpage().get_text_range() for page in PdfDocument(content))
    assert str(unit.n) in text
    assert "{" not in text
    _check_pictures(root, unit, language)


def _check_pictures(root: DictionaryObject, unit: ShownUnit, language: str) -> None:
    """Two radars, eleven bars, and how the answers to each question are divided: each with a text that says it."""
    texts = _alternative_texts(root["/StructTreeRoot"].get_object())
    assert len(texts) == 13 + (len(unit.items.distribution) if unit.items else 0)
    questionnaire = load_questionnaire("leerscan", 1)
    names = [dimension.name.in_language(language) for dimension in questionnaire.dimensions]
    radars = [text for text in texts if any(name in text for name in names)]
    assert len(radars) == 2
    assert all(any(character.isdigit() for character in text) for text in texts)


def _alternative_texts(node: object) -> list[str]:
    """/Alt of every figure in the structure tree."""
    found = []
    stack = [node]
    seen = set()
    while stack:
        current = stack.pop()
        if hasattr(current, "get_object"):
            current = current.get_object()
        if isinstance(current, list):
            stack.extend(current)
        elif isinstance(current, DictionaryObject) and id(current) not in seen:
            seen.add(id(current))
            if current.get("/S") == "/Figure":
                found.append(str(current["/Alt"]))
            if "/K" in current:
                stack.append(current["/K"])
    return found


def test_the_longest_of_everything_stays_inside_the_page(longest: Published) -> None:
    """Names of 60 characters, own words at their longest, and everywhere the longest text of the advice. Dutch is the
    longer language; make pdf-check looks at both."""
    by_blocks = {(bool(unit.bands), bool(unit.items), unit.path == ""): unit for unit in longest.shown}
    hidden = [unit for unit in longest.units if isinstance(unit, HiddenUnit)]
    assert len(by_blocks) >= 4
    units: list[PublishedUnit] = [*by_blocks.values(), hidden[-1]]
    for unit in units:
        html = document(longest, unit, "nl")
        content = render_pdf(html)
        assert unit.name in html
        assert len(PdfDocument(content)) <= MAX_PAGES_AT_LONGEST, unit.path
        check_ink(content, unit.path)
        assert faults(content, html) == []


@pytest.fixture
def longest(db: None) -> Iterator[Published]:
    organisation = create_organisation(long_name(99))
    with scope(organisation=organisation):
        published = longest_round(organisation, units=8)
        assert all(len(unit.name) == NAME_LENGTH for unit in published.units)
        yield published


@pytest.mark.parametrize("people", [3, 9])
def test_one_unit_and_none_shown_are_sound_too(people: int, in_scope: Cast) -> None:
    published = closed_round(in_scope.organisation, "Leerscan nu", {"Zorg / Wijkteam Oost": people})
    unit = published.units[-1]
    assert isinstance(unit, HiddenUnit if people < 5 else ShownUnit)
    html = document(published, unit, "nl")
    content = render_pdf(html)
    check_tagged(content, "nl")
    check_ink(content, unit.path)
    assert faults(content, html) == []


def test_a_report_may_load_nothing(frozen: ByName) -> None:
    published = frozen("2026").published
    with scope(organisation=published.round.organisation):
        html = document(published, published.shown[0], "nl")
    assert "http" not in html.replace("http-equiv", "")
    assert "file:" not in html
