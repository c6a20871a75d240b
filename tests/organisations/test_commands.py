"""A fault that a person can mend becomes one clear message and exit code 1."""

from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DataError, OperationalError, ProgrammingError
from django.utils import translation

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


@pytest.mark.parametrize(
    "why",
    [
        "attempt to write a readonly database",
        'connection failed: FATAL:  database "nodb" does not exist',
        "unable to open database file",
    ],
)
def test_a_database_that_cannot_be_used_says_why_in_one_line(why: str) -> None:
    fault = OperationalError(f"{why}\nDETAIL: (a row, anna@example.test)")
    with pytest.raises(CommandError) as said:
        call_command(Command(failing(fault)))
    assert f"De database is niet te gebruiken: {why}." in str(said.value)
    assert "migrate" not in str(said.value)
    assert "anna@" not in str(said.value)


@pytest.mark.parametrize("fault", [DataError("x"), KeyError("x"), RuntimeError("x")])
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
