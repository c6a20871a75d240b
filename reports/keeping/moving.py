"""Move everything from a SQLite file into an empty PostgreSQL: in one transaction, compared before it is committed.

Ids stay, so that links, codes, drafts, files and addresses go on working with the same keys. Rows arrive in the order
of their ids, which are random where they are about answers: neither their places nor the marks of the transaction,
which all of them share, tell an order.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import DEFAULT_DB_ALIAS, DatabaseError, ProgrammingError, connection, connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Model

from jobs.fail_points import reached
from jobs.half_restored import MARK
from organisations.commands import InputError
from reports.keeping import contents, databases
from reports.keeping.contents import Contents
from scan import ballot_box
from scan.models import Response

# Some rows hold a file of some megabytes.
AT_ONCE = 50
# EXCLUSIVE: nobody else has the file open, or can open it until we are done. Nothing is written to it.
SOURCE = "PRAGMA locking_mode=EXCLUSIVE; PRAGMA query_only=ON;"
# What migrate makes in a new database by itself; the source has its own.
MADE_BY_MIGRATE = ("auth_permission", "django_content_type")
MIGRATIONS = "django_migrations"
Say = Callable[[str], None]


def move(file: Path, say: Say) -> Contents:
    """Answers what was moved. Raises InputError; the target then holds nothing of it."""
    if connection.vendor != "postgresql":
        raise InputError(
            "DATABASE_URL names no PostgreSQL. Set it for this command to the empty database to move to: "
            "DATABASE_URL=postgresql://user:password@host/name manage.py move_to_postgresql FILE"
        )
    if not file.is_file():
        raise InputError(
            f"There is no file {file}. The database of an installation is leerscan.sqlite3 in LEERSCAN_HOME."
        )
    with _only_for_us(file) as source:
        _check_source(source, file)
        _check_target()
        _make_tables()
        reached("move, migrated")
        before = contents.contents_of(source)
        with transaction.atomic(durable=True):
            _copy_all(source, say)
            reached("move, copied")
            _check_equal(before)
            reached("move, before it is committed")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return before


@contextmanager
def _only_for_us(file: Path) -> Iterator[str]:
    """The file as a database to read; no web server and no worker may have it open."""
    with databases.second_sqlite(file, SOURCE) as source:
        _take(source, file)
        with transaction.atomic(using=source):
            yield source


def _take(source: str, file: Path) -> None:
    """The first look takes the lock, and the connection keeps it."""
    try:
        with connections[source].cursor() as cursor:
            cursor.execute("SELECT count(*) FROM sqlite_master")
    except DatabaseError as fault:
        if "locked" in str(fault):
            raise InputError(
                f"Somebody has {file} open. Stop Leerscan (the web server and every worker), and run this again."
            ) from fault
        raise InputError(f"{file} is no SQLite database, or it is damaged: {fault}.") from fault


def _check_source(source: str, file: Path) -> None:
    if contents.RESPONSES not in contents.tables(source):
        raise InputError(f"{file} is no database of Leerscan: it has none of its tables.")
    executor = MigrationExecutor(connections[source])
    known = {f"{app}.{name}" for app, name in executor.loader.disk_migrations}
    if not set(contents.applied_migrations(source)) <= known:
        raise InputError(f"{file} is of a newer Leerscan than is installed here. Install that version first.")
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise InputError(
            f"{file} is of an older Leerscan. Bring it up to date first: manage.py migrate, without DATABASE_URL."
        )


def _check_target() -> None:
    if MARK in connection.introspection.table_names():
        raise InputError("A restore into this PostgreSQL database was not finished. Take another, empty one.")
    counts = contents.counts(DEFAULT_DB_ALIAS)
    filled = [table for table, count in counts.items() if count and table not in (*MADE_BY_MIGRATE, MIGRATIONS)]
    if filled:
        raise InputError(
            f"The PostgreSQL database is not empty: there are rows in {', '.join(filled[:5])}. Make an empty database "
            "(createdb) and name it in DATABASE_URL. Nothing was moved."
        )


def _make_tables() -> None:
    """Django notes a migration down after its tables are there: who is interrupted in between can never go on."""
    try:
        call_command("migrate", verbosity=0, interactive=False)
    except ProgrammingError as fault:
        said = str(fault).partition("\n")[0]
        raise InputError(
            f"The tables cannot be made in the PostgreSQL database: {said}. When an earlier run was interrupted there, "
            "make a new, empty database (dropdb, createdb) and name it in DATABASE_URL. Nothing was moved."
        ) from fault


def _copy_all(source: str, say: Say) -> None:
    models = apps.get_models(include_auto_created=True)
    with connection.cursor() as cursor:
        for table in MADE_BY_MIGRATE:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")  # noqa: S608
    for model in models:
        moved = ballot_box.move(source, DEFAULT_DB_ALIAS) if model is Response else _copy(model, source)
        if moved:
            say(f"{model._meta.db_table}: {moved}")  # noqa: SLF001
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for sql in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(sql)


def _copy(model: type[Model], source: str) -> int:
    """As they are: saving them would write new moments into some."""
    fields = model._meta.concrete_fields  # noqa: SLF001
    rows = model._base_manager.using(source).order_by("pk").values_list(*(field.attname for field in fields))  # noqa: SLF001
    columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    table = connection.ops.quote_name(model._meta.db_table)  # noqa: SLF001
    moved = 0
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
        for row in rows.iterator(chunk_size=AT_ONCE):
            copy.write_row([_value(field, value) for field, value in zip(fields, row, strict=True)])
            moved += 1
    return moved


def _value(field: Any, value: Any) -> Any:
    return field.get_db_prep_save(value, connection)


def _check_equal(before: Contents) -> None:
    """But for the list of migrations, which each database writes itself."""
    found = contents.contents_of(DEFAULT_DB_ALIAS)
    said = contents.differences(_comparable(before), _comparable(found))
    if said:
        raise InputError("PostgreSQL did not hold the same. Nothing was moved.\n  " + "\n  ".join(said[:20]))


def _comparable(all_: Contents) -> Contents:
    return Contents({table: count for table, count in all_.counts.items() if table != MIGRATIONS}, all_.releases)
