"""A second database beside the installation's own, or another file in its place, for as long as a command works."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import DEFAULT_DB_ALIAS, connection, connections

SECOND = "second"


@contextmanager
def second_sqlite(file: Path, init_command: str) -> Iterator[str]:
    """This file as a database with an alias of its own."""
    settings = {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": file,
        # Nobody else is meant to be there: do not wait long.
        "OPTIONS": {"init_command": init_command, "timeout": 2},
    }
    connections.settings[SECOND] = connections.configure_settings({DEFAULT_DB_ALIAS: {}, SECOND: settings})[SECOND]
    try:
        yield SECOND
    finally:
        connections[SECOND].close()
        del connections[SECOND]
        del connections.settings[SECOND]


@contextmanager
def in_place_of_ours(name: Path | str) -> Iterator[None]:
    """The installation's own database is another for now: this file, or of this name on the same server."""
    connection.close()
    ours = connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = ours


def is_empty(file: Path) -> bool:
    """No file, or one without tables: any command that looks at a database makes one."""
    if any(path.exists() and path.stat().st_size for path in beside(file)) and not file.exists():
        return False
    if not file.exists() or not file.stat().st_size:
        return True
    reading = sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)
    try:
        return not reading.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    except sqlite3.DatabaseError:
        return False
    finally:
        reading.close()


def sqlite_file() -> Path:
    return Path(str(connection.settings_dict["NAME"]))


def beside(file: Path) -> list[Path]:
    """What SQLite keeps beside a database's file; all of it belongs to that file."""
    return [file.with_name(file.name + end) for end in ("-wal", "-shm", "-journal")]
