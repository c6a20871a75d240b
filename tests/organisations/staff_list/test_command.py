"""manage.py import_people: prints what changes, and exits 1 with faults, storing nothing."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django_scopes import scope, scopes_disabled

from organisations.department_changes import rename_department
from organisations.models import Department, LogEntry, Organisation, Person
from tests.cast import Cast
from tests.conftest import SAMPLES
from tests.organisations.staff_list.files import csv_file, list_of, someone, staff, workbook
from tests.organisations.staff_list.test_planning import TWO

pytestmark = pytest.mark.django_db
ORGANISATION = "Zorggroep De Linde"


@pytest.fixture(autouse=True)
def _english_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")


class Terminal:
    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self._folder = folder
        self._capsys = capsys

    def run(self, content: bytes, *options: str, organisation: str = ORGANISATION) -> str:
        file = self._folder / "lijst.csv"
        file.write_bytes(content)
        call_command("import_people", organisation, str(file), *options)
        return self._capsys.readouterr().out

    def refused(self, content: bytes, *options: str, organisation: str = ORGANISATION) -> tuple[str, str]:
        """What was printed, and the message; exit code 1."""
        with pytest.raises(CommandError) as refusal:
            self.run(content, *options, organisation=organisation)
        assert refusal.value.returncode == 1
        return self._capsys.readouterr().out, str(refusal.value)


@pytest.fixture
def terminal(cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Terminal:
    return Terminal(tmp_path, capsys)


def people_count() -> int:
    with scopes_disabled():
        return Person.objects.count()


def test_it_prints_who_is_added_changed_moved_and_left_out(cast: Cast, terminal: Terminal) -> None:
    terminal.run(list_of(someone(1), someone(2, "Bos"), someone(3, "Vos")))
    said = terminal.run(
        list_of(
            someone(1, "Janssen"), someone(2, "Bos", department="Facilitair / Keuken"), someone(4, "Kok"), ["Totaal"]
        )
    )
    assert "Added: 1\n  row 4 Jan Kok: Zorg / Nachtdienst\n" in said
    assert "Changed: 1\n  row 2 Jan Janssen: Last name\n" in said
    assert "Moved: 1\n  row 3 Jan Bos: Zorg / Nachtdienst → Facilitair / Keuken\n" in said
    assert "Left out: 1\n  row 5 Totaal: a total\n" in said
    assert "On our staff list but not in the file (they stay): 1\n  Jan Vos (3)\n" in said
    assert "is up to date" in said
    with scope(organisation=cast.organisation):
        assert [row[3] for row in staff()] == ["Janssen", "Bos", "Vos", "Kok"]
        assert LogEntry.objects.filter(action="import_staff").count() == 2


def test_faults_are_printed_with_row_column_and_remedy_and_nothing_is_stored(terminal: Terminal) -> None:
    said, message = terminal.refused((SAMPLES / "staff-list-with-errors.csv").read_bytes())
    assert "Faults: 7" in said
    assert "Put right: 2" in said
    assert "row 29, column Taal: “xx” This language is not known here. Write nl or en" in said
    assert "Nothing was changed" in message
    assert people_count() == 0
    with scopes_disabled():
        assert not LogEntry.objects.exists()


def test_a_dry_run_stores_nothing(terminal: Terminal) -> None:
    said = terminal.run(list_of(someone(1, department="Nieuw")), "--dry-run")
    assert "Added: 1" in said
    assert "nothing was stored" in said
    assert people_count() == 0
    with scopes_disabled():
        assert not Department.objects.filter(path="Nieuw").exists()


def test_an_organisation_that_is_not_there_is_made_only_on_request(terminal: Terminal) -> None:
    _said, message = terminal.refused(list_of(someone(1)), organisation="Nieuw Huis")
    assert "--create" in message
    terminal.run(list_of(someone(1)), "--create", "--dry-run", organisation="Nieuw Huis")
    assert not Organisation.objects.filter(name="Nieuw Huis").exists()
    terminal.run(list_of(someone(1)), "--create", organisation="Nieuw Huis")
    with scope(organisation=Organisation.objects.get(name="Nieuw Huis")):
        assert len(staff()) == 1


def test_with_faults_no_organisation_is_made_either(terminal: Terminal) -> None:
    terminal.refused(list_of(someone(1, email="geen")), "--create", organisation="Nieuw Huis")
    assert not Organisation.objects.filter(name="Nieuw Huis").exists()


def test_a_complete_list_marks_who_is_missing_as_having_left(terminal: Terminal) -> None:
    terminal.run(list_of(someone(1), someone(2, "Bos")))
    assert "Has left: 1\n  Jan Bos (2)\n" in terminal.run(list_of(someone(1)), "--complete")
    with scopes_disabled():
        assert Person.objects.get(left_on=None).number == "1"


def test_two_contracts_are_settled_on_the_command_line(terminal: Terminal) -> None:
    said, _message = terminal.refused(TWO)
    assert '--department-of "1=Facilitair"' in said
    terminal.run(TWO, "--department-of", "1=Facilitair")
    with scopes_disabled():
        assert Person.objects.get(number="1").department.path == "Facilitair"


UNKNOWN = csv_file([["Collega", "Eenheid", "Nr"], ["Jan Vos", "Zorg", "1"], ["Piet Bos", "Zorg", "2"]])


def test_what_the_columns_hold_can_be_said(terminal: Terminal) -> None:
    said, _message = terminal.refused(UNKNOWN)
    assert '--column "HEADING=family_name"' in said
    assert "below" not in said
    said = terminal.run(UNKNOWN, "--column", "collega=full_name", "--column", "B=department", "--column", "Nr=")
    assert "A Collega: Full name in one column" in said
    assert "C Nr: not used" in said
    with scopes_disabled():
        assert set(Person.objects.values_list("number", "family_name")) == {("", "Vos"), ("", "Bos")}


def test_what_is_said_of_one_column_makes_room_among_the_others(terminal: Terminal) -> None:
    content = csv_file(
        [["Naam", "Afdeling", "Team", "Rang"], ["Bos", "Zorg", "Rood", "x"], ["Vos", "Zorg", "Blauw", "y"]]
    )
    terminal.run(content, "--column", "Team=department", "--column", "Rang=")
    with scopes_disabled():
        assert set(Person.objects.values_list("department__path", flat=True)) == {"Rood", "Blauw"}


@pytest.mark.parametrize(
    ("option", "words"),
    [
        ("Collega=naam", "heading=field"),
        ("Collega", "heading=field"),
        ("=email", "heading=field"),
        ("Wie=full_name", "There is no column “Wie”. Choose one of: A Collega, B Eenheid, C Nr."),
    ],
)
def test_a_column_that_says_nothing_is_refused(option: str, words: str, terminal: Terminal) -> None:
    assert words in terminal.refused(UNKNOWN, "--column", option)[1]


def test_the_sheet_is_said_and_can_be_chosen(cast: Cast, terminal: Terminal) -> None:
    rows: list[list[object]] = [["Nr", "Achternaam", "Afdeling"], [1, "Bos", "Zorg"]]
    book = workbook(("Een", [*rows, [2, "Vos", "Zorg"]]), ("Twee", rows))
    said = terminal.run(book, "--dry-run")
    assert "Sheet: Een\nNot read: Twee (choose with --sheet)\n" in said
    said = terminal.run(book, "--sheet", "Twee")
    assert "Sheet: Twee\n" in said
    assert people_count() == 1
    assert "Choose one of: Een, Twee." in terminal.refused(book, "--sheet", "Drie")[1]


def test_what_is_called_otherwise_and_who_is_left_alone_is_printed(cast: Cast, terminal: Terminal) -> None:
    terminal.run(list_of(someone(1), someone(2, "Bos")))
    with scope(organisation=cast.organisation):
        rename_department(cast.organisation, cast.departments["zorg / nachtdienst"].pk, "Nachtzorg")
    said = terminal.run(list_of(someone(1), someone(2, "Bos", department="Staf")))
    assert "Called otherwise here: 1\n  Zorg / Nachtdienst → Zorg / Nachtzorg\n" in said
    said = terminal.run(list_of(someone(1, department="Staf")))
    assert "Nobody is left in: 2\n  Zorg (has a role for it: Mo)\n  Zorg / Nachtzorg\n" in said


@pytest.mark.parametrize("text", ["1", "=Zorg", "1="])
def test_a_choice_that_says_nothing_is_refused(text: str, terminal: Terminal) -> None:
    assert "number=department" in terminal.refused(TWO, "--department-of", text)[1]


def test_a_file_that_is_not_there_is_refused(terminal: Terminal, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_people", ORGANISATION, str(tmp_path / "nergens.csv"))


def test_a_file_that_is_no_list_is_refused(terminal: Terminal) -> None:
    assert "web page" in terminal.refused(b"<html>")[1]


def test_what_could_be_read_otherwise_is_printed(terminal: Terminal) -> None:
    out = terminal.run(b"Naam;Afdeling;Status\nJan Bos;Zorg;Zwevend\n", "--dry-run")
    assert "Look at this first: 1" in out
    assert "we do not know the word \u201cZwevend\u201d" in out
