"""What `manage.py serve` says when it cannot begin."""

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from jobs.serving import Address, _is_taken
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
        assert _is_taken(Address("::1", port))
        assert not _is_taken(Address("127.0.0.1", port))
    assert not _is_taken(Address("nobody.invalid", 8000))
