"""Nothing runs on a database whose restore was not finished: a worker would go on with mailings that it still stops.

It happens by itself: the power fails while somebody restores, and the service starts again with the machine.
"""

from django.db import connection

# A table that is there while a restore into PostgreSQL is not finished (reports/keeping/restoring_postgresql.py).
MARK = "leerscan_restore"


class HalfRestoredError(Exception):
    """Its words say what to do."""


def refuse_half_restored() -> None:
    """Raises HalfRestoredError, and what the database raises when it does not answer."""
    if MARK in connection.introspection.table_names():
        raise HalfRestoredError(
            "A restore into this database was not finished, so nothing runs on it. Run the same manage.py restore "
            "again: it goes on where it was."
        )
