"""Workbooks: which sheet is read, what is said of the others, merged cells, and formulas without outcome."""

import io
import zipfile

import pytest

from organisations.staff_list.notes import About
from organisations.staff_list.reading import check_kind
from organisations.staff_list.tables import UnreadableError
from tests.organisations.staff_list.files import csv_file, entries_of, layout_of, workbook

HEAD: list[object] = ["Nr", "Achternaam", "Afdeling"]


def test_the_other_sheets_are_named_with_their_rows() -> None:
    entries = entries_of(
        workbook(("Zorg", [HEAD, [1, "Bos", "Zorg"]]), ("Leeg", []), ("ICT", [HEAD, [2, "Vos", "ICT"]]))
    )
    assert [(each.about, each.column, each.value) for each in entries.notes] == [
        (About.OTHER_SHEETS, "Zorg", "ICT (2)")
    ]


def test_people_in_service_go_before_leavers() -> None:
    gone: list[list[object]] = [[n, f"Weg{n}", "Zorg", "1-1-2020"] for n in range(60)]
    content = workbook(("Uit dienst", [[*HEAD, "Datum uit dienst"], *gone]), ("In dienst", [HEAD, [1, "Bos", "Zorg"]]))
    assert [each.family_name for each in entries_of(content).people] == ["Bos"]


def test_a_merged_department_counts_for_all_its_rows() -> None:
    rows: list[list[object]] = [
        ["Achternaam", "Nr", "Afdeling"],
        ["Bos", 1, "Zorg"],
        ["Vos", 2, None],
        ["Mol", 3, "ICT"],
    ]
    entries = entries_of(workbook(("Lijst", rows), merge="C2:C3"))
    assert [each.path for each in entries.people] == ["Zorg", "Zorg", "ICT"]


def test_formulas_without_outcome_are_said() -> None:
    rows: list[list[object]] = [[*HEAD, "E-mail"], [1, "Bos", "Zorg", '=LOWER(B2)&"@linde.example"']]
    assert [(each.about, each.column) for each in entries_of(workbook(("Lijst", rows))).notes] == [
        (About.NO_VALUE, "E-mail")
    ]


@pytest.mark.parametrize("part", ["content.xml", "xl/workbook.bin"])
def test_other_spreadsheets_get_the_advice_to_save_them(part: str) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr(part, "x")
    with pytest.raises(UnreadableError, match="other_sheet"):
        check_kind(out.getvalue())


def test_a_file_with_one_sheet_needs_no_note() -> None:
    assert not layout_of(csv_file([HEAD, ["1", "Bos", "Zorg"]])).notes
