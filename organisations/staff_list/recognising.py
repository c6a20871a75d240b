"""Which column of a table is what: by what was chosen before, by the words of its heading, and by what it holds."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from organisations.staff_list.cells import read_yes_no
from organisations.staff_list.content import fits, holds_addresses, share
from organisations.staff_list.fields import PLACES, Field, fold, heading_key
from organisations.staff_list.heading_row import LONGEST_HEADING, LOOK_FOR_HEADINGS, heading_place
from organisations.staff_list.headings import Match, is_about_other_life, matches
from organisations.staff_list.layout import Choices, Column, Layout
from organisations.staff_list.levels import codes_described, department_fields
from organisations.staff_list.notes import About, Note
from organisations.staff_list.service import service_of
from organisations.staff_list.tables import Row, Table

SAMPLE = 300
EXAMPLES = 3
UNUSED = ""
NAMES = frozenset({Field.FULL_NAME, Field.GIVEN_NAME, Field.FAMILY_NAME})
DATES = frozenset({Field.STARTS_ON, Field.ENDS_ON})


def recognise(table: Table, known: Mapping[str, str], chosen: Mapping[str, str]) -> Layout:
    """`known`: field by heading, of earlier times; `chosen`: for this file (see Choices)."""
    choices = Choices.of(chosen)
    place = _chosen_place(table.rows, choices.heading_row)
    if choices.heading_row is None:
        place = heading_place(table.rows[:LOOK_FOR_HEADINGS], known)
    headings = table.rows[place] if place is not None else Row(0, ())
    rows = table.rows[place + 1 :] if place is not None else table.rows
    columns = _bare_columns(headings, rows)
    notes: list[Note] = []
    if choices.fields:
        fields = {column.index: choices.fields.get(str(column.index), UNUSED) for column in columns}
    else:
        fields, notes = _Recogniser(columns, rows, known).fields()
    named = tuple(replace(column, field=fields.get(column.index, UNUSED)) for column in columns)
    first_rows = tuple(table.rows[:LOOK_FOR_HEADINGS])
    notes += [Note(About.NO_VALUE, each.name) for each in named if each.field and each.index in table.without_value]
    return Layout(named, headings.number, rows, (*table.notes, *notes), choices.mark, first_rows)


def is_staff_list(layout: Layout) -> bool:
    """Whether there is anything to go by: headings for names or departments, addresses, or rows that make a table."""
    found = {column.field for column in layout.columns if len(column.heading) <= LONGEST_HEADING}
    named, placed = bool(found & NAMES), bool(found & set(PLACES))
    if named and placed:
        return True
    if named or placed:
        return bool(layout.rows)
    has_rows = len(layout.rows) > 1 or (layout.heading_row > 0 and len(layout.rows) == 1)
    return has_rows and len(layout.columns) > 1 and (Field.EMAIL in found or _is_table(layout.rows[:SAMPLE]))


def _is_table(rows: Sequence[Row]) -> bool:
    """Several rows, nearly all with several cells: sentences have a comma now and then."""
    filled = sum(sum(map(bool, row.cells)) > 1 for row in rows)
    return filled >= max(2, 0.8 * len(rows))


def _chosen_place(rows: Sequence[Row], number: int | None) -> int | None:
    return next((place for place, row in enumerate(rows) if row.number == number), None)


def _bare_columns(headings: Row, rows: Sequence[Row]) -> list[Column]:
    width = max((len(row.cells) for row in (headings, *rows)), default=0)
    seen: Counter[str] = Counter()
    columns = []
    for index in range(width):
        heading = " ".join(headings.cell(index).split())
        key = heading_key(heading)
        seen[key] += 1
        if key and seen[key] > 1:
            key = f"{key}#{seen[key]}"
        examples = _examples(row.cell(index) for row in rows[:SAMPLE])
        if heading or examples:
            columns.append(Column(index, heading, key, UNUSED, examples))
    return columns


def _examples(cells: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(cell.strip() for cell in cells if cell.strip()))[:EXAMPLES]


class _Recogniser:
    def __init__(self, columns: Sequence[Column], rows: Sequence[Row], known: Mapping[str, str]) -> None:
        self._columns = columns
        self._rows = rows
        self._matches = {column.index: matches(column.heading) for column in columns}
        self._samples = {column.index: self._sample(column.index) for column in columns}
        self._fields = _each_once(
            {
                column.index: known[column.key]
                for column in columns
                if column.key in known and _still_fits(known[column.key], self._samples[column.index])
            }
        )
        self._notes: list[Note] = []

    def fields(self) -> tuple[dict[int, str], list[Note]]:
        candidates = self._candidates()
        for match, column in candidates:
            if match.field != Field.DEPARTMENT:
                self._take(match.field, column)
        self._take_unreadable_dates()
        self._add_departments([each for each in candidates if each[0].field == Field.DEPARTMENT])
        self._add_address_by_content()
        self._add_names_that_are_used()
        self._note_unread_service()
        return _with_one_name(self._fields, self._rows), self._notes

    def _sample(self, index: int) -> list[str]:
        """The first filled cells; far down for what has a known heading, for few people have left."""
        rows = self._rows if self._matches[index] else self._rows[:SAMPLE]
        return list(islice((cell for row in rows if (cell := row.cell(index).strip())), SAMPLE))

    def _candidates(self) -> list[tuple[Match, Column]]:
        """The best first; an empty column is never better than a filled one."""
        found = [
            (match, column)
            for column in self._columns
            if column.index not in self._fields
            for match in self._matches[column.index]
            if match.field == Field.DEPARTMENT or fits(match.field, self._samples[column.index])
        ]
        return sorted(found, key=self._order)

    def _order(self, candidate: tuple[Match, Column]) -> tuple[bool, float, int, int, int]:
        match, column = candidate
        sample = self._samples[column.index]
        unread = 0.0
        if match.field == Field.STATUS and sample:
            service = service_of(column.heading, sample)
            unread = 2.0 if service.is_reason else share(sample, service.is_unknown)
        return (not sample, unread, -match.score, match.number, column.index)

    def _take(self, field: Field, column: Column) -> None:
        if field in self._fields.values() or column.index in self._fields:
            return
        is_reason = field == Field.STATUS and service_of(column.heading, ()).is_reason
        if is_reason and any(each.field == Field.ENDS_ON for found in self._matches.values() for each in found):
            # The date decides.
            return
        self._fields[column.index] = field

    def _take_unreadable_dates(self) -> None:
        """What its heading calls a date is never dropped in silence: the cells are faults then."""
        for column in self._columns:
            best = next(iter(self._matches[column.index]), None)
            is_yes_no = share(self._samples[column.index], lambda cell: read_yes_no(cell) is not None) > 0.5
            if best and best.field in DATES and not is_yes_no:
                self._take(best.field, column)

    def _add_departments(self, candidates: list[tuple[Match, Column]]) -> None:
        if set(PLACES) & set(self._fields.values()):
            return
        free = [each for each in candidates if each[1].index not in self._fields]
        # Codes instead of names only when there is nothing else.
        named = [each for each in free if fits(Field.DEPARTMENT, self._samples[each[1].index])]
        for among in (named, free):
            if among:
                found, notes = department_fields(among, self._samples, self._rows)
                self._fields |= found
                self._notes += notes
                break
        self._fields = codes_described(self._columns, self._fields, self._rows)

    def _add_address_by_content(self) -> None:
        if Field.EMAIL in self._fields.values():
            return
        found = [
            column
            for column in self._columns
            if column.index not in self._fields and holds_addresses(self._samples[column.index])
        ]
        own = [column for column in found if not is_about_other_life(column.heading)]
        if own:
            self._fields[own[0].index] = Field.EMAIL
        elif found:
            self._notes.append(Note(About.OTHER_ADDRESS, found[0].name))

    def _add_names_that_are_used(self) -> None:
        """ "Preferred name" is filled in now and then: beside it the first name counts where it is empty."""
        given = next((index for index, field in self._fields.items() if field == Field.GIVEN_NAME), None)
        others = [
            column.index
            for column in self._columns
            if column.index not in self._fields
            and any(match.field == Field.GIVEN_NAME for match in self._matches[column.index])
        ]
        if given is None or not others or all(row.cell(given) for row in self._rows):
            return
        self._fields |= {given: Field.CALLED, others[0]: Field.GIVEN_NAME}

    def _note_unread_service(self) -> None:
        has_end = Field.ENDS_ON in self._fields.values()
        for column in self._columns:
            sample = self._samples[column.index]
            is_about = any(match.field == Field.STATUS for match in self._matches[column.index])
            if column.index in self._fields or not is_about or not sample or not fits(Field.STATUS, sample):
                continue
            if not (has_end and service_of(column.heading, ()).is_reason):
                self._notes.append(Note(About.UNREAD_SERVICE, column.name, sample[0][:60]))


def _still_fits(field: str, sample: Sequence[str]) -> bool:
    """A heading that is remembered may stand above something else now. Departments can be anything, codes too."""
    return not field or field in PLACES or fits(Field(field), sample)


def _each_once(fields: dict[int, str]) -> dict[int, str]:
    """A field that two remembered headings claim goes to the first."""
    once: dict[int, str] = {}
    for index, field in fields.items():
        once[index] = UNUSED if field and field in once.values() else field
    return once


def _with_one_name(fields: dict[int, str], rows: Sequence[Row]) -> dict[int, str]:
    """Last names make a column with full names superfluous; beside first names it may hold the last name only."""
    by_field = {field: index for index, field in fields.items() if field}
    full, given = by_field.get(Field.FULL_NAME), by_field.get(Field.GIVEN_NAME, by_field.get(Field.INITIALS))
    if full is None:
        return fields
    if Field.FAMILY_NAME in by_field:
        return fields | {full: UNUSED}
    if Field.INFIX in by_field or (given is not None and not _repeats(rows, given, full)):
        return fields | {full: Field.FAMILY_NAME}
    return fields


def _repeats(rows: Sequence[Row], given: int, full: int) -> bool:
    pairs = [(fold(row.cell(given)), fold(row.cell(full))) for row in rows[:SAMPLE] if row.cell(given).strip()]
    return bool(pairs) and sum(first in whole for first, whole in pairs) > len(pairs) / 2
