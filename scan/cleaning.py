"""Wipe what sealing or retention deleted, so that nobody finds it in the files of the database.

SQLite overwrites what is deleted (secure_delete), but its log file still holds the pages of before. PostgreSQL leaves
deleted rows in the table's file, also after an ordinary VACUUM; only VACUUM FULL writes a new file without them.
"""

import time

from django.db import connection
from django.db.transaction import TransactionManagementError

from scan import ballot_box

# Beside the ballot box's own: every table in which closing or retention deletes rows or empties a field.
TABLES = (
    "scan_draft",
    "scan_delivery",
    "scan_invitation",
    "scan_leftout",
    "scan_mailing",
    "scan_openlink",
    "scan_remark",
    "scan_round",
    "scan_unit",
    "organisations_logentry",
    "jobs_job",
    "jobs_storedfile",
)
PATIENCE_SECONDS = 20.0
# In any database of the server: VACUUM FULL keeps what the oldest transaction anywhere might still see.
OLDER_TRANSACTIONS = """
    SELECT count(*) FROM pg_stat_activity
    WHERE pid <> pg_backend_pid() AND coalesce(backend_xid, backend_xmin) IS NOT NULL AND xact_start < %s
"""


class CleaningHinderedError(Exception):
    """Somebody was at work in the database all the while, so that deleted rows had to stay; the job tries again."""

    def __init__(self) -> None:
        super().__init__("somebody was at work in the database all the while; try again")


def clean_up() -> None:
    """Call it after the transaction that deleted, never in one. It can be repeated. Raises CleaningHinderedError."""
    if connection.in_atomic_block:
        raise TransactionManagementError("clean up after the transaction, not in it")
    if connection.vendor == "sqlite":
        _empty_the_log()
    else:
        _wait_for_older_transactions()
        _rewrite_tables()


def _empty_the_log() -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        is_hindered = cursor.fetchone()[0]
    if is_hindered:
        raise CleaningHinderedError


def _wait_for_older_transactions() -> None:
    """Whoever began before the deletion may still see the old rows, and PostgreSQL then keeps them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        now = cursor.fetchone()[0]
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            cursor.execute(OLDER_TRANSACTIONS, [now])
            if not cursor.fetchone()[0]:
                return
            if time.monotonic() > deadline:
                raise CleaningHinderedError
            time.sleep(0.05)


def _rewrite_tables() -> None:
    ballot_box.rewrite_table()
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"VACUUM FULL {table}")
