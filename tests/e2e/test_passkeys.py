"""Which pages there are is settled when the settings are read, so passkeys are tested in a process of their own."""

import os
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT


def test_passkeys_work_where_they_are_switched_on(tmp_path: Path) -> None:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST_")}
    environment |= {"LEERSCAN_PASSKEYS": "1", "LEERSCAN_HOME": str(tmp_path)}
    command = [sys.executable, "-m", "pytest", "tests/e2e/passkeys_on.py", "-n0", "-q", "-p", "no:randomly"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert "1 passed" in done.stdout, done.stdout[-4000:] + done.stderr[-2000:]
