"""Read XLSX files row by row. openpyxl is imported by jobs and commands only; it reads XML through defusedxml."""

import io
import warnings
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, time
from itertools import islice
from typing import Any
from zlib import error as ZlibError  # noqa: N812 -- zlib's name says nothing

from organisations.staff_list.notes import About, Note
from organisations.staff_list.sheet_extras import Fill, Merged, read_extras
from organisations.staff_list.tables import Table, UnreadableError, collect

MAX_UNPACKED = 100_000_000
# Texts, styles and the like are held in memory at once.
MAX_PART = 30_000_000
# Real workbooks become 5 to 30 times as large when they are unpacked.
MAX_RATIO = 100
SMALL_ENOUGH = 5_000_000
LAST_ROW = 1_048_576
PEEK_ROWS = 40
MAX_SHEETS = 30
# openpyxl takes minutes for what claims to have 100,000 of them.
MAX_NAMED_SHEETS = 300
MAX_PARTS = 5_000
# Empty cells count too: a sheet may claim to be wide.
MAX_CELLS = 7_500_000
# OpenDocument and the binary workbooks of Excel.
OTHER_SPREADSHEETS = frozenset({"content.xml", "xl/workbook.bin"})

_NO_ARCHIVE = (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError)

Score = Callable[[Table], int]


def read_workbook(content: bytes, wanted: str, score: Score) -> Table:
    """The sheet with this name, else the one that looks most like a staff list. Raises UnreadableError."""
    with _opened(content) as workbook:
        sheets = [sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible"][:MAX_SHEETS]
        if not sheets:
            # Such as a workbook in the "Strict" form of the standard.
            raise UnreadableError("other_sheet")
        # As the file says itself; looking into a sheet makes openpyxl forget it.
        sizes = {sheet.title: sheet.max_row or 0 for sheet in sheets}
        chosen = next((sheet for sheet in sheets if sheet.title == wanted), None)
        if chosen is None:
            # The first of equals.
            chosen = sheets[0] if len(sheets) == 1 else max(sheets, key=lambda sheet: score(_peek(sheet)))
        others = [sheet for sheet in sheets if sheet is not chosen and _holds_something(sheet)]
        extras = read_extras(chosen)
        table = collect(_values(chosen, extras.merged))
        table.sheet, table.sheets = chosen.title, [sheet.title for sheet in sheets]
        if others:
            table.notes.append(_other_sheets(chosen.title, {sheet.title: sizes[sheet.title] for sheet in others}))
        table.without_value = extras.without_value
        return table


def _holds_something(sheet: Any) -> bool:
    return bool(_peek(sheet).rows)


def _other_sheets(read: str, sizes: Mapping[str, int]) -> Note:
    texts = [f"{sheet} ({count})" if count else sheet for sheet, count in sizes.items()]
    return Note(About.OTHER_SHEETS, read, "; ".join(texts)[:300])


def check_archive(content: bytes) -> None:
    """Before anything is unpacked: is it a workbook, and of a reasonable size?"""
    try:
        parts = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except _NO_ARCHIVE as fault:
        raise UnreadableError("not_a_sheet") from fault
    names = {part.filename for part in parts}
    if "xl/workbook.xml" not in names:
        raise UnreadableError("other_sheet" if names & OTHER_SPREADSHEETS else "not_a_sheet")
    total = sum(part.file_size for part in parts)
    is_bomb = total > SMALL_ENOUGH and total > MAX_RATIO * len(content)
    held = max(part.file_size for part in parts if not part.filename.startswith("xl/worksheets/"))
    if total > MAX_UNPACKED or is_bomb or held > MAX_PART or len(parts) > MAX_PARTS:
        raise UnreadableError("unpacks_too_large")


@contextmanager
def _opened(content: bytes) -> Iterator[Any]:
    from openpyxl import load_workbook  # noqa: PLC0415 -- slow import: openpyxl

    with warnings.catch_warnings():
        # About styles, validations and dates that it leaves out.
        warnings.simplefilter("ignore")
        try:
            _check_sheets(content)
            workbook = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
            try:
                yield workbook
            finally:
                workbook.close()
        except UnreadableError:
            raise
        except _ANYTHING_WRONG as fault:
            raise UnreadableError("damaged") from fault


def _check_sheets(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if archive.read("xl/workbook.xml").count(b"sheetId") > MAX_NAMED_SHEETS:
            raise UnreadableError("unpacks_too_large")


# What openpyxl, its XML parser and zipfile raise on a damaged file; a staff list has no other way to be wrong here.
_ANYTHING_WRONG = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    EOFError,
    ZlibError,
    zipfile.BadZipFile,
)


def _peek(sheet: Any) -> Table:
    try:
        return collect(islice(_values(sheet), PEEK_ROWS))
    except UnreadableError:
        return Table()


def _values(sheet: Any, merged: Iterable[Merged] = ()) -> Iterator[tuple[int, list[str]]]:
    # What the file says of its own size may be wrong.
    sheet.reset_dimensions()
    budget = MAX_CELLS
    fill = Fill(merged)
    for number, values in enumerate(sheet.iter_rows(max_row=LAST_ROW, values_only=True), 1):
        budget -= len(values)
        if budget < 0:
            raise UnreadableError("too_many_rows")
        yield number, fill.row(number, ["" if value is None else _text(value) for value in values])


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time(0) else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
