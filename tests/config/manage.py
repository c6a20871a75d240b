"""`manage.py` as somebody runs it on a machine of their own: with these settings, and none of the tests'."""

import os
import subprocess
import sys

from tests.conftest import ROOT

OF_TESTS = ("LEERSCAN_", "DATABASE_", "DJANGO_", "PG")


def manage(*arguments: str, **settings: str) -> "subprocess.CompletedProcess[str]":
    clean = {name: value for name, value in os.environ.items() if not name.startswith(OF_TESTS)}
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=ROOT, env=clean | settings, capture_output=True, text=True, check=False)
