"""What a database says when it cannot be used, in one line: for the terminal and for the log."""

from django.db import Error, OperationalError, ProgrammingError

NO_TABLES = "The database has no tables yet. Run: manage.py migrate"
NO_SUCH_TABLE_IN_POSTGRESQL = "42P01"


def lacks_tables(fault: Error) -> bool:
    """Whether migrate has not been run. A database that does not exist at all is another matter."""
    if isinstance(fault, ProgrammingError):
        return getattr(fault.__cause__, "sqlstate", None) == NO_SUCH_TABLE_IN_POSTGRESQL
    return isinstance(fault, OperationalError) and "no such table" in str(fault)


def in_a_line(fault: Error) -> str:
    """The database's own words when it cannot be worked with. Of all others, which quote rows, only the kind."""
    if lacks_tables(fault):
        return NO_TABLES
    said = str(fault).strip()
    return said.splitlines()[0] if isinstance(fault, OperationalError) and said else type(fault).__name__
