"""Which software makes the files: a file of before an upgrade is never handed out as one of after it."""

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.conf import settings

SOURCES = (
    "reports/**/*.py",
    "reports/texts/*.toml",
    "templates/reports/*",
    "charts/*.py",
    "jobs/*.py",
    "measurement/*.py",
    "questionnaires/*.py",
    "locale/**/*.po",
)
"""What files are made with and from, beside the release itself."""


@cache
def fingerprint() -> str:
    """Read once in a process: new software is a new process."""
    digest = hashlib.sha256()
    base = Path(settings.BASE_DIR)
    for path in _sources(base):
        # Web and worker may stand in different folders, on different machines.
        digest.update(path.relative_to(base).as_posix().encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _sources(base: Path) -> Iterator[Path]:
    for pattern in SOURCES:
        yield from sorted(path for path in base.glob(pattern) if path.is_file())
