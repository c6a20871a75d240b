"""The slides of a report: they say what the release says, whoever opens them, in whatever program."""

import io
import re
from collections.abc import Callable
from dataclasses import replace
from uuid import uuid4
from zipfile import ZipFile

import openpyxl
import pytest
from django.utils import translation
from django_scopes import scope
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.oxml import parse_xml

from measurement.presentation import BAND_WIDTH
from questionnaires.questionnaire import DIMENSIONS
from reports import wording
from reports.difference_words import agreement_name
from reports.published import HiddenUnit, Published, PublishedUnit, ShownUnit
from reports.slides.pptx_file import write_slides
from tests.reports.sample_rounds import GAPS, Frozen
from tests.reports.slides_reading import numbers_in_slides, parts_of, slides_of, title_of

Freeze = Callable[[str], Frozen]
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
FOOTERS = (PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER)


def slides(published: Published, unit: PublishedUnit, language: str) -> bytes:
    """As a job makes them."""
    with scope(organisation=published.round.organisation):
        return write_slides(published, unit, language)


def one_of_each(published: Published) -> list[PublishedUnit]:
    """The organisation, a unit with questions in numbers, one in bands, one without, and a hidden one."""
    shown = published.shown[1:]
    return [
        published.root,
        next(unit for unit in shown if unit.items),
        next(unit for unit in shown if unit.bands and not unit.items),
        next(unit for unit in shown if not unit.bands),
        next(unit for unit in published.units if isinstance(unit, HiddenUnit)),
    ]


def test_every_figure_in_the_slides_of_every_shown_unit_is_that_of_the_release(frozen: Freeze) -> None:
    published = frozen(GAPS).published
    assert {score.kind for unit in published.shown for score in unit.scores.values()} == {
        "exact",
        "at_least",
        "at_most",
    }
    for number, unit in enumerate(published.shown):
        language = ("nl", "en")[number % 2]
        found = numbers_in_slides(slides(published, unit, language))
        with translation.override(language):
            _check_figures(found, published, unit)


def _check_figures(found: dict[str, object], published: Published, unit: ShownUnit) -> None:
    root = published.root
    assert isinstance(root, ShownUnit)
    beside = [] if unit.id == root.id else [root]
    assert found["n"] == str(unit.n)
    assert found["total"] == wording.points(unit.scores["total"])
    assert found["scores"] == {
        code: (
            wording.points(unit.scores[code]),
            wording.margin(unit.scores[code]),
            *(wording.points(one.scores[code]) for one in beside),
        )
        for code in DIMENSIONS
    }
    # A chart has the bound where the figure is one (R17).
    assert found["radar"] == {code: [one.scores[code].value for one in (unit, *beside)] for code in DIMENSIONS}
    organisation = published.round.organisation.name
    assert found["lines"] == ([unit.name, organisation] if beside else [organisation])
    assert found["steps"] == {number: wording.points(unit.scores[f"step{number}"]) for number in range(1, 8)}
    say = wording.Words(translation.get_language(), published.release.content["words"])
    texts = {item.id: say(item.text) for item in published.questionnaire.items}
    items, bands = unit.items, unit.bands if not unit.items else None
    assert found["items"] == (
        {texts[item]: wording.item_points(value) for item, value in items.values.items()} if items else {}
    )
    assert {question: int(band.split()[0]) // BAND_WIDTH for question, band in found["bands"].items()} == (  # type: ignore[attr-defined]
        {texts[item]: band for item, band in bands.values.items()} if bands else {}
    )
    assert found["lowest"] == [texts[item] for item in unit.lowest]
    assert {question: answers for question, answers in found["answers"].items() if answers} == (  # type: ignore[attr-defined]
        {texts[item]: " · ".join(map(wording.share_of_people, tenths)) for item, tenths in items.distribution.items()}
        if items
        else {}
    )
    words = unit.words
    assert found["agreement"] == (
        {
            say(published.questionnaire.dimension(code).name): agreement_name(word)
            for code, word in words.agreement.items()
        }
        if words
        else {}
    )
    assert found["obstacles"] == (
        {
            say(one.label): wording.share_of_people(words.obstacles[one.code])
            for one in published.questionnaire.obstacles
        }
        if words
        else {}
    )


def test_figures_at_an_end_of_the_scale_are_printed_as_a_bound(frozen: Freeze) -> None:
    published = frozen(GAPS).published
    unit = next(unit for unit in published.shown if unit.scores["total"].kind == "at_least")
    found = numbers_in_slides(slides(published, unit, "nl"))
    assert found["total"] == "95 of hoger"
    assert {values[0] for values in found["radar"].values()} == {95}


def test_a_hidden_unit_gets_the_figures_of_the_group_above_it_and_every_slide_says_so(frozen: Freeze) -> None:
    published = frozen("2026").published
    unit = next(unit for unit in published.units if unit.path == "Zorg / Nachtdienst")
    above = published.figures_for(unit)
    assert isinstance(unit, HiddenUnit)
    assert above is not None
    content = slides(published, unit, "nl")
    found, theirs = numbers_in_slides(content), numbers_in_slides(slides(published, above, "nl"))
    assert found["lines"] == [above.name, published.round.organisation.name]
    for kind in ("n", "total", "scores", "radar", "steps"):
        assert found[kind] == theirs[kind]
    assert not any(found[kind] for kind in ("items", "bands", "answers", "agreement", "obstacles", "lowest"))
    for slide in slides_of(content)[2:]:
        texts = {shape.text_frame.text for shape in slide.placeholders}
        has_figures = any(re.search(r"\d", text) for text in _printed(slide))
        assert (f"Cijfers van heel {above.name}" in texts) or not has_figures, title_of(slide)


def _printed(slide: object) -> list[str]:
    """Texts that could hold a figure: not the number of the slide, the footer, the title or the parts of the hour."""
    shapes = [shape for shape in slide.shapes if not shape.has_chart]  # type: ignore[attr-defined]
    return ["chart 0"] * (len(shapes) < len(slide.shapes)) + [  # type: ignore[attr-defined]
        shape.text_frame.text
        for shape in shapes
        if shape.has_text_frame
        and not (shape.is_placeholder and shape.placeholder_format.type in (*FOOTERS, PP_PLACEHOLDER.TITLE))
    ]


def test_two_hidden_units_under_the_same_group_get_the_same_slides(frozen: Freeze) -> None:
    published = frozen("2026").published
    zorg = next(unit for unit in published.units if unit.path == "Zorg")
    twins = [HiddenUnit(uuid4(), f"Zorg / {name}", name) for name in ("Aabb", "Bbaa")]
    both = replace(
        published,
        units=(*published.units, *twins),
        parents={**published.parents, **{twin.id: zorg.id for twin in twins}},
    )
    one, other = (parts_of(slides(both, twin, "nl")) for twin in twins)
    assert one.keys() == other.keys()
    for name, content in one.items():
        assert content.replace(b"Aabb", b"....") == other[name].replace(b"Bbaa", b"...."), name


def test_where_nothing_is_shown_there_is_only_what_to_talk_about(frozen: Freeze) -> None:
    published = frozen("2026").published
    hidden = tuple(HiddenUnit(unit.id, unit.path, unit.name) for unit in published.units)
    nothing = replace(published, units=hidden)
    for unit in (hidden[0], hidden[-1]):
        content = slides(nothing, unit, "nl")
        found = numbers_in_slides(content)
        assert not any(found[kind] for kind in ("scores", "radar", "steps", "items", "bands"))
        assert "total" not in found
        titles = [title_of(slide) for slide in slides_of(content)]
        assert titles[1:5] == [
            "Geen eigen resultaten",
            "Bespreek het samen in een uur",
            "Zo praten we hierover",
            "Onze afspraken",
        ]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_slides_can_be_read_by_who_cannot_see_them(language: str, frozen: Freeze) -> None:
    published = frozen("2026").published
    tag = {"nl": "nl-NL", "en": "en-GB"}[language]
    for unit in one_of_each(published):
        content = slides(published, unit, language)
        presentation = Presentation(io.BytesIO(content))
        assert presentation.core_properties.language == tag
        titles = [title_of(slide) for slide in presentation.slides]
        assert all(titles)
        assert len(titles) == len(set(titles))
        for slide in presentation.slides:
            assert slide.shapes[0].shape_id == slide.shapes.title.shape_id, "the title is read first"
            for shape in slide.shapes:
                if shape.has_chart or shape.has_table:
                    described = shape.element.xpath(".//p:cNvPr")[0].get("descr")
                    assert described
                    assert not shape.has_chart or re.search(r"\d", described), "a chart's text says its message"
                elif shape.is_placeholder:
                    assert shape.text_frame.text.strip(), "no empty place"
        for name, part in parts_of(content).items():
            if re.match(r"ppt/(slides|notesSlides)/[^/]+\.xml", name):
                _check_runs(part, tag, name)


def _check_runs(part: bytes, tag: str, name: str) -> None:
    for run in parse_xml(part).iter(f"{DRAWING}r"):
        properties = run.find(f"{DRAWING}rPr")
        assert properties is not None
        assert properties.get("lang") == tag, name
        size = properties.get("sz")
        assert size is None or int(size) >= 1400, name


def test_slides_can_be_edited_charts_with_their_workbook_and_lists_with_real_bullets(frozen: Freeze) -> None:
    published = frozen("2026").published
    content = slides(published, published.shown[1], "nl")
    charts = [shape.chart for slide in slides_of(content) for shape in slide.shapes if shape.has_chart]
    assert len(charts) == 2
    for chart in charts:
        assert (chart.value_axis.minimum_scale, chart.value_axis.maximum_scale) == (0, 100)
        sheet = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)).active
        assert sheet is not None
        rows = list(sheet.iter_rows(values_only=True))
        assert [series.name for series in chart.plots[0].series] == list(rows[0][1:])
        assert [tuple(series.values) for series in chart.plots[0].series] == list(zip(*rows[1:], strict=True))[1:]
        dashes = [series.format.line.dash_style for series in chart.plots[0].series]
        marks = [series.marker.style for series in chart.plots[0].series]
        assert len(set(dashes)) == len(set(marks)) == len(dashes), "told apart without colour"
    listed = [
        paragraph
        for slide in slides_of(content)
        for shape in slide.placeholders
        for paragraph in shape.text_frame.paragraphs
        if paragraph.level == 1
    ]
    assert len(listed) > 10
    assert not any("•" in paragraph.text for paragraph in listed)


def test_a_name_is_never_a_formula_and_never_markup(frozen: Freeze, monkeypatch: pytest.MonkeyPatch) -> None:
    published = frozen("2026").published
    unit = replace(published.shown[1], name='=HYPERLINK("http://x.example","<b>A&B</b>")\x07')
    renamed = replace(published, units=tuple(unit if one.id == unit.id else one for one in published.units))
    monkeypatch.setattr(published.round.organisation, "name", "=1+1")
    content = slides(renamed, unit, "nl")
    assert numbers_in_slides(content)["lines"] == [unit.name[:-1], "=1+1"]
    workbooks = [part for name, part in parts_of(content).items() if name.endswith(".xlsx")]
    assert len(workbooks) == 2
    for workbook in workbooks:
        sheet = openpyxl.load_workbook(io.BytesIO(workbook)).active
        assert sheet is not None
        cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
        assert {cell.data_type for cell in cells} == {"s", "n"}
        assert "=1+1" in [cell.value for cell in cells]
        assert not any(cell.hyperlink for cell in cells)


def test_the_same_content_gives_the_same_bytes_and_carries_no_time(frozen: Freeze) -> None:
    published = frozen("2026").published
    content = slides(published, published.shown[1], "nl")
    assert slides(published, published.shown[1], "nl") == content
    packages = [content, *(part for name, part in parts_of(content).items() if name.endswith(".xlsx"))]
    assert len(packages) == 3
    for package in packages:
        with ZipFile(io.BytesIO(package)) as opened:
            assert {entry.date_time[0] for entry in opened.infolist()} == {1980}
            core = opened.read("docProps/core.xml").decode()
        days = set(re.findall(r"\d{4}-\d\d-\d\d(?=T)", core))
        assert days <= {published.release.content["last_day"], "2000-01-01"}, core
