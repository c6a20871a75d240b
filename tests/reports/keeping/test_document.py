"""The commands of "Backup and restore" in docs/administration.md, as they stand, where nobody set LEERSCAN_HOME."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from tests.conftest import ROOT
from tests.reports.keeping.conftest import Installation
from tests.reports.keeping.places import environment_in
from tools.rehearse import document

BLOCKS = [
    block.commands
    for block in document.read_blocks((ROOT / document.DOCUMENT).read_text(encoding="utf-8"))
    if block.section == "Backup and restore"
]
PYTHON = f"""#!/bin/sh
shift
exec {sys.executable} {ROOT}/manage.py "$@"
"""


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A folder that looks like that of the program, with keys where it makes them by itself."""
    folder = tmp_path / "program"
    python = folder / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(PYTHON)
    python.chmod(0o755)
    (folder / "var" / "keys").mkdir(parents=True)
    (folder / "var" / "keys" / "scan_key").write_text("a key")
    return folder


def shell(lines: list[str], folder: Path, environment: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        ["bash"], input="\n".join(lines), env=environment, cwd=folder, capture_output=True, text=True, check=False
    )


def test_they_work_as_they_stand(installation: Installation, program: Path, elsewhere: Path | str) -> None:
    environment = environment_in(connection.settings_dict["NAME"], program)
    del environment["LEERSCAN_HOME"]
    if connection.vendor == "postgresql":
        environment["REHEARSAL_DATABASE_URL"] = f"postgresql://leerscan@/{elsewhere}"
    done = shell(["set -e", *(line for block in BLOCKS for line in block)], program, environment)
    assert done.returncode == 0, done.stderr
    assert "Restored: " in done.stdout
    assert len(list((program / "var" / "backups").glob("leerscan-backup-*.zip"))) == 1
    assert (program / "keys-kept-apart" / "scan_key").read_text() == "a key"


def test_in_a_shell_of_its_own_none_does_nothing_in_silence(program: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "LEERSCAN_HOME"}
    assert len(BLOCKS) > 3
    for block in BLOCKS[1:]:
        done = shell(["set -e", *block], program, environment)
        assert done.returncode != 0
        assert "LEERSCAN_HOME: parameter null or not set" in done.stderr
