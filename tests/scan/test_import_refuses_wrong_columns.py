import pytest

from tests.scan.answer_files import HEADER, Folder, has_place, row


def without(name: str) -> tuple[list[str], list[str]]:
    position = HEADER.index(name)
    return [*HEADER[:position], *HEADER[position + 1 :]], [*row()[:position], *row()[position + 1 :]]


@pytest.mark.parametrize("name", ["unit", "q01", "q23", "q40"])
def test_a_missing_column_is_named(folder: Folder, name: str) -> None:
    header, cells = without(name)
    assert f"row 1, column {name}: this column is missing" in folder.refused(folder.answers(cells, header=header))


def test_all_missing_columns_are_named(folder: Folder) -> None:
    message = folder.refused(folder.answers(["Zorg", "4"], header=["unit", "q01"]))
    assert "column q02" in message
    assert "row 1" in message


def test_an_unknown_column_is_refused(folder: Folder) -> None:
    message = folder.refused(folder.answers([*row(), "j.jansen@example.test"], header=[*HEADER, "E-mail"]))
    assert "row 1, column 44 (e-mail)" in message
    assert "j.jansen" not in message


def test_a_file_of_10000_columns_is_refused_in_a_few_lines(folder: Folder) -> None:
    many = [f"c{number}" for number in range(10_000)]
    message = folder.refused(folder.answers(["1"] * 10_000, header=many))
    assert "row 1, column unit: this column is missing" in message
    assert len(message) < 3000


def test_10000_columns_of_which_ours_are_the_first_are_refused_too(folder: Folder) -> None:
    more = [f"c{number}" for number in range(10_000 - len(HEADER))]
    message = folder.refused(folder.answers([*row(), *["1"] * len(more)], header=[*HEADER, *more]))
    assert "row 1, column 44 (c0)" in message
    assert "9957 of 10000" in message


def test_a_double_column_is_refused(folder: Folder) -> None:
    header = list(HEADER)
    header[header.index("q08")] = "q07"
    message = folder.refused(folder.answers(row(), header=header))
    assert "row 1, column q07: this column is there more than once" in message
    assert "row 1, column q08: this column is missing" in message


def test_too_few_cells_are_refused_with_the_place_where_they_end(folder: Folder) -> None:
    message = folder.refused(folder.answers(row(), row()[:30], row()))
    assert has_place(message, 3, 31)
    assert "30 cells; row 1 has 43" in message


def test_too_many_cells_are_refused(folder: Folder) -> None:
    message = folder.refused(folder.answers(row(), [*row(), "", ""]))
    assert has_place(message, 3, 44)
    assert "45 cells; row 1 has 43" in message


def test_column_names_without_answers_are_refused(folder: Folder) -> None:
    message = folder.refused(folder.answers())
    assert "row 2, column unit" in message


def test_answers_without_column_names_are_refused(folder: Folder) -> None:
    message = folder.refused(folder.answers(row(), header=row()))
    assert "row 1, column unit: this column is missing" in message


@pytest.mark.parametrize("content", [",,,,\n", '""\n', ";;;\n;;;\n", " , \n\n", "\t\t\n"])
def test_a_file_of_empty_cells_is_refused_like_an_empty_one(folder: Folder, content: str) -> None:
    assert has_place(folder.refused(folder.write(content)), 1, 1)
