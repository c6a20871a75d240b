"""A fault that a person can mend becomes one clear message and exit code 1."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import OperationalError, ProgrammingError
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


@pytest.mark.parametrize(
    "fault",
    [OperationalError("no such table: scan_round"), ProgrammingError('relation "scan_round" does not exist')],
    ids=["SQLite", "PostgreSQL"],
)
def test_a_database_without_tables_says_what_to_do(fault: Exception) -> None:
    with pytest.raises(CommandError, match=r"manage\.py migrate"):
        call_command(Command(failing(fault)))


@pytest.mark.parametrize("fault", [OperationalError("database is locked"), KeyError("x"), RuntimeError("x")])
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
