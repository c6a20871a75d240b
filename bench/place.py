"""Where a benchmark runs: an empty folder and an empty database of its own, gone afterwards."""

import json
import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.postgres import PrivatePostgres

ROOT = Path(__file__).resolve().parent.parent
DATABASES = ("SQLite", "PostgreSQL")


@dataclass(frozen=True)
class Place:
    database: str
    folder: Path
    environment: dict[str, str]

    def call(self, module: str, *arguments: object) -> Any:
        """What `python -m module` says as JSON, in a process of its own: it sets up Django for this place."""
        command = [sys.executable, "-m", module, *map(str, arguments)]
        done = subprocess.run(command, cwd=ROOT, env=self.environment, check=True, stdout=subprocess.PIPE)
        return json.loads(done.stdout)

    def postgres_pids(self) -> list[int]:
        """The server and all its processes; none on SQLite."""
        if self.database == "SQLite":
            return []
        first = int((Path(self.environment["PGHOST"]) / "data" / "postmaster.pid").read_text().split()[0])
        children = Path(f"/proc/{first}/task/{first}/children").read_text(encoding="ascii").split()
        return [first, *map(int, children)]


@contextmanager
def place(database: str) -> Iterator[Place]:
    """PostgreSQL is private and without fsync (tests/postgres.py): the same for both sides of a comparison."""
    with tempfile.TemporaryDirectory(prefix="leerscan-bench-") as name, _url(database, Path(name)) as url:
        environment = {key: value for key, value in os.environ.items() if not key.startswith("LEERSCAN_")} | {
            "LEERSCAN_HOME": name,
            "DATABASE_URL": url,
            "LEERSCAN_SCAN_KEY": secrets.token_urlsafe(48),
            "LEERSCAN_SECRET_KEY": secrets.token_urlsafe(48),
        }
        # A shell's settings for other purposes stay out of what is measured.
        for variable in ("DJANGO_SETTINGS_MODULE", "PYTHONDONTWRITEBYTECODE"):
            environment.pop(variable, None)
        yield Place(database, Path(name), environment)


@contextmanager
def _url(database: str, folder: Path) -> Iterator[str]:
    if database == "SQLite":
        yield f"sqlite://{folder}/leerscan.sqlite3"
        return
    with postgres_server() as url:
        yield url


@contextmanager
def postgres_server() -> Iterator[str]:
    """A private one, and PGHOST set to it; answers the URL of its first database."""
    server, before = PrivatePostgres(), os.environ.get("PGHOST")
    try:
        url = server.start()
        os.environ["PGHOST"] = str(server.folder)
        yield url
    finally:
        server.stop()
        if before is None:
            os.environ.pop("PGHOST", None)
        else:
            os.environ["PGHOST"] = before
