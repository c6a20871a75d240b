"""The PDF of every unit that may be shown, of both sample rounds, in both languages."""

import logging
from typing import Any

import pypdfium2
import pytest
from django_scopes import scope
from pypdf.generic import DictionaryObject

from questionnaires.loading import load_questionnaire
from reports.document import document
from reports.models import Release
from reports.pdf import render_pdf
from reports.published import Published, ShownUnit, read_release
from tests.cast import Cast
from tests.reports.pdf_checks import check_ink, check_tagged
from tests.rounds import closed_sample_round

MIN_PAGES, MAX_PAGES = 4, 8
MIN_PAGES_WITH_ALL_LEVELS = 6


def published_sample(cast: Cast, year: int) -> Published:
    round_ = closed_sample_round(cast.organisation, year)
    with scope(organisation=cast.organisation):
        release = Release.objects.select_related("round__organisation").get(round=round_)
        return read_release(release)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("year", [2025, 2026])
def test_every_report_is_a_sound_and_accessible_pdf(
    year: int, language: str, cast: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING, logger="weasyprint")
    published = published_sample(cast, year)
    assert len(published.shown) > 15
    for unit in published.shown:
        content = render_pdf(document(published, unit, language))
        _check_document(content, unit, language)
        check_ink(content, unit.path)
    assert caplog.records == []


def _check_document(content: bytes, unit: ShownUnit, language: str) -> None:
    pdf = check_tagged(content, language)
    has_all_levels = unit.bands is not None and unit.items is not None
    assert (MIN_PAGES_WITH_ALL_LEVELS if has_all_levels else MIN_PAGES) <= len(pdf.pages) <= MAX_PAGES, unit.path
    root: Any = pdf.trailer["/Root"]
    assert pdf.metadata is not None
    assert (unit.name if unit.path else "De Linde") in str(pdf.metadata.title)
    chapters = [entry for entry in pdf.outline if not isinstance(entry, list)]
    assert len(chapters) >= 8
    text = "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content))
    assert str(unit.n) in text
    assert "{" not in text
    _check_pictures(root, language)


def _check_pictures(root: DictionaryObject, language: str) -> None:
    """Two radars and eleven bars, each with a text that says its message."""
    texts = _alternative_texts(root["/StructTreeRoot"].get_object())
    assert len(texts) == 13
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


def test_the_longest_names_stay_inside_the_page(cast: Cast) -> None:
    published = published_sample(cast, 2026)
    unit = max(published.shown, key=lambda shown: len(shown.path))
    long_name = "Arbeidsmarktcommunicatie en Wervingsondersteuningsbureau-Zuidoost-Nederland en omstreken"
    html = document(published, unit, "nl").replace(unit.name, long_name)
    check_ink(render_pdf(html), unit.path)


def test_a_report_may_load_nothing(cast: Cast) -> None:
    published = published_sample(cast, 2026)
    html = document(published, published.shown[0], "nl")
    assert "http" not in html.replace("http-equiv", "")
    assert "file:" not in html
