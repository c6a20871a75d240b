"""Staff lists as tests write them, and what is made of them."""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from openpyxl import Workbook

from organisations.models import Organisation, Person
from organisations.staff_list.applying import apply_entries
from organisations.staff_list.entries import Entries, read_entries
from organisations.staff_list.layout import Layout
from organisations.staff_list.planning import Plan
from organisations.staff_list.reading import read_table
from organisations.staff_list.recognising import recognise
from organisations.staff_list.sheet_choice import likeness
from organisations.staff_list.understanding import understand

TODAY = date(2026, 11, 22)
NAME = "Zorggroep De Linde"
HEADINGS = ("Medewerkernummer", "Roepnaam", "Tussenvoegsel", "Achternaam", "E-mail werk", "Afdeling", "Leidinggevende")
Rows = Sequence[Sequence[object]]


def csv_file(rows: Rows, delimiter: str = ";", encoding: str = "utf-8", end: str = "\r\n") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=end).writerows(rows)
    return out.getvalue().encode(encoding)


def workbook(*sheets: tuple[str, Rows], merge: str = "") -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
        if merge:
            sheet.merge_cells(merge)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def layout_of(content: bytes, known: Mapping[str, str] | None = None) -> Layout:
    return recognise(read_table(content, likeness), known or {}, {})


def entries_of(content: bytes, known: Mapping[str, str] | None = None) -> Entries:
    return read_entries(layout_of(content, known), NAME, TODAY)


def someone(number: object = 1, family: str = "Jansen", **cells: object) -> list[object]:
    """A row under HEADINGS."""
    row = {
        "given": "Jan",
        "infix": "",
        "email": f"p{number}@linde.example" if number else "",
        "department": "Zorg / Nachtdienst",
        "leader": "N",
    } | cells
    return [number, row["given"], row["infix"], family, row["email"], row["department"], row["leader"]]


def list_of(*rows: Sequence[object]) -> bytes:
    return csv_file([HEADINGS, *rows])


def apply(organisation: Organisation, content: bytes, *, complete: bool = False, **choices: str) -> Plan:
    """Bring the file in, inside the scope."""
    entries = understand(organisation, content).entries
    return apply_entries(organisation, entries, choices, is_complete=complete)


def staff() -> list[tuple[Any, ...]]:
    """Everybody on the list, as comparable rows without ids."""
    people = Person.objects.select_related("department")
    fields = ("number", "given_name", "infix", "family_name", "email", "language", "is_leader", "left_on")
    rows = [(*(getattr(person, name) for name in fields), person.department.path) for person in people]
    return sorted(rows, key=str)
