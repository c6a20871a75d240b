"""Nothing runs on a database whose restore was not finished: a worker would go on with mailings that it still stops.

It happens by itself: the power fails while somebody restores, and the service starts again with the machine. Or nobody
stopped the service on another machine, and there the tables appear at once.
"""

from typing import Any

from django.db import DEFAULT_DB_ALIAS, OperationalError, connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

# A table that is there while a restore into PostgreSQL is not finished (reports/keeping/restoring_postgresql.py).
MARK = "leerscan_restore"
LOOKS = "half restored"


class HalfRestoredError(OperationalError):
    """Its words say what to do. To whom only asks whether the database can be used, it is one that cannot."""


def refuse_half_restored() -> None:
    """Raises HalfRestoredError, and what the database raises when it does not answer."""
    if MARK in connection.introspection.table_names():
        raise HalfRestoredError(
            "A restore into this database was not finished, so nothing runs on it. Run the same manage.py restore "
            "again: it goes on where it was."
        )


def refuse_on_each_connection() -> None:
    """From here on in this process. For the web server and the worker: those that were there before the restore."""
    connection_created.connect(_refuse, dispatch_uid=LOOKS)


def _refuse(connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    if connection.alias != DEFAULT_DB_ALIAS:
        return
    try:
        refuse_half_restored()
    except HalfRestoredError:
        connection.close()  # so that the next one who asks connects, and is refused too
        raise
