"""The systemd units of deploy/: systemd reads them, they start commands there are, and may write nowhere else."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class

from tests.conftest import ROOT

UNITS = ROOT / "deploy" / "systemd"
SERVICES = sorted(file.name for file in UNITS.glob("*.service"))
PROGRAM = "/opt/leerscan/.venv/bin/python manage.py "
HARDENED = {
    "User": "leerscan",
    "NoNewPrivileges": "yes",
    "CapabilityBoundingSet": "",
    "ProtectSystem": "strict",
    "ProtectHome": "yes",
    "PrivateTmp": "yes",
    "PrivateDevices": "yes",
    "RestrictAddressFamilies": "AF_INET AF_INET6 AF_UNIX",
    "MemorySwapMax": "0",
    "LimitCORE": "0",
    "UMask": "0077",
}


def service(name: str) -> dict[str, str]:
    """What stands in its section [Service]; a name that stands twice has both values, with a space between."""
    found: dict[str, str] = {}
    section = (UNITS / name).read_text(encoding="utf-8").partition("[Service]")[2].partition("\n[")[0]
    for line in section.splitlines():
        setting, equals, value = line.partition("=")
        if equals and not line.startswith("#"):
            found[setting] = f"{found[setting]} {value}" if setting in found else value
    return found


def test_there_is_one_for_each_way_to_run_it() -> None:
    assert SERVICES == [
        "leerscan-backup.service",
        "leerscan-web.service",
        "leerscan-worker.service",
        "leerscan.service",
    ]


@pytest.mark.parametrize("name", SERVICES)
def test_it_may_write_in_its_own_folders_only(name: str) -> None:
    found = service(name)
    assert {setting: found.get(setting) for setting in HARDENED} == HARDENED
    assert re.fullmatch(r"\d+[MG]", found["MemoryMax"])
    assert found["EnvironmentFile"].split() == ["/etc/leerscan/leerscan.env", "/etc/leerscan/keys.env"]
    assert "_KEY=" not in (UNITS / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", SERVICES)
def test_it_starts_a_command_that_takes_these_options(name: str) -> None:
    line = service(name)["ExecStart"]
    assert line.startswith(PROGRAM)
    command, *arguments = line.removeprefix(PROGRAM).split()
    parser = load_command_class(get_commands()[command], command).create_parser("manage.py", command)
    parser.parse_args(arguments)


@pytest.mark.parametrize("name", ["leerscan.service", "leerscan-worker.service"])
def test_who_does_the_long_work_computes_with_one_thread(name: str) -> None:
    assert "OPENBLAS_NUM_THREADS=1" in service(name)["Environment"]


def test_systemd_understands_them(tmp_path: Path) -> None:
    analyze = shutil.which("systemd-analyze")
    if analyze is None:  # `make rehearse` starts them under a real systemd in any case
        return
    for file in UNITS.iterdir():
        text = file.read_text(encoding="utf-8").replace("/opt/leerscan/.venv/bin/python", "/bin/true")
        (tmp_path / file.name).write_text(text, encoding="utf-8")
    files = [str(file) for file in tmp_path.iterdir()]
    done = subprocess.run([analyze, "verify", "--man=no", *files], capture_output=True, text=True, check=False)
    complaints = [line for line in done.stderr.splitlines() if "leerscan" in line]
    assert complaints == []
    assert done.returncode == 0, done.stderr
