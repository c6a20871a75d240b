"""A fault that a person can mend becomes one clear message and exit code 1."""

import os
import pwd
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, NoReturn

import psycopg
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, DataError, IntegrityError, OperationalError, ProgrammingError
from django.utils import translation

from jobs.database_faults import in_a_line
from organisations import commands
from organisations.commands import InputError, OwnCommand


class Command(OwnCommand):
    def __init__(self, act: Callable[[], object]) -> None:
        super().__init__()
        self._act = act

    def work(self, options: dict[str, Any]) -> None:
        self.stdout.write(str(self._act()))


def failing(fault: Exception) -> Callable[[], object]:
    def act() -> object:
        raise fault

    return act


def test_a_fault_in_the_input_is_one_message_without_a_trace() -> None:
    with pytest.raises(CommandError, match=r"^Regel 3: geen afdeling\.$") as caught:
        call_command(Command(failing(InputError("Regel 3: geen afdeling."))))
    assert caught.value.returncode == 1


def undefined_table() -> ProgrammingError:
    """As Django raises what psycopg raises."""
    fault = ProgrammingError('relation "scan_round" does not exist')
    fault.__cause__ = psycopg.errors.UndefinedTable('relation "scan_round" does not exist')
    return fault


@pytest.mark.parametrize(
    "fault", [OperationalError("no such table: scan_round"), undefined_table()], ids=["SQLite", "PostgreSQL"]
)
def test_a_database_without_tables_says_what_to_do(fault: Exception) -> None:
    with pytest.raises(CommandError, match=r"manage\.py migrate"):
        call_command(Command(failing(fault)))


def of_psycopg(fault: Exception) -> Callable[[], object]:
    def make() -> object:
        raise OperationalError(*fault.args) from fault

    return make


def of_sqlite(address: str, sql: str) -> Callable[[], object]:
    def make() -> None:
        try:
            with closing(sqlite3.connect(f"file:{address}", uri=True)) as opened:
                opened.execute(sql)
        except sqlite3.OperationalError as fault:
            raise OperationalError(*fault.args) from fault
        except sqlite3.DatabaseError as fault:
            raise DatabaseError(*fault.args) from fault

    return make


def test_a_database_that_cannot_be_used_says_why_in_one_line(tmp_path: Path) -> None:
    sqlite3.connect(tmp_path / "there").close()
    (tmp_path / "letter").write_text("Dear administrator, " * 100)
    faults = {
        "file is not a database": of_sqlite(f"{tmp_path}/letter", "SELECT * FROM sqlite_master"),
        "unable to open database file": of_sqlite(f"{tmp_path}/nowhere/x", "SELECT 1"),
        "attempt to write a readonly database": of_sqlite(f"{tmp_path}/there?mode=ro", "CREATE TABLE a (b)"),
        'FATAL:  database "nodb" does not exist': of_psycopg(
            psycopg.OperationalError('FATAL:  database "nodb" does not exist\nDETAIL: anna@example.test')
        ),
        "could not extend file": of_psycopg(psycopg.errors.DiskFull("could not extend file\nanna@example.test")),
    }
    for why, make in faults.items():
        with pytest.raises(CommandError) as said:
            call_command(Command(make))
        assert f"De database is niet te gebruiken: {why}." in str(said.value)
        assert "migrate" not in str(said.value)
        assert "anna@" not in str(said.value)


def test_what_a_database_says_of_its_rows_is_never_said_again() -> None:
    with closing(sqlite3.connect(":memory:")) as opened:
        opened.execute("CREATE TABLE person (email TEXT)")
        opened.execute("INSERT INTO person VALUES (CAST(x'616e6e61406578616d706c652e74657374ff' AS TEXT))")
        with pytest.raises(sqlite3.OperationalError, match="anna@") as damaged:
            opened.execute("SELECT email FROM person").fetchone()
    unreadable = OperationalError(*damaged.value.args)
    unreadable.__cause__ = damaged.value
    assert in_a_line(unreadable) == "OperationalError"
    there = psycopg.errors.UniqueViolation("Key (email)=(anna@example.test) already exists.")
    doubled = IntegrityError(*there.args)
    doubled.__cause__ = there
    assert in_a_line(doubled) == "IntegrityError"


@pytest.mark.parametrize("has_name", [True, False])
def test_whose_file_it_is_goes_by_the_process_and_not_by_the_environment(
    monkeypatch: pytest.MonkeyPatch, *, has_name: bool
) -> None:
    def unknown(number: int) -> NoReturn:
        raise KeyError(number)

    monkeypatch.setenv("USER", "somebody-else")
    monkeypatch.setenv("LOGNAME", "somebody-else")
    name = pwd.getpwuid(os.geteuid()).pw_name
    if not has_name:
        monkeypatch.setattr(pwd, "getpwuid", unknown)
    assert commands._user() == (name if has_name else str(os.geteuid()))


@pytest.mark.parametrize(
    "fault", [DataError("x"), OperationalError("no such column: a"), KeyError("x"), RuntimeError("x")]
)
def test_any_other_fault_stays_as_it_is(fault: Exception) -> None:
    with pytest.raises(type(fault)):
        call_command(Command(failing(fault)))


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "nl"),
        ({"LANG": "C.UTF-8"}, "nl"),
        ({"LANG": "nl_NL.UTF-8"}, "nl"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "nl_NL.UTF-8", "LC_ALL": "en_US.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "nl_NL.UTF-8"}, "nl"),
    ],
)
def test_a_command_speaks_the_language_of_the_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], environment: dict[str, str], language: str
) -> None:
    for name in ("LANG", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    with translation.override("nl"):
        call_command(Command(translation.get_language))
        assert translation.get_language() == "nl"
    assert capsys.readouterr().out.strip() == language
