from django_scopes import scope

from scan.models import Round
from scan.rounds import create_round
from tests.cast import CLOSES, OPENS, Cast
from tests.scan.answer_files import EAST, TITLE, Folder, all_rows, row
from tests.scan.asking import launched_round


def test_the_same_file_again_changes_nothing_and_says_so(folder: Folder) -> None:
    file = folder.answers(row(), row(answers="3"))
    folder.run(file)
    before = all_rows()
    said = folder.run(file)
    assert all_rows() == before
    assert "already been imported" in said
    assert "zorggroep-de-linde/leerscan-2026" in said


def test_the_same_file_is_known_after_closing_too(cast: Cast, folder: Folder) -> None:
    file = folder.answers(row())
    folder.run(file)
    with scope(organisation=cast.organisation):
        Round.objects.update(state=Round.State.CLOSED, is_sealed=True)
    before = all_rows()
    assert "already been imported" in folder.run(file)
    assert all_rows() == before


def test_the_title_may_be_written_in_another_case(folder: Folder) -> None:
    file = folder.answers(row())
    folder.run(file)
    before = all_rows()
    folder.run(file, title="LEERSCAN  2026")
    assert all_rows() == before


def test_a_second_other_file_is_refused(folder: Folder) -> None:
    folder.run(folder.answers(row()))
    message = folder.refused(folder.answers(row(), row()))
    assert f"“{TITLE}”" in message
    assert "Nothing was stored" in message


def test_the_same_answers_go_into_a_round_with_another_title(folder: Folder) -> None:
    file = folder.answers(row())
    folder.run(file)
    before = all_rows()
    folder.run(file, title="Leerscan 2027")
    assert all_rows()["scan_response"] == before["scan_response"] + 1


def test_a_round_that_was_asked_takes_no_file(cast: Cast, folder: Folder) -> None:
    with scope(organisation=cast.organisation):
        create_round(cast.organisation, TITLE, OPENS, CLOSES)
    message = folder.refused(folder.answers(row()))
    assert f"“{TITLE}”" in message
    assert "Nothing was stored" in message


def test_a_running_round_takes_no_file(cast: Cast, folder: Folder) -> None:
    with scope(organisation=cast.organisation):
        launched_round(cast)
    folder.refused(folder.answers(row()), title="Voorjaar")


def test_a_dry_run_stores_nothing_and_says_what_it_would_do(folder: Folder) -> None:
    before = all_rows()
    said = folder.run(folder.answers(row(), row()), "--dry-run")
    assert all_rows() == before
    assert "2 questionnaires in 3 units" in said
    assert "Nothing was stored" in said


def test_a_dry_run_makes_no_organisation_either(folder: Folder) -> None:
    before = all_rows()
    folder.run(folder.answers(row("Winkel"), row("Bakkerij")), "--dry-run", "--create", organisation="Nieuw Huis")
    assert all_rows() == before


def test_a_dry_run_finds_the_same_faults(folder: Folder) -> None:
    assert "row 2, column q01" in folder.refused(folder.answers(row(q01="6")), "--dry-run")


def test_after_a_dry_run_the_file_can_be_imported(folder: Folder) -> None:
    file = folder.answers(row(EAST))
    folder.run(file, "--dry-run")
    assert "1 questionnaires" in folder.run(file)


def test_a_round_needs_a_title(folder: Folder) -> None:
    for title in ("", "   "):
        assert "title" in folder.refused(folder.answers(row()), title=title)


def test_a_title_that_is_too_long_is_refused(folder: Folder) -> None:
    folder.refused(folder.answers(row()), title="a" * 121)
