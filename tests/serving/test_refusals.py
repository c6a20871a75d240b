"""What `manage.py serve` says when it cannot begin."""

import socket
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from jobs.serving import Address, ServingError, _refuse_unusable
from tests.conftest import ROOT
from tests.serving.own_process import environment_of_the_test, steady_port


def said(tmp_path: Path, *arguments: object, **settings: str) -> str:
    environment = environment_of_the_test() | {"DATABASE_URL": "", "LEERSCAN_HOME": str(tmp_path)} | settings
    environment["LEERSCAN_BASE_URL"] = f"http://127.0.0.1:{steady_port()}"
    command = [sys.executable, "manage.py", *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    return done.stderr


def test_a_database_without_tables(tmp_path: Path) -> None:
    assert "The database has no tables yet. Run: manage.py migrate" in said(tmp_path, "serve")


@pytest.mark.parametrize("is_folder_wrong", [True, False])
def test_mails_that_cannot_be_taken(tmp_path: Path, *, is_folder_wrong: bool) -> None:
    """A port that is in use, or a folder that is a file."""
    environment = environment_of_the_test() | {"DATABASE_URL": "", "LEERSCAN_HOME": str(tmp_path)}
    subprocess.run(
        [sys.executable, "manage.py", "migrate"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        timeout=120,
        check=True,
    )
    folder = tmp_path / "mail"
    if is_folder_wrong:
        folder.write_text("a file")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = steady_port() if is_folder_wrong else taken.getsockname()[1]
        words = said(tmp_path, "serve", "--mail-folder", folder, LEERSCAN_SMTP_PORT=str(port))
    assert f"No mail can be taken on port {port} and written to {folder}: " in words
    assert ("File exists" if is_folder_wrong else "in use") in words


def test_a_port_counts_as_taken_on_any_kind_of_address() -> None:
    with socket.create_server(("::1", 0), family=socket.AF_INET6) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ServingError, match=f"^Port {port} is in use"):
            _refuse_unusable(Address("::1", port))
        _refuse_unusable(Address("127.0.0.1", port))


def test_a_port_counts_as_taken_too_where_one_listens_on_all_addresses() -> None:
    with socket.create_server(("0.0.0.0", 0)) as taken:  # noqa: S104 -- for a moment, and it takes nothing in
        port = taken.getsockname()[1]
        with pytest.raises(ServingError, match=f"^Port {port} is in use"):
            _refuse_unusable(Address("127.0.0.1", port))


def test_an_address_of_another_machine() -> None:
    with pytest.raises(ServingError, match=r"^203\.0\.113\.9 is no address of this machine"):
        _refuse_unusable(Address("203.0.113.9", steady_port()))


def test_pages_and_mail_at_one_port() -> None:
    port = steady_port()
    with pytest.raises(ServingError, match=f"cannot both come to port {port}"):
        _refuse_unusable(Address("127.0.0.1", port), port)


@pytest.mark.parametrize("command", ["serve", "web", "demo"])
@pytest.mark.parametrize(
    ("option", "value", "words"),
    [
        ("--host", "nobody.invalid", "is no IP address; write one of this machine"),
        ("--host", "", "is no IP address; write one of this machine"),
        ("--port", "0", "is no whole number of 1 or more"),
        ("--port", "70000", "from 1 to 65535"),
        ("--processes", "0", "is no whole number of 1 or more"),
        ("--processes", "-1", "is no whole number of 1 or more"),
        ("--port", "7", "; start with --port "),
    ],
)
def test_options_that_cannot_be(command: str, option: str, value: str, words: str) -> None:
    with pytest.raises(CommandError) as fault:
        call_command(command, f"{option}={value}")
    assert words in str(fault.value)
    assert option in str(fault.value)
