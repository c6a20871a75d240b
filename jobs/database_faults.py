"""What a database says when it cannot be used, in one line: for the terminal and for the log."""

import sqlite3
from typing import Any

from django.db import Error, OperationalError, ProgrammingError

from jobs.half_restored import HalfRestoredError

NO_TABLES = "The database has no tables yet. Run: manage.py migrate"
NO_SUCH_TABLE_IN_POSTGRESQL = "42P01"
# Connections, logging in, names of databases, room, locks, shutting down, the system (PostgreSQL's appendix A).
OF_WORKING_WITH_POSTGRESQL = ("08", "28", "3D", "53", "55", "57", "58")
OF_WORKING_WITH_SQLITE = (
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_NOTADB,
)
PRIMARY = 0xFF  # the finer codes of SQLite hold the coarse one in their last byte


def lacks_tables(fault: Error) -> bool:
    """Whether migrate has not been run. A database that does not exist at all is another matter."""
    if isinstance(fault, ProgrammingError):
        return getattr(fault.__cause__, "sqlstate", None) == NO_SUCH_TABLE_IN_POSTGRESQL
    return isinstance(fault, OperationalError) and "no such table" in str(fault)


def cannot_be_used(fault: Error) -> str:
    """Why the database cannot be worked with, in its own words, one line of them; empty for any other fault.

    Those of other faults are never said: they quote rows.
    """
    if isinstance(fault, HalfRestoredError) or _is_of_working(fault):
        return str(fault).strip().partition("\n")[0].rstrip(".")
    return ""


def in_a_line(fault: Error) -> str:
    if lacks_tables(fault):
        return NO_TABLES
    return cannot_be_used(fault) or type(fault).__name__


def _is_of_working(fault: Error) -> bool:
    cause: Any = fault.__cause__
    if isinstance(cause, sqlite3.Error):
        return getattr(cause, "sqlite_errorcode", 0) & PRIMARY in OF_WORKING_WITH_SQLITE
    # Of psycopg, which an installation with SQLite need not have.
    code = getattr(cause, "sqlstate", "")
    if code is None:  # not by the server: there is no connection, or the program handed over what cannot be
        return isinstance(fault, OperationalError)
    return code.startswith(OF_WORKING_WITH_POSTGRESQL)
