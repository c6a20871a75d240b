"""Back the database up into one file: data, counts and hashes of one and the same moment, whoever writes meanwhile."""

import os
import re
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, cast

from django.contrib.sessions.models import Session
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from jobs.database_faults import NO_TABLES
from jobs.fail_points import reached
from jobs.half_restored import MARK
from jobs.standing import has_tables
from organisations.commands import InputError
from reports.keeping import archive, contents, databases, keys, placing, postgresql
from reports.keeping.archive import Packed
from reports.keeping.contents import Contents
from reports.keeping.manifest import FORMAT, KIND, Manifest, version
from reports.models import LastBackup

NAMED_AFTER = "leerscan-backup-%Y-%m-%dT%H%M%SZ.zip"
NAME = re.compile(r"leerscan-backup-\d{4}-\d\d-\d\dT\d{6}Z\.zip")
# Whoever reads a session's row can go on with it: nobody's belongs in a file that is carried away.
SESSIONS = Session._meta.db_table  # noqa: SLF001
# VACUUM FULL after a closing holds a table for seconds; longer than this something else is wrong.
LOCK_WAIT = "--lock-wait-timeout=120s"
COPY = "PRAGMA journal_mode=DELETE; PRAGMA secure_delete=ON; PRAGMA synchronous=OFF;"


@dataclass(frozen=True)
class _Snapshot:
    contents: Contents
    migrations: list[str]
    database: IO[bytes]
    program: int = 0


def back_up(wish: Path, warn: Callable[[str], None]) -> tuple[Path, Manifest]:
    """Into this file, or into a new one in this folder. Raises InputError; an earlier file always stays as it is."""
    _check_there_is_something()
    now = timezone.now().astimezone(UTC).replace(microsecond=0)
    place = wish / now.strftime(NAMED_AFTER) if wish.is_dir() else wish
    if place.exists():
        raise placing.exists_already(place)
    if not place.parent.is_dir():
        raise placing.no_folder(place.parent)
    with placing.work_folder(place.parent) as work:
        made = _write(work, now, warn)
        reached("backup, before it is put in place")
        placing.put(work / "backup.zip", place)
    _note(now)
    return place, made


def _note(now: datetime) -> None:
    """The backup counts, also when this cannot be written: the disk is full, or the table comes with an upgrade."""
    with suppress(DatabaseError):
        LastBackup.objects.update_or_create(pk=1, defaults={"made_at": now.replace(second=0)})


def last_backup() -> datetime | None:
    """To the minute; not those that were made in another way than by this command.

    Nor one when its table comes with an upgrade that was not migrated yet: the page that asks has to say so. It asks
    outside a transaction, so nothing is broken by that.
    """
    try:
        return LastBackup.objects.values_list("made_at", flat=True).first()
    except DatabaseError:
        return None


def _check_there_is_something() -> None:
    if connection.vendor == "sqlite" and not databases.sqlite_file().is_file():
        raise InputError(f"There is no database {databases.sqlite_file()}. Is LEERSCAN_HOME right?")
    if MARK in connection.introspection.table_names():
        raise InputError("A restore into this database was not finished. Run it again first.")
    if not has_tables():
        raise InputError(NO_TABLES)


def _write(work: Path, now: datetime, warn: Callable[[str], None]) -> Manifest:
    snapshot = _of_sqlite(work) if connection.vendor == "sqlite" else _of_postgresql(warn)
    with snapshot as taken, _private(work / "backup.zip") as file:
        return archive.write(file, taken.database, _describe(taken, now))


def _describe(taken: _Snapshot, now: datetime) -> Callable[[Packed], Manifest]:
    return lambda packed: Manifest(
        kind=KIND,
        format=FORMAT,
        version=version(),
        made_at=now.isoformat(),
        database=connection.vendor,
        program=taken.program,
        migrations=taken.migrations,
        counts=taken.contents.counts,
        releases=taken.contents.releases,
        keys=keys.fingerprints(),
        size=packed.size,
        sha256=packed.sha256,
    )


@contextmanager
def _of_sqlite(work: Path) -> Iterator[_Snapshot]:
    """VACUUM INTO reads in one transaction and waits for nobody; what was deleted is not in what it writes."""
    copy = work / "copy.sqlite3"
    _private(copy).close()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(copy)])
    reached("backup, after the copy")
    with databases.second_sqlite(copy, COPY) as alias:
        Session.objects.using(alias).all().delete()
        found, migrations = contents.contents_of(alias), contents.applied_migrations(alias)
    with copy.open("rb") as database:
        yield _Snapshot(found, migrations, database)


@contextmanager
def _of_postgresql(warn: Callable[[str], None]) -> Iterator[_Snapshot]:
    """Counted in the snapshot that pg_dump then reads."""
    server = postgresql.server_major()
    program = postgresql.find("pg_dump", server)
    if program.major > server:
        warn(
            f"The oldest pg_dump here that can read the server (PostgreSQL {server}) is of {program.major}. What it "
            f"writes can be restored into a server of version {program.major} or newer only. To have a backup for this "
            f"server, install the server's version and make another one. {postgresql.on_debian(server)}"
        )
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        arguments = [
            "--format=custom",
            "--no-owner",
            "--no-privileges",
            LOCK_WAIT,
            f"--snapshot={cursor.fetchone()[0]}",
        ]
        arguments += [f"--exclude-table-data={SESSIONS}", f"--exclude-table={MARK}"]
        found = contents.contents_of(connection.alias)
        if SESSIONS in found.counts:
            found = replace(found, counts={**found.counts, SESSIONS: 0})
        migrations = contents.applied_migrations(connection.alias)
        with postgresql.running(program, arguments, stdout=subprocess.PIPE) as dump:
            yield _Snapshot(found, migrations, cast("IO[bytes]", dump.stdout), program.major)


def _private(path: Path) -> IO[bytes]:
    """A new file that only its owner can read."""
    return open(path, "xb", opener=lambda name, flags: os.open(name, flags, 0o600))
