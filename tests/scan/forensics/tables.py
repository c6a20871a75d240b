"""Reads all tables of the database, with the columns that the database itself keeps of a row."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.db import connection

from tests.scan.asking import guard_away
from tests.scan.forensics.marks import Marks
from tests.scan.forensics.orders import Order, first_and_last

SYSTEM_COLUMNS = {"sqlite": ("rowid",), "postgresql": ("ctid", "xmin", "xmax", "cmin", "cmax", "tableoid")}
# Long texts lie in tables of their own, cut in pieces.
ALL_TABLES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table'",
    "postgresql": """
        SELECT oid::regclass::text FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
        UNION ALL SELECT reltoastrelid::regclass::text FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND reltoastrelid <> 0
    """,
}


def orders_in_tables(marks: Marks) -> Iterator[Order]:
    """By every column, of every table that knows somebody."""
    with guard_away(), connection.cursor() as cursor:
        cursor.execute(ALL_TABLES[connection.vendor])
        for (table,) in cursor.fetchall():
            columns, rows = _content(cursor, table)
            yield from _orders(table, columns, rows, marks)


def _content(cursor: Any, table: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    system = SYSTEM_COLUMNS[connection.vendor]
    cast = "" if connection.vendor == "sqlite" else "::text"
    cursor.execute(f"SELECT {', '.join(name + cast for name in system)}, * FROM {table}")  # noqa: S608 -- names from the database itself
    names = [column[0] for column in cursor.description]
    return [*system, *names[len(system) :]], [_in_order(row, len(system)) for row in cursor.fetchall()]


def _in_order(row: tuple[Any, ...], system: int) -> tuple[Any, ...]:
    """The database's own columns as numbers: (2,10) comes after (2,9)."""
    return (*(_number(cell) for cell in row[:system]), *row[system:])


def _number(cell: Any) -> Any:
    if isinstance(cell, str) and cell.startswith("("):
        return tuple(int(part) for part in cell.strip("()").split(","))
    return int(cell)


def _orders(table: str, columns: list[str], rows: list[tuple[Any, ...]], marks: Marks) -> Iterator[Order]:
    of_kind: dict[str, list[tuple[int, tuple[Any, ...]]]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: row[0]):
        recognised = marks.in_cells(row)
        for kind in {kind for kind, _ in recognised}:
            numbers = {number for found, number in recognised if found == kind}
            if len(numbers) == 1:  # a row about many people is no trace of one
                of_kind[kind].append((numbers.pop(), row))
    for kind, found in of_kind.items():
        for place, column in enumerate(columns):
            yield from first_and_last(f"{table}.{column}", kind, ((number, row[place]) for number, row in found))
