"""Reads the files of the database byte by byte: also what is deleted, free, or left over inside a page."""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from django.db import connection

from tests.scan.asking import guard_away
from tests.scan.forensics.marks import Marks
from tests.scan.forensics.orders import Order, first_and_last

FREE = "free pages"
LOG = "write-ahead log"
# Tables, their long texts, their indexes, and the statistics that the planner keeps of them.
POSTGRES_FILES = """
    SELECT relation.relname, pg_read_binary_file(pg_relation_filepath(relation.oid))
    FROM pg_class relation WHERE relation.relkind IN ('r', 'i', 't') AND (
        relation.relnamespace = 'public'::regnamespace OR relation.relname LIKE 'pg_statistic%'
        OR relation.relnamespace = 'pg_toast'::regnamespace
    )
"""


def contents() -> dict[str, bytes]:
    """By table, index, "free pages", "write-ahead log": every byte of it."""
    return _of_sqlite() if connection.vendor == "sqlite" else _of_postgresql()


def orders_in_files(parts: dict[str, bytes], marks: Marks) -> Iterator[Order]:
    for name, content in parts.items():
        places: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for place, kind, number in marks.find(content):
            places[kind].append((number, place))
        for kind, found in places.items():
            yield from first_and_last(f"bytes of {name}", kind, found)


def _of_sqlite() -> dict[str, bytes]:
    file = Path(str(connection.settings_dict["NAME"]))
    content = file.read_bytes()
    size = int.from_bytes(content[16:18], "big") or 1
    size = 65536 if size == 1 else size
    with guard_away(), connection.cursor() as cursor:
        cursor.execute("SELECT pageno, name FROM dbstat")
        owner = dict(cursor.fetchall())
    parts: dict[str, bytes] = defaultdict(bytes)
    for start in range(0, len(content), size):
        parts[owner.get(start // size + 1, FREE)] += content[start : start + size]
    log = file.with_name(file.name + "-wal")
    return {**parts, LOG: log.read_bytes() if log.exists() else b""}


def _of_postgresql() -> dict[str, bytes]:
    with guard_away(), connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        cursor.execute(POSTGRES_FILES)
        return {name: bytes(content) for name, content in cursor.fetchall()}
