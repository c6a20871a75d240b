"""Rows of a staff list that hold no person: headings, totals, remarks."""

from functools import cache

from organisations.staff_list.fields import Field, fold, values
from organisations.staff_list.headings import matches
from organisations.staff_list.layout import Layout
from organisations.staff_list.tables import Row

# Headings in a second language, or technical names, stand right below the others.
SECOND_HEADINGS = 3


class NoPerson:
    def __init__(self, layout: Layout) -> None:
        self._columns = {column.field: column for column in layout.columns if column.field}
        self._places = [column.index for column in layout.places]
        self._headings = {column.index: column.heading for column in layout.columns if column.heading}
        self._first_rows = {row.number for row in layout.rows[:SECOND_HEADINGS]} if layout.heading_row else set()

    def reason(self, row: Row) -> str:
        """heading, total, note; empty: a person."""
        filled = [cell for cell in row.cells if cell]
        first = fold(filled[0])
        if self._is_heading(row):
            return "heading"
        if self._is_total(row, first, filled):
            return "total"
        is_alone = len(filled) == 1 and len(self._columns) >= 3
        if is_alone and (_begins_with(first, "notes") or self._is_remark(row)):
            return "note"
        return ""

    def _is_heading(self, row: Row) -> bool:
        same = [index for index, heading in self._headings.items() if row.cell(index) == heading]
        if len(same) >= 2 and len(same) * 2 > len(self._headings):
            return True
        if row.number not in self._first_rows:
            return False
        filled = [(cell, field) for field, column in self._columns.items() if (cell := row.cell(column.index))]
        # "Directie" and "Actief" may well stand in the row of a person: only the name tells.
        return len(filled) >= 2 and all(self._means(cell, field) for cell, field in filled)

    def _means(self, cell: str, field: str) -> bool:
        found = {match.field for match in matches(cell)} if cell else set()
        return field in found or (Field.DEPARTMENT in found and field.startswith("level_"))

    def _is_total(self, row: Row, first: str, filled: list[str]) -> bool:
        if _begins_with(first, "sure_totals"):
            return True
        has_name = any(self._cell(row, field) for field in (Field.FAMILY_NAME, Field.FULL_NAME))
        if has_name and any(row.cell(index) for index in self._places):
            return False
        return _begins_with(first, "totals") or any(
            cell in values("total_endings") or (not has_name and _ends_with_total(cell)) for cell in map(fold, filled)
        )

    def _is_remark(self, row: Row) -> bool:
        """A sentence alone in the first column: no name, no number."""
        number = self._columns.get(Field.NUMBER)
        return number is not None and len(row.cell(number.index).split()) >= 3

    def _cell(self, row: Row, field: Field) -> str:
        found = self._columns.get(field)
        return row.cell(found.index) if found else ""


def _begins_with(text: str, kind: str) -> bool:
    return text in values(kind) or text.startswith(_beginnings(kind))


@cache
def _beginnings(kind: str) -> tuple[str, ...]:
    return tuple(f"{word} " for word in values(kind))


def _ends_with_total(text: str) -> bool:
    return any(text.endswith(f" {word}") for word in values("total_endings"))
