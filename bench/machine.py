"""The machine that was measured on."""

import os
import platform
import subprocess
from pathlib import Path

from tests.postgres import _find


def machine() -> dict[str, str | int | float]:
    return {
        "cpu": _field("/proc/cpuinfo", "model name", ":"),
        "cores": os.process_cpu_count() or 1,
        "memory_gb": round(int(_field("/proc/meminfo", "MemTotal", ":").split()[0]) * 1024 / 1e9, 1),
        "system": _field("/etc/os-release", "PRETTY_NAME", "=").strip('"'),
        "python": platform.python_version(),
        "postgresql": _postgresql(),
        # Of the minute before: above half of the cores the figures speak of other work too.
        "load_at_start": round(os.getloadavg()[0], 2),
    }


def _field(file: str, name: str, between: str) -> str:
    for line in Path(file).read_text(encoding="utf-8").splitlines():
        key, found, value = line.partition(between)
        if found and key.strip() == name:
            return value.strip()
    return "unknown"


def _postgresql() -> str:
    try:
        said = subprocess.run([_find("postgres"), "--version"], check=True, capture_output=True, text=True)
    except (OSError, subprocess.CalledProcessError):
        return "not installed"
    return said.stdout.split()[2]
