"""The same list in every shape a file can have; and rows and columns counted as the file shows them."""

import io
import zipfile
from datetime import date, datetime

import pytest
from openpyxl import Workbook

from organisations.addresses import is_address
from organisations.staff_list.cells import read_number, read_yes_no
from organisations.staff_list.dates import NO_DATE, read_date
from organisations.staff_list.entries import Entries
from organisations.staff_list.findings import Kind
from organisations.staff_list.tables import letter
from tests.organisations.staff_list.files import HEADINGS, csv_file, entries_of, layout_of, list_of, someone, workbook

ROWS = [HEADINGS, someone(10059, "Öztürk", given="Zoë"), someone(10060, "Bos; Vos", given="José", infix="van")]
EXPECTED = [("10059", "Zoë", "", "Öztürk"), ("10060", "José", "van", "Bos; Vos")]


def a_day(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day)  # noqa: DTZ001 -- workbooks know no time zone


def names(entries: Entries) -> list[tuple[object, ...]]:
    assert not entries.findings
    return [(each.number, each.given_name, each.infix, each.family_name) for each in entries.people]


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "mac_roman", "cp850"]
)
def test_any_delimiter_and_encoding(delimiter: str, encoding: str) -> None:
    assert names(entries_of(csv_file(ROWS, delimiter, encoding))) == EXPECTED


@pytest.mark.parametrize("name", ["Æa", "Øster", "João", "’t Veld", "Müller – Smit", "ÿ", "Ëlan", "Straße"])
def test_names_in_the_encoding_of_windows(name: str) -> None:
    entries = entries_of(csv_file([HEADINGS, someone(1, name)], encoding="cp1252"))
    assert entries.people[0].family_name == name


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_end_of_line(end: str) -> None:
    assert names(entries_of(csv_file(ROWS, end=end))) == EXPECTED


def test_the_line_by_which_excel_names_its_delimiter_is_no_row() -> None:
    entries = entries_of(b"sep=;\r\n" + csv_file(ROWS))
    assert names(entries) == EXPECTED
    assert entries.people[0].row == 2


@pytest.mark.parametrize(
    "above", [[], [["Overzicht personeel"]], [["Zorggroep; lijst"], [], [], ["Peildatum", "22-11-2026"]]]
)
def test_rows_above_the_headings_are_passed_over(above: list[list[str]]) -> None:
    entries = entries_of(csv_file([*above, *ROWS]))
    assert names(entries) == EXPECTED
    assert entries.people[0].row == len(above) + 2


def test_empty_rows_are_counted_in_the_row_number() -> None:
    entries = entries_of(csv_file([ROWS[0], [], ROWS[1], ["", "", ""], ROWS[2], [], []]))
    assert [each.row for each in entries.people] == [3, 5]


def test_a_cell_with_line_breaks_is_one_row() -> None:
    headings = [*HEADINGS, "Opmerking"]
    entries = entries_of(csv_file([headings, [*someone(1), "een\ntwee"], [*someone(2), ""]]))
    assert [each.row for each in entries.people] == [2, 3]


def test_a_merged_title_stands_above_the_headings() -> None:
    title = ["Personeel van De Linde", None, None]
    assert names(entries_of(workbook(("Lijst", [title, [], *ROWS]), merge="A1:G1"))) == EXPECTED


def test_numbers_dates_and_yes_and_no_of_a_workbook() -> None:
    rows: list[list[object]] = [
        [*HEADINGS, "Datum uit dienst"],
        [*someone(10059.0, leader=True), a_day(2026, 11, 21)],
        [*someone(10060, leader=False), date(2026, 11, 22)],
        [*someone("10061", leader=1), None],
    ]
    entries = entries_of(workbook(("Lijst", rows)))
    assert [(left.row, left.reason, left.number) for left in entries.left_out] == [(2, "leaver", "10059")]
    assert [(each.number, each.is_leader) for each in entries.people] == [("10060", False), ("10061", True)]


def test_a_formula_counts_as_the_value_that_excel_kept() -> None:
    """openpyxl keeps no values of formulas itself: write one into the file."""
    content = workbook(("Lijst", [HEADINGS, someone("WAARDE", "Bos")]))
    old, out = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    with zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                start = part.index(b'<c r="A2"')
                end = part.index(b"</c>", start) + 4
                part = part[:start] + b'<c r="A2"><f>1+76</f><v>77</v></c>' + part[end:]
            new.writestr(name, part)
    assert entries_of(out.getvalue()).people[0].number == "77"


def test_hidden_sheets_are_not_looked_at() -> None:
    book = Workbook()
    first = book.worksheets[0]
    first.title = "Oud"
    for row in [HEADINGS, someone(1, "Verborgen"), someone(2, "Verborgen")]:
        first.append(list(row))
    first.sheet_state = "hidden"
    second = book.create_sheet("Nu")
    for row in ROWS:
        second.append(list(row))
    out = io.BytesIO()
    book.save(out)
    assert names(entries_of(out.getvalue())) == EXPECTED


@pytest.mark.parametrize("text", ["#N/B", "#REF!", "#N/A"])
def test_the_error_of_a_formula_is_a_fault(text: str) -> None:
    found = entries_of(list_of(someone(1, department=text), someone(2, text), someone(3, email=text))).findings
    assert [(each.row, each.kind, each.value) for each in found] == [
        (row, Kind.FORMULA_ERROR, text) for row in (2, 3, 4)
    ]


def test_text_that_looks_like_a_formula_stays_text() -> None:
    person = entries_of(list_of(someone(1, "=cmd|' /C calc'!A0", given="+1a", infix="-van"))).people[0]
    assert (person.family_name, person.given_name, person.infix) == ("=cmd|' /C calc'!A0", "+1a", "-van")


def test_invisible_characters_are_taken_out() -> None:
    person = entries_of(list_of(someone(1, "Jan\u200bsen\u202e", department="Zorg\u00a0/ Nacht\u00addienst"))).people[0]
    assert (person.family_name, person.path) == ("Jansen", "Zorg / Nachtdienst")


def test_columns_have_the_letters_of_a_spreadsheet() -> None:
    assert [letter(number) for number in (0, 25, 26, 51, 52, 701, 702)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]


def test_a_list_without_headings_is_still_recognised_by_its_addresses() -> None:
    layout = layout_of(csv_file([someone(1), someone(2)]))
    assert layout.heading_row == 0
    assert [(column.letter, column.field) for column in layout.columns if column.field] == [("E", "email")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-22", date(2026, 11, 22)),
        ("2026-11-22 00:00:00", date(2026, 11, 22)),
        ("22-11-2026", date(2026, 11, 22)),
        ("3/4/2026", date(2026, 4, 3)),
        ("4/23/2026", date(2026, 4, 23)),
        ("1.2.26", date(2026, 2, 1)),
        ("1 mei 2026", date(2026, 5, 1)),
        ("31-okt-2026", date(2026, 10, 31)),
        ("Nov 3, 2026", date(2026, 11, 3)),
        ("46348", date(2026, 11, 22)),
        ("31-12-9999", date(9999, 12, 31)),
        ("", None),
        ("onbekend", NO_DATE),
        ("31-02-2026", NO_DATE),
        ("99999999999999999999", NO_DATE),
    ],
)
def test_dates(text: str, expected: date | None) -> None:
    assert read_date(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"), [("10059.0", "10059"), ("007", "007"), (" a  1 ", "a 1"), ("1.5", "1.5")]
)
def test_staff_numbers(text: str, expected: str) -> None:
    assert read_number(text) == expected


@pytest.mark.parametrize("text", ["J", "ja", "Yes", "1", "TRUE", "x", "✓", " Waar "])
def test_yes(text: str) -> None:
    assert read_yes_no(text) is True


@pytest.mark.parametrize("text", ["N", "nee", "No", "0", "false", "-", "onwaar"])
def test_no(text: str) -> None:
    assert read_yes_no(text) is False


@pytest.mark.parametrize("text", ["misschien", "teamleider", "W", "2"])
def test_neither_yes_nor_no(text: str) -> None:
    assert read_yes_no(text) is None


@pytest.mark.parametrize("text", ["geen", "onbekend", "n.v.t.", "-", "a@b", "a b@c.nl", "@", "a@" + "b" * 300 + ".nl"])
def test_no_address(text: str) -> None:
    assert not is_address(text)
