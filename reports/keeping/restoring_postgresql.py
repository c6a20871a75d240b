"""Restore into an empty PostgreSQL database: the data in one transaction, and a mark there until all is done.

Whoever is killed in between leaves either no data and the mark, or all data and the mark. From both the same command
goes on. It never deletes anything.
"""

import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, cast
from zipfile import ZipFile

from django.db import DEFAULT_DB_ALIAS, connection, transaction

from jobs.fail_points import reached
from jobs.half_restored import MARK
from organisations.commands import InputError
from reports.keeping import after_restoring, archive, checking, contents, postgresql
from reports.keeping.manifest import Manifest

# Any number that nobody else takes for a lock: two restores at once would be one too many.
LOCK = 7_265_737_446
READ = f"SELECT backup, is_checked FROM {MARK}"  # noqa: S608 -- our own name, here and below
WRITE = f"INSERT INTO {MARK} VALUES (%s, false)"  # noqa: S608
NOTE = f"UPDATE {MARK} SET is_checked = true"  # noqa: S608
OTHERS = (
    "SELECT DISTINCT application_name, host(client_addr) FROM pg_stat_activity "
    "WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()"
)
# For the programs of a restore that was killed, and a worker that sees the mark.
LEAVING_SECONDS = 5.0
ARGUMENTS = ("--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges")


@dataclass(frozen=True)
class _Mark:
    backup: str
    """The hash of its database."""
    is_checked: bool
    """The rows have been counted, and migrations may have added some since."""


class EmptyPostgresql:
    def check(self, made: Manifest) -> None:
        if not contents.tables(DEFAULT_DB_ALIAS):
            return
        mark = _read_mark()
        if mark is None:
            raise InputError(
                "The database that DATABASE_URL names has tables already, and nothing is restored over them. Make an "
                "empty database (createdb), name it in DATABASE_URL, and restore again."
            )
        if mark.backup != made.sha256:
            raise InputError(
                "A restore of another backup into this database was not finished. Finish it with that file, or make an "
                "empty database (createdb), name it in DATABASE_URL, and restore this one there."
            )

    def restore(self, file: ZipFile, made: Manifest) -> int:
        """Answers how many mailings were stopped."""
        with _alone():
            self.check(made)
            if not contents.tables(DEFAULT_DB_ALIAS):
                _write_mark(made)
                reached("restore, marked")
                _wait_until_nobody_is_here()
                _load(file, made)
            reached("restore, data is there")
            if not cast("_Mark", _read_mark()).is_checked:
                checking.check_counts(made)
                _note_checked()
            checking.migrate()
            reached("restore, migrated")
            checking.check_releases(made)
            with transaction.atomic(), connection.cursor() as cursor:
                stopped = after_restoring.settle(made.moment)
                cursor.execute(f"DROP TABLE {MARK}")
                reached("restore, before it is put in place")
        return stopped


def _load(file: ZipFile, made: Manifest) -> None:
    """Through our own hands: when we die, pg_restore's input ends, and its transaction comes to nothing."""
    server = postgresql.server_major()
    if server < made.program:
        raise InputError(
            f"This backup was written by pg_dump {made.program}, and the server here is PostgreSQL {server}. Take a "
            f"server of version {made.program} or newer."
        )
    program = postgresql.find_to_restore(made.program, server)
    with (
        file.open(archive.DATABASE) as source,
        postgresql.running(program, ARGUMENTS, stdin=subprocess.PIPE) as loading,
    ):
        shutil.copyfileobj(source, cast("IO[bytes]", loading.stdin), archive.PIECE)


@contextmanager
def _alone() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            raise InputError("Another restore into this database is running. Wait until it is done.")
        try:
            yield
        finally:
            if connection.is_usable():
                cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def _wait_until_nobody_is_here() -> None:
    """Whoever connects from now on finds the mark, and nothing runs; who was here before would not look again."""
    deadline = time.monotonic() + LEAVING_SECONDS
    while names := _who_is_here():
        if time.monotonic() > deadline:
            raise InputError(
                f"Something is connected to this database as the same user: {', '.join(names)}. Stop Leerscan on every "
                "machine that uses it, and restore again."
            )
        time.sleep(0.2)


def _who_is_here() -> list[str]:
    """Other sessions of our own user: Leerscan's. Not those of a superuser, such as what watches the server."""
    with connection.cursor() as cursor:
        cursor.execute(OTHERS)
        return sorted(f"{name or 'a program'} ({place or 'this machine'})" for name, place in cursor.fetchall())


def _read_mark() -> _Mark | None:
    if MARK not in connection.introspection.table_names():
        return None
    with connection.cursor() as cursor:
        cursor.execute(READ)
        row = cursor.fetchone()
    return _Mark(*row) if row else None


def _write_mark(made: Manifest) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {MARK}")
        cursor.execute(f"CREATE TABLE {MARK} (backup text NOT NULL, is_checked boolean NOT NULL)")
        cursor.execute(WRITE, [made.sha256])


def _note_checked() -> None:
    with connection.cursor() as cursor:
        cursor.execute(NOTE)
