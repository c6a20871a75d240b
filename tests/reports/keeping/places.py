"""What tests of keeping share: an empty place of the same kind as the test's database, and commands on any place."""

import io
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from django.core.management import call_command
from django.db import connection

from reports.keeping import contents, databases
from tests.conftest import ROOT
from tests.serving.own_process import environment_of_the_test

MINUTES = 180


@contextmanager
def empty_place(folder: Path) -> Iterator[Path | str]:
    """A file that is not there yet, or a new database on the same server."""
    if connection.vendor == "sqlite":
        yield folder / "elsewhere" / "leerscan.sqlite3"
        return
    name = f"elsewhere_{uuid4().hex[:12]}"
    _on_server(f"CREATE DATABASE {name} TEMPLATE template0")
    try:
        yield name
    finally:
        _on_server(f"DROP DATABASE {name} WITH (FORCE)")


def _on_server(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def command(*arguments: object) -> str:
    """In this process; answers what it says."""
    out = io.StringIO()
    name, *rest = arguments
    call_command(str(name), *map(str, rest), stdout=out)
    return out.getvalue()


def restore_in(place: Path | str, backup: Path) -> str:
    with databases.in_place_of_ours(place):
        return command("restore", backup)


def contents_in(place: Path | str) -> contents.Contents:
    with databases.in_place_of_ours(place):
        return contents.contents_of("default")


def environment_in(place: Path | str, home: Path) -> dict[str, str]:
    """For a process of its own there, with the keys of the test."""
    url = f"sqlite://{place}" if connection.vendor == "sqlite" else f"postgresql://leerscan@/{place}"
    return environment_of_the_test() | {"DATABASE_URL": url, "LEERSCAN_HOME": str(home), "PYTHONPATH": str(ROOT)}


def run(arguments: list[object], environment: dict[str, str], *before: str) -> "subprocess.CompletedProcess[str]":
    """`before`: words in front of the command, such as a program that sets limits."""
    line = [*before, sys.executable, str(ROOT / "manage.py"), *map(str, arguments)]
    return subprocess.run(line, env=environment, cwd=ROOT, capture_output=True, text=True, timeout=MINUTES, check=False)
