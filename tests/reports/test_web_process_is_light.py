"""design.md 5: a web process imports nothing heavy. Files are made by jobs."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT

HEAVY = ("scipy", "plotly", "weasyprint", "openpyxl", "pptx")
SCRIPT = """
import json, sys
from config.wsgi import application
import config.urls
from django.urls import resolve
token = "a" * 42
for path in ("/", "/healthz", "/o/huis/", "/o/huis/r/ronde/", f"/a/{token}/", f"/a/{token}/1/", f"/a/{token}/send/",
             "/o/huis/r/ronde/u/00000000-0000-4000-8000-000000000000/pdf/nl/", "/accounts/login/"):
    assert resolve(path).func
print(json.dumps(sorted(name.partition(".")[0] for name in sys.modules)))
"""


def test_loading_every_address_imports_nothing_heavy(tmp_path: Path) -> None:
    environment = {**os.environ, "LEERSCAN_HOME": str(tmp_path), "PYTHONPATH": str(ROOT)}
    environment.pop("DATABASE_URL", None)
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    loaded = set(json.loads(done.stdout))
    assert "reports" in loaded
    assert "scan" in loaded
    assert loaded.isdisjoint(HEAVY)
