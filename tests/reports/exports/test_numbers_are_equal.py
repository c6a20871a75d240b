"""The figures on the page, in PDF, slides, XLSX, CSV and JSON are those of the release: read back out of each."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django_scopes import scope

from organisations.models import Role
from reports.closing import close_here
from reports.document import document
from reports.exports.formats import FORMATS
from reports.models import Release, ReleaseUnit
from reports.pdf import render_pdf
from reports.published import Published, ShownUnit, read_release
from scan.models import Round
from tests.cast import member
from tests.reports.exports.readers import (
    Read,
    Table,
    tables_in_csv,
    tables_in_json,
    tables_in_workbook,
    text_of_html,
    text_of_pdf,
    themes_in,
    themes_in_slides,
    themes_in_text,
    themes_of,
)
from tests.reports.exports.release_tables import table_of
from tests.reports.sample_rounds import GAPS, HEADCOUNTED, HIGH, Frozen, import_sample

TABLES: dict[str, Callable[[bytes], dict[str, Table]]] = {
    "xlsx": tables_in_workbook,
    "csv": tables_in_csv,
    "json": tables_in_json,
}
"""By format, what reads all figures of all units out of a file; slides are of one unit."""


def test_every_format_has_a_reader() -> None:
    assert {*TABLES, "pptx"} == set(FORMATS)


def names(published: Published) -> dict[str, str]:
    """What files call a unit, by its path."""
    return {unit.path: unit.path or published.round.organisation.name for unit in published.units}


@pytest.mark.parametrize("format_code", TABLES)
@pytest.mark.parametrize("name_of_round", [GAPS, HEADCOUNTED])
def test_a_file_of_the_round_holds_every_figure_of_the_release_and_no_other(
    format_code: str, name_of_round: str, frozen: Callable[[str], Frozen]
) -> None:
    """Of every unit, and of no unit that is hidden."""
    sample = frozen(name_of_round)
    published = sample.published
    found = TABLES[format_code](FORMATS[format_code].write(published, None, "nl"))
    name = names(published)
    assert found == {name[path]: table_of(content) for path, content in sample.contents.items()}
    assert len(published.shown) > 15


@pytest.mark.parametrize("format_code", TABLES)
def test_a_file_of_one_unit_holds_that_unit_alone(format_code: str, frozen: Callable[[str], Frozen]) -> None:
    sample = frozen(GAPS)
    name = names(sample.published)
    shown = {unit.path: unit for unit in sample.published.shown}
    for unit in (shown[""], shown[HIGH], min(shown.values(), key=lambda one: one.n)):
        found = TABLES[format_code](FORMATS[format_code].write(sample.published, unit, "en"))
        assert found == {name[unit.path]: table_of(sample.contents[unit.path])}


@pytest.mark.parametrize("format_code", TABLES)
def test_a_file_of_a_hidden_unit_holds_the_group_above(format_code: str, frozen: Callable[[str], Frozen]) -> None:
    sample = frozen(GAPS)
    name, published = names(sample.published), sample.published
    hidden = [unit for unit in published.units if not isinstance(unit, ShownUnit)]
    assert hidden
    for unit in hidden:
        above = published.figures_for(unit)
        assert above
        found = TABLES[format_code](FORMATS[format_code].write(published, unit, "nl"))
        assert found == {
            name[unit.path]: table_of(None),
            name[above.path]: table_of(sample.contents[above.path], "group_above"),
        }


@pytest.fixture
def closed(db: None, tmp_path: Path) -> Published:
    """The round with gaps, in the database: in it some scores are limits."""
    import_sample(GAPS, tmp_path)
    round_ = Round._base_manager.select_related("organisation", "version").get()
    with scope(organisation=round_.organisation):
        close_here(round_)
        return read_release(Release.objects.select_related("round__organisation").get())


@pytest.mark.parametrize("step", [4, pytest.param(1, marks=pytest.mark.chaos)])
def test_page_pdf_and_files_show_the_same_figures_of_every_unit(
    step: int, closed: Published, as_user: Callable[[Any], Client], tmp_path: Path
) -> None:
    """PDF and slides, which take a second each, of one unit in so many; of all of them in `make chaos`."""
    organisation, round_ = closed.round.organisation, closed.round
    client = as_user(member("vera", organisation, Role.HR_ADVISOR))
    kinds = set()
    files = {code: TABLES[code](_by_command(closed, code, tmp_path)) for code in TABLES}
    name = names(closed)
    for number, unit in enumerate(closed.shown):
        page = client.get(f"/o/{organisation.slug}/r/{round_.slug}/u/{unit.id}/").content.decode()
        found: dict[str, Read] = {code: themes_in(tables[name[unit.path]]) for code, tables in files.items()}
        found["page"] = themes_in_text(text_of_html(page), closed.questionnaire)
        if number % step == 0:
            found |= _drawn(closed, unit)
        for where, themes in found.items():
            assert themes == themes_of(unit), f"{where} of {unit.path}"
        kinds |= {kind for _value, kind, *_margin in themes_of(unit).values()}
    assert kinds == {"exact", "at_least", "at_most"}


def _drawn(published: Published, unit: ShownUnit) -> dict[str, Read]:
    with scope(organisation=published.round.organisation):
        slides = FORMATS["pptx"].write(published, unit, "nl")
        pdf = render_pdf(document(published, unit, "nl"))
    return {"slides": themes_in_slides(slides), "PDF": themes_in_text(text_of_pdf(pdf), published.questionnaire)}


def _by_command(published: Published, format_code: str, folder: Path) -> bytes:
    """As the job makes it."""
    file = folder / f"all.{FORMATS[format_code].extension}"
    call_command("export", published.round.reference, "--format", format_code, "--out", str(file), "--language", "nl")
    return file.read_bytes()


def test_the_readers_see_a_figure_that_is_not_the_release(frozen: Callable[[str], Frozen]) -> None:
    """A reader that finds nothing, or always the same, would make all of the above empty."""
    published = frozen(GAPS).published
    unit = next(unit for unit in published.shown if unit.scores["SV"].kind == "exact")
    with scope(organisation=published.round.organisation):
        html = document(published, unit, "nl")
    score = unit.scores["SV"]
    wrong = html.replace(f">{score.value}</td>", f">{score.value - 1}</td>", 1)
    assert wrong != html
    text = text_of_html(f'<article class="report">{wrong}')
    assert themes_in_text(text, published.questionnaire) != themes_of(unit)
    assert ReleaseUnit._meta.get_field("content").null
