"""From the rows of a table to people: every cell understood, or found fault with."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from organisations.addresses import is_address
from organisations.names import MAX_NAME, MAX_PATH, clean_name, join_path, path_key
from organisations.staff_list.cells import (
    NO_DATE,
    read_date,
    read_language,
    read_number,
    read_yes_no,
    tidy_address,
)
from organisations.staff_list.fields import Field, fold, values, words
from organisations.staff_list.findings import Finding, Kind
from organisations.staff_list.paths import mark_between_names, names_of, usual_mark
from organisations.staff_list.person_names import PersonName, split_name
from organisations.staff_list.recognising import Column, Layout
from organisations.staff_list.tables import Row

SHOWN_CELLS = 3
LENGTHS = {Field.NUMBER: 40, Field.GIVEN_NAME: 80, Field.INFIX: 30, Field.FAMILY_NAME: 80}


@dataclass(frozen=True)
class Entry:
    """A person as the file has it. None: the file has no such column, so that what we know stays."""

    row: int
    number: str | None
    given_name: str | None
    infix: str
    family_name: str
    email: str | None
    path: str
    is_leader: bool | None
    language: str | None

    @property
    def name(self) -> str:
        return " ".join(part for part in (self.given_name, self.infix, self.family_name) if part)


@dataclass(frozen=True)
class LeftOut:
    """A row that makes no person."""

    row: int
    reason: str
    """leaver, not_started, total, note, heading, again."""
    name: str
    number: str = ""
    email: str = ""
    ended_on: date | None = None


@dataclass
class Entries:
    people: list[Entry] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    headings: dict[str, str] = field(default_factory=dict)
    """Of the columns that are used, by field: for findings of later steps."""


@dataclass(frozen=True)
class _Place:
    """A column of departments, and how its names are told apart; level columns hold one name."""

    column: Column
    mark: str
    usual: str


def read_entries(layout: Layout, organisation_name: str, today: date) -> Entries:
    entries = Entries(headings={column.field: column.name for column in layout.columns if column.field})
    if missing := _missing_columns(layout):
        entries.findings = missing
        return entries
    reader = _Reader(layout, organisation_name, today, entries)
    for row in layout.rows:
        reader.read(row)
    if not entries.people and not entries.findings:
        entries.findings.append(Finding(Kind.NO_PEOPLE, 0, "", ""))
    return entries


def _missing_columns(layout: Layout) -> list[Finding]:
    fields = {column.field for column in layout.columns}
    missing = []
    if not fields & {Field.FAMILY_NAME, Field.FULL_NAME}:
        missing.append(Field.FAMILY_NAME)
    if not layout.places:
        missing.append(Field.DEPARTMENT)
    return [Finding(Kind.NO_COLUMN, layout.heading_row, "", "", name) for name in missing]


class _Reader:
    def __init__(self, layout: Layout, organisation_name: str, today: date, entries: Entries) -> None:
        self._layout = layout
        self._columns = {column.field: column for column in layout.columns if column.field}
        self._own_name = clean_name(organisation_name).casefold()
        self._today = today
        self._entries = entries
        self._places = [_place(column, layout.rows) for column in layout.places]
        self._headings = {column.index: column.heading for column in layout.columns if column.heading}

    def read(self, row: Row) -> None:
        reason = self._no_person(row)
        name = self._name(row)
        if reason:
            self._entries.left_out.append(LeftOut(row.number, reason, _first_cells(row)))
            return
        ended = self._date(row, Field.ENDS_ON)
        starts = self._date(row, Field.STARTS_ON)
        has_left = (ended is not None and ended < self._today) or self._is_out_of_service(row)
        if has_left or (starts is not None and starts > self._today):
            self._entries.left_out.append(
                LeftOut(
                    row.number,
                    "leaver" if has_left else "not_started",
                    _joined(name),
                    read_number(self._cell(row, Field.NUMBER)),
                    tidy_address(self._cell(row, Field.EMAIL)),
                    ended if has_left else None,
                )
            )
            return
        self._entries.people.append(self._entry(row, name))

    def _entry(self, row: Row, name: PersonName) -> Entry:
        if not name.family_name:
            self._find(row, self._name_field(), Kind.NO_FAMILY_NAME)
        number = read_number(self._cell(row, Field.NUMBER)) if Field.NUMBER in self._columns else None
        has_given = {Field.GIVEN_NAME, Field.INITIALS, Field.FULL_NAME} & set(self._columns)
        for column, text in (
            (Field.NUMBER, number or ""),
            (Field.GIVEN_NAME, name.given_name),
            (Field.INFIX, name.infix),
            (Field.FAMILY_NAME, name.family_name),
        ):
            if len(text) > LENGTHS[column]:
                self._find(row, column, Kind.TOO_LONG, str(LENGTHS[column]))
        return Entry(
            row=row.number,
            number=number,
            given_name=name.given_name if has_given else None,
            infix=name.infix,
            family_name=name.family_name,
            email=self._email(row),
            path=self._path(row),
            is_leader=self._is_leader(row),
            language=self._language(row),
        )

    # Rows that hold no person

    def _no_person(self, row: Row) -> str:
        filled = [cell for cell in row.cells if cell]
        first = fold(filled[0])
        if self._is_heading(row):
            return "heading"
        lacks = not self._has_name(row) or not any(row.cell(place.column.index) for place in self._places)
        if lacks and _begins_with(first, "totals"):
            return "total"
        is_alone = len(filled) == 1 and len(self._columns) >= 3
        if is_alone and (_begins_with(first, "notes") or self._is_remark(row)):
            return "note"
        return ""

    def _is_heading(self, row: Row) -> bool:
        same = sum(row.cell(index) == heading for index, heading in self._headings.items())
        return same >= 2 and same * 2 > len(self._headings)

    def _has_name(self, row: Row) -> bool:
        return any(self._cell(row, column) for column in (Field.FAMILY_NAME, Field.FULL_NAME))

    def _is_remark(self, row: Row) -> bool:
        """A sentence alone in the first column: no name, no number."""
        number = self._columns.get(Field.NUMBER)
        return number is not None and len(row.cell(number.index).split()) >= 3

    def _is_out_of_service(self, row: Row) -> bool:
        return fold(self._cell(row, Field.STATUS)) in values("out_of_service")

    # Cells

    def _cell(self, row: Row, column: Field) -> str:
        """The text of a cell; the error of a formula is a fault, and then the cell is empty."""
        found = self._columns.get(column)
        return row.cell(found.index) if found else ""

    def _find(self, row: Row, column: Field, kind: Kind, other: str = "") -> None:
        found = self._columns.get(column)
        if found is not None and _is_formula_error(row.cell(found.index)):
            kind, other = Kind.FORMULA_ERROR, ""
        value = row.cell(found.index) if found else ""
        self._entries.findings.append(Finding(kind, row.number, found.name if found else "", value[:200], other))

    def _name_field(self) -> Field:
        return Field.FAMILY_NAME if Field.FAMILY_NAME in self._columns else Field.FULL_NAME

    def _name(self, row: Row) -> PersonName:
        if _is_formula_error(self._cell(row, self._name_field())):
            return PersonName("", "", "")
        if Field.FAMILY_NAME not in self._columns:
            return split_name(self._cell(row, Field.FULL_NAME))
        given = self._cell(row, Field.GIVEN_NAME) or self._cell(row, Field.INITIALS)
        return PersonName(
            clean_name(given), clean_name(self._cell(row, Field.INFIX)), clean_name(self._cell(row, Field.FAMILY_NAME))
        )

    def _email(self, row: Row) -> str | None:
        if Field.EMAIL not in self._columns:
            return None
        cell = self._cell(row, Field.EMAIL)
        if not cell:
            return ""
        address = tidy_address(cell)
        if not is_address(address):
            self._find(row, Field.EMAIL, Kind.BAD_ADDRESS)
            return None
        if address != cell:
            self._find(row, Field.EMAIL, Kind.ADDRESS_TIDIED, address)
        return address

    def _is_leader(self, row: Row) -> bool | None:
        if Field.IS_LEADER not in self._columns:
            return None
        cell = self._cell(row, Field.IS_LEADER)
        answer = read_yes_no(cell) if cell else False
        if answer is None:
            self._find(row, Field.IS_LEADER, Kind.UNKNOWN_YES_NO)
        return bool(answer)

    def _language(self, row: Row) -> str | None:
        cell = self._cell(row, Field.LANGUAGE)
        if not cell:
            return None
        language = read_language(cell)
        if language is None:
            self._find(row, Field.LANGUAGE, Kind.UNKNOWN_LANGUAGE)
        return language

    def _date(self, row: Row, column: Field) -> date | None:
        found = read_date(self._cell(row, column))
        if found is NO_DATE:
            self._find(row, column, Kind.BAD_DATE)
            return None
        return found

    # Departments

    def _path(self, row: Row) -> str:
        names: list[str] = []
        for place in self._places:
            for name in self._names(row, place):
                # Systems that must fill every level repeat the name of the one above.
                if not names or names[-1].casefold() != name.casefold():
                    names.append(name)
        if not names:
            self._find_in(row, self._places[-1].column, Kind.EMPTY_DEPARTMENT)
        if names and names[0].casefold() == self._own_name:
            names = names[1:]
        path = join_path(tuple(names))
        if max(len(path), len(path_key(path))) > MAX_PATH or any(len(name) > MAX_NAME for name in names):
            self._find_in(row, self._places[-1].column, Kind.BAD_DEPARTMENT, str(MAX_NAME))
        return path

    def _names(self, row: Row, place: _Place) -> tuple[str, ...]:
        cell = row.cell(place.column.index)
        if _is_formula_error(cell):
            self._find_in(row, place.column, Kind.FORMULA_ERROR)
            return (cell,)
        if not place.mark:
            name = clean_name(cell.replace("/", " - "))
            if "/" in cell:
                self._find_in(row, place.column, Kind.SLASH_REPLACED, name)
            elif name != cell:
                self._find_in(row, place.column, Kind.PATH_TIDIED, name)
            return (name,) if name else ()
        names = names_of(cell, place.mark)
        if names and place.mark != "/" and "/" in cell:
            self._find_in(row, place.column, Kind.SLASH_REPLACED, join_path(names))
        elif names and place.usual.join(names) != cell:
            self._find_in(row, place.column, Kind.PATH_TIDIED, place.usual.join(names))
        return names

    def _find_in(self, row: Row, column: Column, kind: Kind, other: str = "") -> None:
        value = row.cell(column.index)
        self._entries.findings.append(Finding(kind, row.number, column.name, value[:200], other))


def _place(column: Column, rows: Sequence[Row]) -> _Place:
    if column.field != Field.DEPARTMENT:
        return _Place(column, "", "")
    cells = {cell for row in rows if (cell := row.cell(column.index)) and not _is_formula_error(cell)}
    mark = mark_between_names(cells)
    return _Place(column, mark, usual_mark(cells, mark))


def _begins_with(text: str, kind: str) -> bool:
    return any(text == word or text.startswith(f"{word} ") for word in values(kind))


def _is_formula_error(cell: str) -> bool:
    return cell.startswith("#") and cell.strip().upper() in words()["values"]["formula_errors"]


def _first_cells(row: Row) -> str:
    filled = [cell.strip() for cell in row.cells if cell]
    return " · ".join(filled[:SHOWN_CELLS])[:120]


def _joined(name: PersonName) -> str:
    return " ".join(part for part in name if part)
