"""From the content of a file to the people in it, with what is known of the organisation's columns."""

from collections.abc import Mapping
from typing import NamedTuple

from organisations.days import today_in
from organisations.models import KnownColumn, Organisation
from organisations.staff_list.entries import Entries, read_entries
from organisations.staff_list.layout import Layout
from organisations.staff_list.reading import read_table
from organisations.staff_list.recognising import is_staff_list, recognise
from organisations.staff_list.sheet_choice import likeness
from organisations.staff_list.tables import UnreadableError


class Understood(NamedTuple):
    sheet: str
    sheets: list[str]
    layout: Layout
    entries: Entries


def understand(
    organisation: Organisation, content: bytes, *, sheet: str = "", columns: Mapping[str, str] | None = None
) -> Understood:
    """Call it inside the scope, in a job or a command. Raises UnreadableError."""
    table = read_table(content, likeness, sheet)
    layout = recognise(table, known_columns(organisation), columns or {})
    if not columns and not sheet and not is_staff_list(layout):
        raise UnreadableError("no_staff_list")
    entries = read_entries(layout, organisation.name, today_in(organisation))
    return Understood(table.sheet, table.sheets, layout, entries)


def known_columns(organisation: Organisation) -> dict[str, str]:
    known = KnownColumn.objects.filter(organisation=organisation)
    return dict(known.values_list("heading_key", "field"))


def remember_columns(organisation: Organisation, fields: Mapping[str, str]) -> None:
    """`fields`: what each heading means, by its key."""
    known = [
        KnownColumn(organisation=organisation, heading_key=key, field=field) for key, field in fields.items() if key
    ]
    KnownColumn.objects.bulk_create(
        known, update_conflicts=True, unique_fields=["organisation", "heading_key"], update_fields=["field"]
    )
