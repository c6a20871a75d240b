from pathlib import Path

import pytest
from django_scopes import scope

from scan.models import Unit
from scan.tree import tree_of
from tests.cast import Cast
from tests.scan.answer_files import EAST, KITCHEN, NIGHT, ORGANISATION, Folder, has_place, row


def headcounts(folder: Folder, *rows: tuple[str, str], header: str = "unit,invited") -> tuple[str, str]:
    """The option that names a file with these headcounts."""
    lines = [header, *(",".join(cells) for cells in rows)]
    return "--headcounts", str(folder.write("\n".join(lines) + "\n", "headcounts.csv"))


def invited(cast: Cast) -> dict[str, int | None]:
    with scope(organisation=cast.organisation):
        return {unit.path: unit.invited for unit in Unit.objects.all()}


@pytest.fixture
def answers(folder: Folder) -> Path:
    """Two questionnaires of Oost, one of Nachtdienst."""
    return folder.answers(row(EAST), row(NIGHT), row(EAST))


def test_headcounts_are_kept_with_the_units(cast: Cast, folder: Folder, answers: Path) -> None:
    folder.run(answers, *headcounts(folder, (EAST, "12"), (NIGHT, "1")))
    assert invited(cast) == {"": 0, "Zorg": 0, EAST: 12, NIGHT: 1}


def test_headcounts_add_up_to_the_units_above(cast: Cast, folder: Folder, answers: Path) -> None:
    folder.run(answers, *headcounts(folder, (EAST, "12"), (NIGHT, "1"), ("Zorg", "2"), (ORGANISATION, "3")))
    with scope(organisation=cast.organisation):
        root = Unit.objects.get(parent=None)
        tree = tree_of(root.round)
        totals = tree.invited()
        assert totals is not None
        assert {tree.units[pk].path: count for pk, count in totals.items()} == {"": 18, "Zorg": 15, EAST: 12, NIGHT: 1}


def test_a_unit_where_nobody_answered_becomes_a_unit_too(cast: Cast, folder: Folder, answers: Path) -> None:
    folder.run(answers, *headcounts(folder, (EAST, "12"), (NIGHT, "1"), (KITCHEN, "7")))
    assert invited(cast)[KITCHEN] == 7
    assert invited(cast)["Facilitair"] == 0


def test_without_headcounts_nothing_is_known(cast: Cast, folder: Folder, answers: Path) -> None:
    folder.run(answers)
    assert set(invited(cast).values()) == {None}


def test_semicolons_and_other_writings_of_a_unit_are_good(cast: Cast, folder: Folder, answers: Path) -> None:
    option = headcounts(folder, header=f"Unit;Invited\nzorg/wijkteam oost;12\n{NIGHT.upper()}; 1 ")
    folder.run(answers, *option)
    assert invited(cast) == {"": 0, "Zorg": 0, EAST: 12, NIGHT: 1}


def test_a_unit_with_answers_needs_a_headcount(folder: Folder, answers: Path) -> None:
    message = folder.refused(answers, *headcounts(folder, (EAST, "12")))
    assert "row 3, column unit" in message
    assert f"“{NIGHT}”" in message


def test_fewer_people_than_answers_is_refused(folder: Folder, answers: Path) -> None:
    message = folder.refused(answers, *headcounts(folder, (EAST, "1"), (NIGHT, "1")))
    assert "row 4, column unit" in message
    assert "headcount of 1" in message


@pytest.mark.parametrize("count", ["", "-1", "12.5", "twaalf", "1e3", "²", "１２", "99999999"])
def test_a_headcount_that_is_no_number_is_refused(folder: Folder, answers: Path, count: str) -> None:
    message = folder.refused(answers, *headcounts(folder, (EAST, "12"), (NIGHT, count)))
    assert "row 3, column invited" in message
    assert "whole number" in message


def test_a_row_without_a_headcount_is_refused(folder: Folder, answers: Path) -> None:
    assert "row 2, column invited" in folder.refused(answers, *headcounts(folder, header=f"unit,invited\n{EAST}"))


@pytest.mark.parametrize("second", [EAST, EAST.upper(), "Zorg/Wijkteam  Oost"])
def test_a_unit_that_stands_there_twice_is_refused(folder: Folder, answers: Path, second: str) -> None:
    message = folder.refused(answers, *headcounts(folder, (EAST, "12"), (NIGHT, "3"), (second, "13")))
    assert "row 4, column unit" in message


def test_an_unknown_unit_among_the_headcounts_is_refused(folder: Folder, answers: Path) -> None:
    message = folder.refused(answers, *headcounts(folder, (EAST, "12"), (NIGHT, "3"), ("Zorg / Dagdienst", "3")))
    assert "“Zorg / Dagdienst”" in message
    assert f"“{NIGHT}”" in message


def test_an_unknown_unit_among_the_headcounts_is_told_with_its_row(folder: Folder, answers: Path) -> None:
    message = folder.refused(answers, *headcounts(folder, (EAST, "12"), (NIGHT, "3"), ("Zorg / Dagdienst", "3")))
    assert has_place(message, 4, "unit")


@pytest.mark.parametrize("header", ["unit", "invited", "unit,invited,invited", "unit,invited,name"])
def test_other_columns_than_unit_and_invited_are_refused(folder: Folder, answers: Path, header: str) -> None:
    assert "row 1, column" in folder.refused(answers, *headcounts(folder, header=header))


def test_an_empty_or_missing_file_with_headcounts_is_refused(folder: Folder, answers: Path) -> None:
    assert "row 1, column 1" in folder.refused(answers, "--headcounts", str(folder.write(b"", "headcounts.csv")))
    assert "cannot be read" in folder.refused(answers, "--headcounts", str(folder.path / "nowhere.csv"))


def test_headcounts_of_empty_cells_are_refused(folder: Folder, answers: Path) -> None:
    folder.refused(answers, "--headcounts", str(folder.write(b",,\n", "headcounts.csv")))


def test_a_latin_1_file_with_headcounts_is_refused(folder: Folder, answers: Path) -> None:
    content = f"unit,invited\n{EAST},12\nZorg / Café,3\n".encode("latin-1")
    assert "row 3, column 1" in folder.refused(answers, "--headcounts", str(folder.write(content, "headcounts.csv")))
