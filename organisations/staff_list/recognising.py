"""Which column of a table is what: by what was chosen before, by the words of its heading, and by what it holds."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from organisations.staff_list.cells import (
    NO_DATE,
    has_letter,
    read_date,
    read_language,
    read_yes_no,
)
from organisations.staff_list.fields import LEVELS, PLACES, Field, fold, heading_key, values, words
from organisations.staff_list.headings import Match, matches
from organisations.staff_list.tables import Row, Table, letter

LOOK_FOR_HEADINGS = 30
SAMPLE = 300
EXAMPLES = 3
UNUSED = ""
LONGEST_HEADING = 80
NAMES = frozenset({Field.FULL_NAME, Field.GIVEN_NAME, Field.FAMILY_NAME})


@dataclass(frozen=True)
class Column:
    index: int
    heading: str
    key: str
    """By which the choice for this heading is remembered; empty without a heading."""
    field: str
    """A Field, or empty: not used."""
    examples: tuple[str, ...]

    @property
    def letter(self) -> str:
        return letter(self.index)

    @property
    def name(self) -> str:
        return self.heading or self.letter


@dataclass(frozen=True)
class Layout:
    columns: tuple[Column, ...]
    heading_row: int
    """As in the file; 0: there are no headings."""
    rows: Sequence[Row]
    """Below the headings."""

    def column(self, field: Field) -> Column | None:
        return next((column for column in self.columns if column.field == field), None)

    @property
    def places(self) -> list[Column]:
        """The columns that make the department's path, the highest level first."""
        return [column for field in PLACES if (column := self.column(field))]


def recognise(table: Table, known: Mapping[str, str], chosen: Mapping[str, str]) -> Layout:
    """`known`: field by heading, of earlier times; `chosen`: field by column number, for this file."""
    place = _heading_place(table.rows[:LOOK_FOR_HEADINGS], known)
    headings = table.rows[place] if place is not None else Row(0, ())
    rows = table.rows[place + 1 :] if place is not None else table.rows
    columns = _bare_columns(headings, rows)
    if chosen:
        fields = {column.index: chosen.get(str(column.index), UNUSED) for column in columns}
    else:
        fields = _fields(columns, rows, known)
    named = tuple(replace(column, field=fields.get(column.index, UNUSED)) for column in columns)
    return Layout(named, headings.number, rows)


def likeness(table: Table) -> int:
    """How much a sheet looks like a staff list."""
    layout = recognise(table, {}, {}) if table.rows else Layout((), 0, ())
    return 100 * len([column for column in layout.columns if column.field]) + min(len(layout.rows), 99)


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


def _heading_place(rows: Sequence[Row], known: Mapping[str, str]) -> int | None:
    """Where the headings stand: where most words are known, else the first row as wide as the others."""
    scores = [_known_headings(row, known) for row in rows]
    if max(scores) >= 2:
        return scores.index(max(scores))
    widths = Counter(len(row.cells) for row in rows)
    usual = max(widths, key=lambda width: (widths[width], width))
    first = next(place for place, row in enumerate(rows) if len(row.cells) >= usual)
    return None if any("@" in cell for cell in rows[first].cells) else first


def _known_headings(row: Row, known: Mapping[str, str]) -> int:
    found: set[str] = set()
    for cell in row.cells:
        if heading_key(cell) in known:
            found.add(cell)
        elif (match := next(iter(matches(cell)), None)) and len(cell) <= LONGEST_HEADING:
            found.add(f"{match.field} {match.level} {match.number}")
    return len(found)


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


def _fields(columns: Sequence[Column], rows: Sequence[Row], known: Mapping[str, str]) -> dict[int, str]:
    samples = {column.index: _sample(rows, column.index) for column in columns}
    fields = {
        column.index: known[column.key]
        for column in columns
        if column.key in known and _still_fits(known[column.key], samples[column.index])
    }
    fields = _each_once(fields)
    candidates = [
        (match, column.index)
        for column in columns
        if column.index not in fields
        for match in matches(column.heading)
        if match.field == Field.DEPARTMENT or _fits(match.field, samples[column.index])
    ]
    candidates.sort(key=lambda candidate: (-candidate[0].score, candidate[1]))
    for match, index in candidates:
        if match.field != Field.DEPARTMENT and match.field not in fields.values() and index not in fields:
            fields[index] = match.field
    if not set(PLACES) & set(fields.values()):
        free = [candidate for candidate in candidates if candidate[1] not in fields]
        # Codes instead of names only when there is nothing else.
        named = [candidate for candidate in free if _fits(Field.DEPARTMENT, samples[candidate[1]])]
        fields |= _levels(named, samples) or _levels(free, samples)
    _add_address_by_content(fields, samples)
    return _with_one_name(fields, rows)


def _still_fits(field: str, sample: Sequence[str]) -> bool:
    """A heading that is remembered may stand above something else now. Departments can be anything, codes too."""
    return not field or field in PLACES or _fits(Field(field), sample)


def _each_once(fields: dict[int, str]) -> dict[int, str]:
    """A field that two remembered headings claim goes to the first."""
    once: dict[int, str] = {}
    for index, field in fields.items():
        once[index] = UNUSED if field and field in once.values() else field
    return once


def _sample(rows: Sequence[Row], index: int) -> list[str]:
    return [cell for row in rows[:SAMPLE] if (cell := row.cell(index).strip())]


def _levels(candidates: list[tuple[Match, int]], samples: Mapping[int, list[str]]) -> dict[int, str]:
    """One column with the department, or several as the levels of the tree, the highest first."""
    groups = words()["departments"]
    best: dict[tuple[int, int], int] = {}
    taken: set[int] = set()
    for match, index in candidates:
        place = (match.level, match.number)
        if match.field == Field.DEPARTMENT and place not in best and index not in taken:
            best[place] = index
            taken.add(index)
    if not best:
        return {}
    if others := {place for place in best if not groups[place[0]].get("only_alone")}:
        best = {place: best[place] for place in others}
    best = {
        place: index
        for place, index in best.items()
        if len(best) == 1 or not groups[place[0]].get("only_beside_others") or len(set(samples[index])) > 1
    }
    ordered = [best[place] for place in sorted(best)]
    # A column that holds whole paths needs no other.
    paths = [index for index in ordered if _holds_paths(samples[index])]
    if paths or len(ordered) == 1:
        return {(paths or ordered)[0]: Field.DEPARTMENT}
    return dict(zip(ordered, LEVELS, strict=False))


def _holds_paths(sample: Sequence[str]) -> bool:
    return _share(sample, lambda cell: any(mark in cell for mark in (" / ", " > ", "\\"))) > 0.5


def _add_address_by_content(fields: dict[int, str], samples: Mapping[int, list[str]]) -> None:
    if Field.EMAIL in fields.values():
        return
    for index, sample in samples.items():
        if index not in fields and sample and _share(sample, _is_address) >= 0.8:
            fields[index] = Field.EMAIL
            return


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


def _share(sample: Sequence[str], test: Callable[[str], bool]) -> float:
    return sum(map(test, sample)) / len(sample) if sample else 0


def _fits(field: Field, sample: Sequence[str]) -> bool:
    """Whether the column holds what its heading says; an empty one does."""
    test = TESTS.get(field, has_letter)
    return not sample or _share(sample, test) >= 0.5


def _is_address(cell: str) -> bool:
    return "@" in cell


def _is_number(cell: str) -> bool:
    return any(char.isdigit() for char in cell) and "@" not in cell and " " not in cell


def _is_infix(cell: str) -> bool:
    return fold(cell) in values("infixes")


TESTS: dict[Field, Callable[[str], bool]] = {
    Field.NUMBER: _is_number,
    Field.EMAIL: lambda cell: _is_address(cell) or fold(cell) in values("no_address"),
    Field.INFIX: _is_infix,
    Field.IS_LEADER: lambda cell: read_yes_no(cell) is not None,
    Field.LANGUAGE: lambda cell: read_language(cell) is not None,
    Field.STARTS_ON: lambda cell: read_date(cell) is not NO_DATE,
    Field.ENDS_ON: lambda cell: read_date(cell) is not NO_DATE,
    Field.STATUS: lambda cell: has_letter(cell) or cell in ("0", "1"),
    Field.FULL_NAME: lambda cell: has_letter(cell) and "@" not in cell,
}
