"""The PDF of every unit that may be shown, of both sample rounds, in both languages."""

import io
import logging
from typing import Any

import numpy as np
import pypdfium2
import pytest
from django_scopes import scope
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from questionnaires.loading import load_questionnaire
from reports.document import document
from reports.models import Release
from reports.pdf import render_pdf
from reports.published import Published, ShownUnit, read_release
from tests.cast import Cast
from tests.rounds import closed_sample_round

MIN_PAGES, MAX_PAGES = 4, 8
MIN_PAGES_WITH_ALL_LEVELS = 6
MM = 72 / 25.4


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
        _check_ink(content, unit)
    assert caplog.records == []


def _check_document(content: bytes, unit: ShownUnit, language: str) -> None:
    pdf = PdfReader(io.BytesIO(content))
    has_all_levels = unit.bands is not None and unit.items is not None
    assert (MIN_PAGES_WITH_ALL_LEVELS if has_all_levels else MIN_PAGES) <= len(pdf.pages) <= MAX_PAGES, unit.path
    root: Any = pdf.trailer["/Root"]
    assert root["/Lang"] == language
    assert root["/MarkInfo"] == {"/Marked": True}
    assert "/StructTreeRoot" in root
    assert root["/ViewerPreferences"] == {"/DisplayDocTitle": True}
    assert b"pdfuaid:part" in bytes(root["/Metadata"].get_object().get_data())
    assert pdf.metadata is not None
    assert (unit.name if unit.path else "De Linde") in str(pdf.metadata.title)
    chapters = [entry for entry in pdf.outline if not isinstance(entry, list)]
    assert len(chapters) >= 8
    text = "\n".join(page.extract_text() for page in pdf.pages)
    assert str(unit.n) in text
    assert "{" not in text
    _check_fonts(pdf)
    _check_pictures(root, language)


def _check_fonts(pdf: PdfReader) -> None:
    for page in pdf.pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            descendant = font.get_object()["/DescendantFonts"][0].get_object()
            assert "/FontFile3" in descendant["/FontDescriptor"] or "/FontFile2" in descendant["/FontDescriptor"]


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


def _check_ink(content: bytes, unit: ShownUnit) -> None:
    """Nothing is printed in the margins of the paper but the running title and the page number."""
    for number, page in enumerate(pypdfium2.PdfDocument(content), 1):
        pixels = np.asarray(page.render(scale=1, grayscale=True).to_numpy()).squeeze()
        side = int(18 * MM)
        edge = np.concatenate([pixels[:, :side].ravel(), pixels[:, -side:].ravel()])
        ends = np.concatenate([pixels[: int(8 * MM)].ravel(), pixels[-int(6 * MM) :].ravel()])
        assert edge.min() > 250, f"{unit.path}, page {number}: ink in the side margin"
        assert ends.min() > 250, f"{unit.path}, page {number}: ink at the top or bottom"


def test_the_longest_names_stay_inside_the_page(cast: Cast) -> None:
    published = published_sample(cast, 2026)
    unit = max(published.shown, key=lambda shown: len(shown.path))
    long_name = "Arbeidsmarktcommunicatie en Wervingsondersteuningsbureau-Zuidoost-Nederland en omstreken"
    html = document(published, unit, "nl").replace(unit.name, long_name)
    _check_ink(render_pdf(html), unit)


def test_a_report_may_load_nothing(cast: Cast) -> None:
    published = published_sample(cast, 2026)
    html = document(published, published.shown[0], "nl")
    assert "http" not in html.replace("http-equiv", "")
    assert "file:" not in html
