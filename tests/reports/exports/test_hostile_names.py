"""Names that a spreadsheet would run, or that break a table, come out as the texts they are."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

import openpyxl
import pytest
from django_scopes import scope

from reports.exports.formats import FORMATS
from reports.exports.tidy_csv import harmless
from reports.published import Published, Rest, ShownUnit
from tests.reports.exports.readers import tables_in_csv
from tests.reports.sample_rounds import HEADCOUNTED, Frozen

HOSTILE = (
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://evil.example";"klik")',
    "+31 6 12345678",
    "-team",
    "@SUM(1;1)",
    "Zorg,=1+1",
    "\tmet tab",
    "＝1+1",
    'Zorg "Oost"; Noord',
    "https://intranet.example/zorg",
    "007",
    "Arbeidsmarktcommunicatie en Wervingsondersteuningsbureau ZON",
    "Wijkteam 🌳🏥 Ōst",
    "{department} %s {0}",
)


@pytest.fixture
def hostile(frozen: Callable[[str], Frozen]) -> Published:
    """A round in which every department has such a name; one of them clearly differs from the rest."""
    published = frozen(HEADCOUNTED).published
    shown = [unit for unit in published.shown if unit.path]
    assert len(shown) >= len(HOSTILE)
    renamed = [replace(unit, path=name, name=name) for unit, name in zip(shown, HOSTILE, strict=False)]
    rest = {code: Rest(-21, 12, "lower", 40) for code in renamed[0].rest or {}}
    parents: dict[UUID, UUID | None] = {unit.id: published.root.id for unit in renamed}
    units = (published.root, replace(renamed[0], rest=rest), *renamed[1:])
    return Published(published.release, units, parents | {published.root.id: None})


@pytest.fixture(scope="module")
def read_once() -> dict[str, openpyxl.Workbook]:
    return {}


@pytest.fixture
def book(hostile: Published, read_once: dict[str, openpyxl.Workbook]) -> openpyxl.Workbook:
    """In English; reading it takes longer than writing it."""
    if not read_once:
        read_once["en"] = openpyxl.load_workbook(io.BytesIO(FORMATS["xlsx"].write(hostile, None, "en")))
    return read_once["en"]


def test_a_workbook_holds_them_as_texts_without_a_formula_or_a_link(
    hostile: Published, book: openpyxl.Workbook
) -> None:
    with zipfile.ZipFile(io.BytesIO(FORMATS["xlsx"].write(hostile, hostile.units[1], "nl"))) as parts:
        for name in parts.namelist():
            part = parts.read(name)
            assert b"<f>" not in part
            assert b"<hyperlink" not in part
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "inlineStr"}
    assert set(HOSTILE) <= {str(cell.value) for cell in cells}


def test_a_csv_begins_no_cell_with_a_formula_whatever_the_separator(hostile: Published) -> None:
    content = FORMATS["csv"].write(hostile, None, "nl")
    tables = tables_in_csv(content)
    assert {harmless(name) for name in HOSTILE} <= set(tables)
    with zipfile.ZipFile(io.BytesIO(content)) as files:
        texts = [files.read(name).decode("utf-8-sig") for name in files.namelist() if name.endswith(".csv")]
    assert len(texts) == 2
    for text in texts:
        for delimiter in ";,\t":
            for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
                for cell in row:
                    is_number = re.fullmatch(r"-?\d+", cell)
                    assert is_number or not re.match(r"\s*[=+\-@＝＋－＠]", cell), cell


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Zorg / Wijkteam Oost", "Zorg / Wijkteam Oost"),
        ("P&O - Roosters", "P&O - Roosters"),
        ("=1+1", "'=1+1"),
        ("  @x", "  '@x"),
        ("a;=b", "a;'=b"),
        ("--", "'--"),
    ],
)
def test_an_ordinary_name_stays_as_it_is(name: str, written: str) -> None:
    assert harmless(name) == written


def test_json_holds_them_exactly(hostile: Published) -> None:
    units = json.loads(FORMATS["json"].write(hostile, None, "en"))["units"]
    assert [unit["name"] for unit in units[1:]] == list(HOSTILE)


def test_a_demonstrable_difference_is_marked_in_the_table_of_departments_and_nothing_else(
    hostile: Published, book: openpyxl.Workbook
) -> None:
    """By a sign in the number's format, so that black and white print has it too; the number stays a number."""
    rows = list(book.worksheets[1].iter_rows(min_row=2))
    assert len(rows) == 1 + len(HOSTILE)
    unit = hostile.units[1]
    assert isinstance(unit, ShownUnit)
    row = next(row for row in rows if row[0].value == unit.name)
    assert row[5].value == unit.scores["SV"].value
    assert row[5].number_format == '0" ▼"'
    assert all("▼" not in str(cell.number_format) for other in rows if other is not row for cell in other)


def test_a_workbook_can_be_filtered_scrolled_and_printed(book: openpyxl.Workbook) -> None:
    assert book.sheetnames == ["Reading guide", "Departments", "Details", "Codebook"]
    for sheet, panes in zip(book.worksheets[1:], ("B2", "C2", "C2"), strict=True):
        assert sheet.freeze_panes == panes
        assert sheet.auto_filter.ref
        assert sheet.print_title_rows == "$1:$1"
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        fit = sheet.sheet_properties.pageSetUpPr
        assert fit is not None
        assert (fit.fitToPage, sheet.page_setup.fitToHeight) == (True, 0)  # as wide as the page, as long as needed


def test_the_same_figures_are_the_same_file(hostile: Published) -> None:
    with scope(organisation=hostile.round.organisation):
        for one in FORMATS.values():
            assert one.write(hostile, hostile.units[1], "nl") == one.write(hostile, hostile.units[1], "nl")


def test_a_limit_is_printed_as_a_limit(hostile: Published) -> None:
    unit = hostile.units[1]
    assert isinstance(unit, ShownUnit)
    scores = {code: replace(score, value=95, kind="at_least") for code, score in unit.scores.items()}
    limited = replace(unit, scores=scores, rest=None)
    book = openpyxl.load_workbook(io.BytesIO(FORMATS["xlsx"].write(hostile, limited, "nl")))
    cell = book.worksheets[1]["E2"]
    assert (cell.value, cell.number_format) == (95, '0" of hoger"')
    assert "95 of hoger" in {row[12].value for row in book.worksheets[2].iter_rows()}
