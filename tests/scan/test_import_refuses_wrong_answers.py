import pytest

from tests.scan.answer_files import EAST, NIGHT, Folder, has_place, row

FOUR = "time_pressure;fear_of_mistakes;lack_of_skills;hierarchy"


@pytest.mark.parametrize("value", ["6", "0", "9", "-1", "4.0", "4,5", "vier", "٤", "４", "5 5", "y", "01", "\x00"])
def test_another_value_than_1_to_5_is_refused(folder: Folder, value: str) -> None:
    message = folder.refused(folder.answers(row(), row(q17=value), row()))
    assert "row 3, column q17" in message
    assert "1 to 5" in message


def test_the_value_is_repeated_so_that_it_can_be_found(folder: Folder) -> None:
    assert "“6”" in folder.refused(folder.answers(row(q40="6")))


def test_all_faults_are_told_in_one_go(folder: Folder) -> None:
    message = folder.refused(folder.answers(row(q01="6"), row(), row(q02="7", q40="8")))
    for place in ("row 2, column q01", "row 4, column q02", "row 4, column q40"):
        assert place in message


def test_of_very_many_faults_the_first_are_told_and_the_others_counted(folder: Folder) -> None:
    message = folder.refused(folder.answers(*(row(answers="6") for _ in range(50))))
    assert len(message.splitlines()) < 30
    assert "and 1980 more" in message


def test_rows_are_counted_as_they_stand_in_the_file(folder: Folder) -> None:
    rows = [row(remark="één\ntwee\ndrie"), [""] * 43, row(q03="6")]
    assert "row 6, column q03" in folder.refused(folder.answers(*rows))


def test_four_obstacles_are_refused(folder: Folder) -> None:
    message = folder.refused(folder.answers(row(), row(obstacles=FOUR)))
    assert "row 3, column obstacles" in message
    assert "at most 3" in message


def test_an_unknown_obstacle_is_refused_with_those_that_are_known(folder: Folder) -> None:
    message = folder.refused(folder.answers(row(obstacles="time_pressure;moon_phase")))
    assert "row 2, column obstacles" in message
    assert "moon_phase" in message
    assert "fear_of_mistakes" in message


def test_a_remark_that_is_too_long_is_refused(folder: Folder) -> None:
    message = folder.refused(folder.answers(row(remark="a" * 2001)))
    assert "row 2, column remark" in message
    assert "2000" in message


def test_a_remark_that_is_no_text_is_refused(folder: Folder) -> None:
    assert "row 2, column remark" in folder.refused(folder.answers(row(remark="a\x00b")))


@pytest.mark.parametrize("unit", ["", "  ", "/", " / "])
def test_a_row_without_a_unit_is_refused(folder: Folder, unit: str) -> None:
    message = folder.refused(folder.answers(row(EAST), row(unit), row(NIGHT)))
    assert "row 3, column unit" in message


def test_a_name_that_is_too_long_is_refused(folder: Folder) -> None:
    message = folder.refused(folder.answers(row("Zorg / " + "a" * 121)), "--create")
    assert "row 2, column unit" in message
    assert "120" in message


def test_a_path_that_is_too_long_is_refused(folder: Folder) -> None:
    path = " / ".join(f"{'a' * 100} {number}" for number in range(12))
    assert has_place(folder.refused(folder.answers(row(path)), "--create"), 2, "unit")


def test_a_name_that_is_no_text_is_refused(folder: Folder) -> None:
    assert has_place(folder.refused(folder.answers(row("Zorg / a\x00b")), "--create"), 2, "unit")


def test_one_wrong_cell_keeps_a_thousand_good_rows_out(folder: Folder) -> None:
    rows = [row() for _ in range(1000)]
    rows[800] = row(q20="6")
    assert "row 802, column q20" in folder.refused(folder.answers(*rows))
