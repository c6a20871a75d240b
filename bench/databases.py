"""Databases of one process: an empty SQLite file, or databases of a private PostgreSQL, one after the other.

PostgreSQL is the tests' own (tests/postgres.py): without fsync, and the same for both sides of a comparison.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connections

from bench.place import postgres_server
from config import environment

NAMES = ("SQLite", "PostgreSQL")


@contextmanager
def empty_database(name: str) -> Iterator[None]:
    """An empty one, with its tables, is what Django uses inside."""
    with tempfile.TemporaryDirectory(prefix="leerscan-bench-") as folder:
        if name == "SQLite":
            with using(f"sqlite://{folder}/bench.sqlite3"):
                call_command("migrate", verbosity=0)
                yield
            return
        with postgres_server() as url, using(url):
            call_command("migrate", verbosity=0)
            yield


@contextmanager
def using(url: str) -> Iterator[None]:
    """All threads of this process use this database inside."""
    before = connections.settings[DEFAULT_DB_ALIAS]
    _switch(connections.configure_settings({DEFAULT_DB_ALIAS: environment.database(url, Path())}))
    try:
        yield
    finally:
        _switch({DEFAULT_DB_ALIAS: before})


def _switch(databases: dict[str, dict[str, object]]) -> None:
    connections[DEFAULT_DB_ALIAS].close()
    del connections[DEFAULT_DB_ALIAS]
    connections.settings[DEFAULT_DB_ALIAS] = databases[DEFAULT_DB_ALIAS]
