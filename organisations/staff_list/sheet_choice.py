"""Which sheet of a workbook looks most like the list of who works here."""

from django.utils import timezone

from organisations.staff_list.entries import read_entries
from organisations.staff_list.recognising import recognise
from organisations.staff_list.tables import Table


def likeness(table: Table) -> int:
    """How much the first rows of a sheet look like people in service: recognised columns count most."""
    if not table.rows:
        return 0
    layout = recognise(table, {}, {})
    found = [column for column in layout.columns if column.field]
    people = read_entries(layout, "", timezone.localdate()).people
    return 1000 * bool(people) + 100 * len(found) + min(len(layout.rows), 99)
