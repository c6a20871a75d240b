"""No staff list within the limit of an upload takes more time and memory than a worker has (make properties)."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

SIZE = 9_900_000
SECONDS, MEGABYTES = 60, 700
RUN = "import django; django.setup(); import runpy; runpy.run_module('tests.fuzz.heavy', run_name='__main__')"


@pytest.mark.chaos
def test_every_file_is_done_within_bounds(tmp_path: Path) -> None:
    """Seconds of the processor, and the most that the process ever held."""
    environment = {**os.environ, "LEERSCAN_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "config.settings"}
    done = subprocess.run(
        [sys.executable, "-c", RUN, str(SIZE)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    lines = [line.split("|") for line in done.stdout.splitlines()]
    assert len(lines) == 23
    assert {name: seconds for name, _outcome, seconds, _peak in lines if float(seconds) > SECONDS} == {}
    assert max(int(peak) for *_rest, peak in lines) < MEGABYTES
