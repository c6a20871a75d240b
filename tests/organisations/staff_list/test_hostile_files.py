"""Files that are no staff list, or mean harm: each refused with a word, none read to the end."""

import io
import zipfile

import pytest

from organisations.staff_list import tables
from organisations.staff_list.findings import Kind
from organisations.staff_list.tables import UnreadableError
from organisations.staff_list.wording import unreadable
from tests.organisations.staff_list.files import HEADINGS, csv_file, entries_of, list_of, someone, workbook


def with_part(name: str, content: bytes) -> bytes:
    """A workbook in which one part is another one."""
    old, out = zipfile.ZipFile(io.BytesIO(workbook(("Lijst", [HEADINGS, someone()])))), io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for each in old.namelist():
            new.writestr(each, content if each == name else old.read(each))
    return out.getvalue()


def many_sheets(count: int) -> bytes:
    """All of them are the same one."""
    names = b"".join(b'<sheet name="s%d" sheetId="%d" r:id="rId1"/>' % (n, n) for n in range(count))
    kinds = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    kinds += b'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    return with_part("xl/workbook.xml", b"<workbook " + kinds + b"><sheets>" + names + b"</sheets></workbook>")


def many_parts(count: int) -> bytes:
    out = io.BytesIO(workbook(("Lijst", [HEADINGS, someone()])))
    with zipfile.ZipFile(out, "a") as new:
        for number in range(count):
            new.writestr(f"xl/media/{number}", b"")
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
MAIN = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
LAUGHS = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 9))
ENTITIES = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY l0 "ha">' + LAUGHS + b"]>" + MAIN
ENTITIES += b'<row r="1"><c r="A1" t="str"><v>&l8;</v></c></row></sheetData></worksheet>'
FAR = MAIN + b'<row r="99999999999"><c r="A99999999999"><v>1</v></c></row></sheetData></worksheet>'

REFUSED = {
    "zip bomb": ("unpacks_too_large", with_part(SHEET, b"<c/>" * 20_000_000)),
    "bomb of styles": ("unpacks_too_large", with_part("xl/styles.xml", b" " * 31_000_000)),
    "a hundred thousand sheets": ("unpacks_too_large", many_sheets(90_000)),
    "thousands of empty parts": ("unpacks_too_large", many_parts(5_001)),
    "entities in entities": ("damaged", with_part(SHEET, ENTITIES)),
    "half a sheet": ("damaged", with_part(SHEET, MAIN + b'<row r="1"><c r="A1"><v>1')),
    "a row at the end of the world": ("empty", with_part(SHEET, FAR)),
    "a cell that is no cell": (
        "damaged",
        with_part(SHEET, MAIN + b'<row r="x"><c r="??"/></row></sheetData></worksheet>'),
    ),
    "a zip file of something else": ("not_a_sheet", b"PK\x03\x04" + b"\0" * 50),
    "an old workbook": ("old_office", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500),
    "a picture": ("not_a_sheet", b"\x89PNG\r\n\x1a\n"),
    "a PDF": ("not_a_sheet", b"%PDF-1.7"),
    "a web page": ("web_page", b"\xef\xbb\xbf\r\n<html><table>"),
    "zero bytes": ("not_a_sheet", b"Naam;Afdeling\r\nA\0B;Zorg\r\n"),
    "zero characters in UTF-16": ("not_a_sheet", "Naam;Afdeling\r\nA\0B;Zorg\r\n".encode("utf-16")),
    "half of UTF-16": ("not_a_sheet", "Naam;Afdeling".encode("utf-16")[:-1]),
    "nothing": ("empty", b""),
    "spaces": ("empty", b" \r\n \r\n"),
    "only delimiters": ("empty", b";;;\r\n;;;\r\n"),
    "an empty workbook": ("empty", workbook(("Leeg", []))),
    "too many columns": ("too_many_columns", csv_file([[f"Kolom {n}" for n in range(500)]])),
    "too many columns in a workbook": ("too_many_columns", workbook(("Breed", [[f"K{n}" for n in range(500)]]))),
    "an open quotation mark": ("bad_quotes", b'Naam;Afdeling\r\n"Bos;Zorg\r\nVos;Zorg\r\n'),
    "an endless cell": ("cell_too_long", csv_file([HEADINGS, someone(1, "a;b;c;d;e;f;g;h;i\n" * 300)])),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_cannot_be_read_is_refused(name: str) -> None:
    code, content = REFUSED[name]
    with pytest.raises(UnreadableError) as refusal:
        entries_of(content)
    assert refusal.value.code == code
    assert unreadable(refusal.value.code, refusal.value.detail)


def test_a_file_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("organisations.staff_list.reading.MAX_BYTES", 100)
    with pytest.raises(UnreadableError, match="too_large"):
        entries_of(list_of(*(someone(number) for number in range(9))))


def test_a_list_with_too_many_rows_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MAX_ROWS", 5)
    for content in (csv_file([HEADINGS] * 6), workbook(("Lang", [HEADINGS] * 6))):
        with pytest.raises(UnreadableError, match="too_many_rows"):
            entries_of(content)


def test_the_message_names_the_row() -> None:
    with pytest.raises(UnreadableError) as refusal:
        entries_of(b'Naam;Afdeling\r\nBos;Zorg\r\n"Vos"x;Zorg\r\n')
    assert "3" in unreadable(refusal.value.code, refusal.value.detail)


def test_only_headings_is_nobody() -> None:
    assert [each.kind for each in entries_of(list_of()).findings] == [Kind.NO_PEOPLE]


def test_a_list_without_departments_says_which_column_misses() -> None:
    found = entries_of(csv_file([["Titel"], ["Achternaam", "Voornaam"], ["Bos", "Anne"]])).findings
    assert [(each.kind, each.row, each.other) for each in found] == [(Kind.NO_COLUMN, 2, "department")]


def test_prose_has_no_column_at_all() -> None:
    found = entries_of(b"Beste collega,\r\n\r\nHierbij de lijst.\r\n").findings
    assert {each.kind for each in found} == {Kind.NO_COLUMN}


@pytest.mark.parametrize(
    ("cells", "column", "most"),
    [
        ({"number": "1" * 41}, "Medewerkernummer", "40"),
        ({"family": "a" * 81}, "Achternaam", "80"),
        ({"given": "a" * 81}, "Roepnaam", "80"),
        ({"infix": "a" * 31}, "Tussenvoegsel", "30"),
    ],
)
def test_what_does_not_fit_is_a_fault(cells: dict[str, str], column: str, most: str) -> None:
    found = entries_of(
        list_of(someone(**{"email": "", **cells}), *(someone(n, infix="van") for n in range(2)))
    ).findings
    assert [(each.row, each.kind, each.column, each.other) for each in found] == [(2, Kind.TOO_LONG, column, most)]


@pytest.mark.parametrize("path", ["a" * 121, " / ".join(f"{n}abcdef" * 10 for n in range(10, 24))])
def test_a_department_that_does_not_fit_is_a_fault(path: str) -> None:
    found = entries_of(list_of(someone(department=path))).findings
    assert [each.kind for each in found] == [Kind.BAD_DEPARTMENT]
