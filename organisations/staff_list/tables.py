"""A staff list as rows of text, whatever file it came in."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.conf import settings

from organisations.staff_list.notes import Note

MAX_BYTES = settings.UPLOAD_MAX_BYTES
MAX_ROWS = 50_000
MAX_COLUMNS = 400
# Beyond this a cell is cut: remarks are not used. With as many line breaks a quotation mark is missing.
MAX_CELL = 2_000
MAX_LINES = 100


class UnreadableError(Exception):
    """The file as a whole cannot be read. `code` says why; organisations/staff_list/wording.py says it in words."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code, detail)
        self.code = code
        self.detail = detail


@dataclass(frozen=True)
class Row:
    number: int
    """As in the file when a spreadsheet program shows it: the first row is 1."""
    cells: tuple[str, ...]

    def cell(self, column: int) -> str:
        return self.cells[column] if column < len(self.cells) else ""


@dataclass
class Table:
    """The rows of one sheet that hold something."""

    rows: list[Row] = field(default_factory=list)
    sheet: str = ""
    sheets: list[str] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    without_value: frozenset[int] = frozenset()
    """Columns in which a formula has no outcome."""


def collect(numbered: Iterable[tuple[int, Iterable[object]]]) -> Table:
    """Rows with their numbers, as a table. Raises UnreadableError beyond the limits."""
    table = Table()
    # Departments, names and languages come back in thousands of rows: each text is cleaned and kept once.
    known: dict[str, str] = {}

    def cell(text: str, row: int) -> str:
        found = known.get(text)
        if found is None:
            found = known[text] = _cell(text, row)
        return found

    for number, values in numbered:
        cells = [cell(str(value), number) for value in values]
        while cells and not cells[-1]:
            cells.pop()
        if not cells:
            continue
        if len(cells) > MAX_COLUMNS:
            raise UnreadableError("too_many_columns", str(number))
        if len(table.rows) >= MAX_ROWS:
            raise UnreadableError("too_many_rows")
        table.rows.append(Row(number, tuple(cells)))
    return table


def _cell(text: str, row: int) -> str:
    if len(text) > MAX_CELL:
        if text.count("\n") > MAX_LINES:
            raise UnreadableError("cell_too_long", str(row))
        text = text[:MAX_CELL]
    return clean(text)


def clean(text: str) -> str:
    """Composed letters, no invisible characters. Outer spaces stay: they may be a finding."""
    if text.isascii() and text.isprintable():
        return text if text.strip() else ""
    text = unicodedata.normalize("NFC", text)
    plain = "".join(
        " " if char.isspace() else char for char in text if char.isspace() or unicodedata.category(char) not in HIDDEN
    )
    return plain if plain.strip() else ""


# Control characters, marks of writing direction, lone surrogates, private and unassigned characters.
HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


def letter(column: int) -> str:
    """The name that spreadsheet programs give to a column: A is 0."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
