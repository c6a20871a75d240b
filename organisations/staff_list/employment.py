"""Whether the person in a row is in service today, by dates, status, or a word behind the name."""

from collections.abc import Callable
from datetime import date

from organisations.staff_list.dates import NO_DATE, Order, order_of, read_date
from organisations.staff_list.fields import Field
from organisations.staff_list.findings import Kind
from organisations.staff_list.layout import Layout
from organisations.staff_list.notes import About, Note
from organisations.staff_list.person_names import remark_in
from organisations.staff_list.service import Service, says_left, service_of
from organisations.staff_list.tables import Row

Find = Callable[[Row, Field, Kind], None]
DATES = (Field.STARTS_ON, Field.ENDS_ON)
USED = (*DATES, Field.STATUS, Field.FULL_NAME)
SHOWN_WORDS = 10


class Employment:
    def __init__(self, layout: Layout, today: date, find: Find) -> None:
        # Asked for of every row.
        self._columns = {field: column for field in USED if (column := layout.column(field))}
        self._says_service = bool({Field.STATUS, Field.FULL_NAME} & set(self._columns))
        self._rows = layout.rows
        self._today = today
        self._find = find
        self._orders = self._orders_of_dates()
        self._service = self._service_of_column()
        self._unknown: dict[str, int] = {}

    def date(self, row: Row, field: Field) -> date | None:
        if field not in self._columns:
            return None
        found = read_date(self._cell(row, field), self._orders.get(field, Order.DAY_FIRST))
        if found is NO_DATE:
            self._find(row, field, Kind.BAD_DATE)
            return None
        return found

    def is_out_of_service(self, row: Row) -> bool:
        if not self._says_service:
            return False
        cell = self._cell(row, Field.STATUS)
        has_left = self._service.has_left(cell, self._today)
        if has_left is None:
            self._unknown[cell] = self._unknown.get(cell, 0) + 1
        remark = remark_in(self._cell(row, Field.FULL_NAME))
        return bool(has_left) or says_left(remark)

    def notes(self) -> list[Note]:
        column = self._columns.get(Field.STATUS)
        name = column.name if column else ""
        notes = [Note(About.UNKNOWN_STATUS, name, word[:60], count=count) for word, count in self._unknown.items()]
        return sorted(notes, key=lambda note: -note.count)[:SHOWN_WORDS]

    def _cell(self, row: Row, field: Field) -> str:
        column = self._columns.get(field)
        return row.cell(column.index) if column else ""

    def _orders_of_dates(self) -> dict[Field, Order]:
        """By the column, or by the other columns with dates where it proves nothing."""
        columns = {field: column for field in DATES if (column := self._columns.get(field))}
        cells = {field: {row.cell(column.index) for row in self._rows} for field, column in columns.items()}
        everything = set().union(*cells.values())
        return {field: order_of(own, everything) for field, own in cells.items()}

    def _service_of_column(self) -> Service:
        column = self._columns.get(Field.STATUS)
        if column is None:
            return service_of("", ())
        return service_of(column.heading, {row.cell(column.index) for row in self._rows})
