"""`manage.py` with a wrong setting: one line that names it, instead of a traceback."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.config.manage import manage
from tests.conftest import ROOT


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ({"LEERSCAN_SMTP_PORT": "abc"}, "write a whole number."),
        ({"LEERSCAN_SMTP_PORT": "65536"}, "from 1 to 65535."),
        ({"LEERSCAN_SMTP_TLS": "1", "LEERSCAN_SMTP_SSL": "1"}, "LEERSCAN_SMTP_SSL=1 with port 465."),
        ({"LEERSCAN_BASE_URL": "scan.example.org"}, "https://scan.example.org"),
        ({"LEERSCAN_LOG_LEVEL": "LOUD"}, "write WARNING, DEBUG, INFO, ERROR or CRITICAL."),
        ({"LEERSCAN_MAILS_PER_MINUTE": "0"}, "of 1 or more."),
        ({"LEERSCAN_REMINDERS_PER_MINUTE": "0"}, "of 1 or more."),
        ({"LEERSCAN_HOME": "/proc/none"}, "may write."),
        ({"DATABASE_URL": "postgresql://u:Zx9secret/rest@h/n"}, "%2F"),
    ],
    ids=str,
)
def test_a_wrong_setting_is_one_line_that_names_it(tmp_path: Path, wrong: dict[str, str], right: str) -> None:
    done = manage("check", **{"LEERSCAN_HOME": str(tmp_path)} | wrong)
    (line,) = done.stderr.splitlines()
    assert done.returncode == 1
    assert done.stdout == ""
    assert right in line
    assert all(name in line for name in wrong)
    assert "secret" not in line


@pytest.mark.parametrize("command", ["serve", "migrate"])
def test_so_it_is_for_our_commands_which_django_does_not_find_then_and_for_its_own(
    tmp_path: Path, command: str
) -> None:
    done = manage(command, LEERSCAN_HOME=str(tmp_path), LEERSCAN_SMTP_PORT="abc")
    assert (done.returncode, done.stderr) == (1, "LEERSCAN_SMTP_PORT is 'abc'; write a whole number.\n")


def test_other_errors_are_those_of_django(tmp_path: Path) -> None:
    done = manage("surf", LEERSCAN_HOME=str(tmp_path))
    assert done.returncode == 1
    assert done.stderr.startswith("Unknown command: 'surf'")
    helped = manage("help", LEERSCAN_HOME=str(tmp_path), LEERSCAN_SMTP_PORT="abc")
    assert helped.returncode == 0
    assert "LEERSCAN_SMTP_PORT is 'abc'" in helped.stdout


def test_a_fault_of_the_program_after_the_start_keeps_its_traceback(tmp_path: Path) -> None:
    """Django uses the same exception for what a setting has nothing to do with."""
    (tmp_path / "faulty.py").write_text("from config.settings import *\nINSTALLED_APPS = [*INSTALLED_APPS, 'broken']\n")
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "__init__.py").touch()
    (tmp_path / "broken" / "apps.py").write_text(
        "from django.apps import AppConfig\nclass Broken(AppConfig):\n    pass\n", encoding="utf-8"
    )
    done = manage("check", LEERSCAN_HOME=str(tmp_path), DJANGO_SETTINGS_MODULE="faulty", PYTHONPATH=str(tmp_path))
    assert done.returncode == 1
    assert done.stderr.startswith("Traceback")
    assert "ImproperlyConfigured" in done.stderr


INTERRUPTED = """
import os, signal, runpy, time
from django.core import management
def interrupted(argv):
    os.kill(os.getpid(), signal.SIGINT)
    time.sleep(30)
management.execute_from_command_line = interrupted
runpy.run_path("manage.py", run_name="__main__")
"""
LIKE_A_SHELL = {name: value for name, value in os.environ.items() if name not in ("INVOCATION_ID", "PYTHONUNBUFFERED")}


@pytest.mark.parametrize(("more", "code"), [({}, -signal.SIGINT), ({"INVOCATION_ID": "x"}, 130)], ids=["", "systemd"])
def test_ctrl_c_is_one_line_and_ends_a_script_that_runs_the_command_too(more: dict[str, str], code: int) -> None:
    command = [sys.executable, "-c", INTERRUPTED]
    done = subprocess.run(
        command, cwd=ROOT, env=LIKE_A_SHELL | more, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == code
    assert done.stderr == "\nInterrupted before it was done.\n"


def test_a_reader_that_stops_reading_is_one_line(tmp_path: Path) -> None:
    command = [sys.executable, "manage.py", "help"]
    environment = LIKE_A_SHELL | {"LEERSCAN_HOME": str(tmp_path)}
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        said = process.stderr.read().decode()
    assert process.returncode == 1
    assert said == "Nobody reads what this command says, so it ended before it had said all.\n"


@pytest.mark.parametrize(
    "command",
    [
        ("backup", ""),
        ("restore", " "),
        ("report", "a/b", "--all", ""),
        ("export", "a/b", "--format", "json", "--out", ""),
        ("privacy_file", "a/b", "--output", ""),
        ("serve", "--mail-folder", ""),
        ("import_people", "a", ""),
    ],
    ids=lambda command: command[0],
)
def test_an_empty_name_of_a_file_is_not_the_folder_that_one_is_in(command: tuple[str, ...]) -> None:
    with pytest.raises(CommandError, match=r"it is empty; name a file or a folder"):
        call_command(*command)
