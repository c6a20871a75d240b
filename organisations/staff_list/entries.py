"""From the rows of a table to people: every cell understood, or found fault with."""

from dataclasses import dataclass, field
from datetime import date

from organisations.addresses import is_address
from organisations.names import clean_name
from organisations.staff_list.cells import read_language, read_number, read_yes_no, tidy_address
from organisations.staff_list.department_cells import Departments
from organisations.staff_list.employment import Employment
from organisations.staff_list.fields import Field, is_formula_error, is_nothing
from organisations.staff_list.findings import Finding, Kind
from organisations.staff_list.headings import says_family_first
from organisations.staff_list.layout import Column, Layout
from organisations.staff_list.no_person import NoPerson
from organisations.staff_list.notes import Note
from organisations.staff_list.person_names import (
    PersonName,
    number_in_front,
    split_family_name,
    split_name,
)
from organisations.staff_list.tables import Row

SHOWN_CELLS = 3
GIVEN = (Field.CALLED, Field.GIVEN_NAME, Field.INITIALS)
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
    notes: list[Note] = field(default_factory=list)


def read_entries(layout: Layout, organisation_name: str, today: date) -> Entries:
    entries = Entries(headings={column.field: column.name for column in layout.columns if column.field})
    entries.notes += layout.notes
    if missing := _missing_columns(layout):
        entries.findings = missing
        return entries
    reader = _Reader(layout, organisation_name, today, entries)
    for row in layout.rows:
        reader.read(row)
    entries.notes += reader.notes()
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
        self._columns = {column.field: column for column in layout.columns if column.field}
        self._today = today
        self._entries = entries
        self._departments = Departments(layout, organisation_name, self._find_in)
        self._no_person = NoPerson(layout)
        self._employment = Employment(layout, today, self._find)
        full_name = self._columns.get(Field.FULL_NAME)
        self._family_first = full_name is not None and says_family_first(full_name.heading)

    def notes(self) -> list[Note]:
        return [*self._departments.notes(), *self._employment.notes()]

    def read(self, row: Row) -> None:
        reason = self._no_person.reason(row)
        name = self._name(row)
        if reason:
            self._entries.left_out.append(LeftOut(row.number, reason, _first_cells(row)))
            return
        ended = self._employment.date(row, Field.ENDS_ON)
        starts = self._employment.date(row, Field.STARTS_ON)
        has_left = (ended is not None and ended < self._today) or self._employment.is_out_of_service(row)
        if has_left or (starts is not None and starts > self._today):
            self._entries.left_out.append(
                LeftOut(
                    row.number,
                    "leaver" if has_left else "not_started",
                    _joined(name),
                    self._number(row) or "",
                    tidy_address(self._cell(row, Field.EMAIL)),
                    ended if has_left else None,
                )
            )
            return
        self._entries.people.append(self._entry(row, name))

    def _entry(self, row: Row, name: PersonName) -> Entry:
        if not name.family_name:
            self._find(row, self._name_field(), Kind.NO_FAMILY_NAME)
        number = self._number(row)
        has_given = {Field.CALLED, Field.GIVEN_NAME, Field.INITIALS, Field.FULL_NAME} & set(self._columns)
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
            path=self._departments.path(row),
            is_leader=self._is_leader(row),
            language=self._language(row),
        )

    # Cells

    def _cell(self, row: Row, column: Field) -> str:
        """The text of a cell; the error of a formula is a fault, and then the cell is empty."""
        found = self._columns.get(column)
        return row.cell(found.index) if found else ""

    def _find(self, row: Row, column: Field, kind: Kind, other: str = "") -> None:
        found = self._columns.get(column)
        if found is not None and is_formula_error(row.cell(found.index)):
            kind, other = Kind.FORMULA_ERROR, ""
        value = row.cell(found.index) if found else ""
        self._entries.findings.append(Finding(kind, row.number, found.name if found else "", value[:200], other))

    def _name_field(self) -> Field:
        return Field.FAMILY_NAME if Field.FAMILY_NAME in self._columns else Field.FULL_NAME

    def _name(self, row: Row) -> PersonName:
        if is_formula_error(self._cell(row, self._name_field())):
            return PersonName("", "", "")
        if Field.FAMILY_NAME not in self._columns:
            return split_name(self._cell(row, Field.FULL_NAME), family_first=self._family_first)
        given = next((cell for field in GIVEN if (cell := self._cell(row, field))), "")
        infix, family = split_family_name(self._cell(row, Field.FAMILY_NAME))
        return PersonName(clean_name(given), clean_name(self._cell(row, Field.INFIX)) or infix, family)

    def _number(self, row: Row) -> str | None:
        if Field.NUMBER in self._columns:
            return read_number(self._cell(row, Field.NUMBER))
        return number_in_front(self._cell(row, Field.FULL_NAME)) or None

    def _email(self, row: Row) -> str | None:
        if Field.EMAIL not in self._columns:
            return None
        cell = self._cell(row, Field.EMAIL)
        if is_nothing(cell):
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

    def _find_in(self, row: Row, column: Column, kind: Kind, other: str = "") -> None:
        value = row.cell(column.index)
        self._entries.findings.append(Finding(kind, row.number, column.name, value[:200], other))


def _first_cells(row: Row) -> str:
    filled = [cell.strip() for cell in row.cells if cell]
    return " · ".join(filled[:SHOWN_CELLS])[:120]


def _joined(name: PersonName) -> str:
    return " ".join(part for part in name if part)
