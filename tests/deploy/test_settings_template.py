"""deploy/leerscan.env.example: every name in it is a setting, every value one that the start accepts."""

import re
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT

TEMPLATE = ROOT / "deploy" / "leerscan.env.example"
SETTING = re.compile(r"^(#?)((?:LEERSCAN_[A-Z_]+|DATABASE_URL))=(.*)$", re.MULTILINE)
# What nobody can do without, who serves people over https.
NEEDED = {
    "LEERSCAN_BASE_URL",
    "LEERSCAN_BEHIND_PROXY",
    "LEERSCAN_HOME",
    "LEERSCAN_SMTP_HOST",
    "LEERSCAN_SMTP_PORT",
    "LEERSCAN_FROM",
    "LEERSCAN_SENDER_DOMAINS",
}


def written(*, also_optional: bool) -> dict[str, str]:
    found = SETTING.findall(TEMPLATE.read_text(encoding="utf-8"))
    return {name: value.strip("'") for mark, name, value in found if also_optional or not mark}


def test_it_names_settings_that_exist_and_all_that_are_needed() -> None:
    read = set(re.findall(r'"(LEERSCAN_[A-Z_]+|DATABASE_URL)"', (ROOT / "config" / "settings.py").read_text("utf-8")))
    assert set(written(also_optional=True)) <= read
    assert set(written(also_optional=False)) >= NEEDED


def test_keys_stand_elsewhere() -> None:
    """This file is opened to change a mail server; the keys are not to be copied with it."""
    assert not {name for name in written(also_optional=True) if name.endswith("_KEY")}


def test_every_line_is_a_setting_or_a_remark() -> None:
    lines = TEMPLATE.read_text(encoding="utf-8").splitlines()
    assert all(not line or line.startswith("# ") or SETTING.fullmatch(line) for line in lines)


def test_an_installation_with_these_values_is_ready_for_https(tmp_path: Path) -> None:
    environment = written(also_optional=False) | {"LEERSCAN_HOME": str(tmp_path), "PATH": "/usr/bin:/bin"}
    done = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "ERROR"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "security." not in done.stderr
