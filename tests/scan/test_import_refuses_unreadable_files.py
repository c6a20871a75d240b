from pathlib import Path

import pytest

from tests.conftest import SAMPLES
from tests.scan.answer_files import EAST, Folder, has_place, row, text_of


def test_a_latin_1_file_is_refused_with_row_and_column(folder: Folder) -> None:
    text = text_of([row(EAST), row("Zorg / Café"), row(EAST)])
    message = folder.refused(folder.write(text.encode("latin-1")), "--create")
    assert "row 3, column 1" in message
    assert "0xE9" in message
    assert "UTF-8" in message


def test_the_column_of_a_wrong_byte_is_counted_in_cells(folder: Folder) -> None:
    text = text_of([row(EAST), row(EAST, obstacles="café")], delimiter=";")
    assert "row 3, column 42" in folder.refused(folder.write(text.encode("latin-1")))


def test_a_comma_inside_a_remark_is_no_column(folder: Folder) -> None:
    text = text_of([row(EAST, remark="ja, ja, ja, één keer")])
    assert "row 2, column 43" in folder.refused(folder.write(text.encode("latin-1")))


def test_a_wrong_byte_among_the_column_names_is_found(folder: Folder) -> None:
    text = text_of([row(EAST)]).replace("q01", "é01")
    assert "row 1, column 2" in folder.refused(folder.write(text.encode("latin-1")))


def test_the_staff_list_by_mistake_is_refused(folder: Folder) -> None:
    assert "row 2, column 2" in folder.refused(SAMPLES / "staff-list.csv", "--create")


def test_a_spreadsheet_by_mistake_is_refused(folder: Folder) -> None:
    message = folder.refused(SAMPLES / "staff-list.xlsx", "--create")
    assert "UTF-8" in message
    assert "row" in message


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32"])
def test_another_unicode_is_refused(folder: Folder, encoding: str) -> None:
    folder.refused(folder.write(text_of([row(EAST)]).encode(encoding)), "--create")


@pytest.mark.parametrize("content", [b"", b"\n", b"  \r\n \n", b"\xef\xbb\xbf", b"\xef\xbb\xbf\r\n"])
def test_an_empty_file_is_refused(folder: Folder, content: bytes) -> None:
    message = folder.refused(folder.write(content))
    assert "row 1, column 1" in message
    assert "empty" in message


@pytest.mark.parametrize("options", [(), ("--create",), ("--dry-run",)])
def test_an_empty_file_is_refused_whatever_is_asked(folder: Folder, options: tuple[str, ...]) -> None:
    folder.refused(folder.write(b""), *options, organisation="Nieuw Huis")


def test_a_missing_file_is_named(folder: Folder) -> None:
    file = folder.path / "nowhere.csv"
    message = folder.refused(file)
    assert str(file) in message
    assert "cannot be read" in message


def test_a_folder_is_no_file(folder: Folder) -> None:
    assert "cannot be read" in folder.refused(folder.path)


def test_broken_quotation_marks_are_refused_with_their_row(folder: Folder) -> None:
    good, broken = text_of([row(EAST)]), '"Zorg" / Oost,' + ",".join(["4"] * 40) + ",,\n"
    message = folder.refused(folder.write(good + broken))
    assert has_place(message, 3, 1)
    assert "quotation" in message


def test_a_quotation_mark_that_is_never_closed_is_refused_with_its_row(folder: Folder) -> None:
    text = text_of([row(EAST), row(EAST), row(EAST)])
    lines = text.splitlines(keepends=True)
    lines[2] = '"' + lines[2]
    assert has_place(folder.refused(folder.write("".join(lines))), 3, 1)


def test_a_cell_without_end_is_refused(folder: Folder) -> None:
    text = text_of([row(EAST, remark="a" * 200_000)])
    assert has_place(folder.refused(folder.write(text)), 2, 1)


def test_a_file_that_is_too_large_is_refused_before_it_is_read(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scan.response_file.MAX_BYTES", 100)

    def read_bytes(self: Path) -> bytes:
        raise AssertionError("read all the same")

    file = folder.answers(row())
    monkeypatch.setattr(Path, "read_bytes", read_bytes)
    assert "200 MB" in folder.refused(file)
