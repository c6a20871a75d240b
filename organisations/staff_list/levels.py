"""Which columns hold the departments, and how they nest."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from organisations.staff_list.content import holds_paths
from organisations.staff_list.fields import LEVELS, Field, fold, is_nothing, words
from organisations.staff_list.headings import Match, describes_neighbour
from organisations.staff_list.layout import Column
from organisations.staff_list.notes import About, Note
from organisations.staff_list.tables import Row

NESTING_ROWS = 5_000
# A list has a slip now and then.
ENOUGH = 0.95

Candidate = tuple[Match, Column]


def department_fields(
    candidates: Sequence[Candidate], samples: Mapping[int, list[str]], rows: Sequence[Row]
) -> tuple[dict[int, str], list[Note]]:
    """One column with the department, or several as the levels of the tree, the highest first."""
    ordered = _ordered(candidates, samples)
    # A column that holds whole paths needs no other.
    paths = [column for _match, column in ordered if holds_paths(samples[column.index])]
    if paths:
        return {paths[0].index: Field.DEPARTMENT}, []
    columns, notes = _with_locations(ordered, rows)
    if len(columns) == 1:
        return {columns[0].index: Field.DEPARTMENT}, notes
    dropped = columns[len(LEVELS) :]
    notes += [Note(About.TOO_MANY_LEVELS, column.name, count=len(LEVELS)) for column in dropped]
    return {column.index: level for column, level in zip(columns, LEVELS, strict=False)}, notes


def codes_described(columns: Sequence[Column], fields: Mapping[int, str], rows: Sequence[Row]) -> dict[int, str]:
    """ "Afdeling; Omschrijving": where the second says what the codes of the first mean, the second counts."""
    changed = dict(fields)
    for column, neighbour in pairwise(columns):
        field = changed.get(column.index, "")
        is_place = field == Field.DEPARTMENT or field in LEVELS
        is_description = describes_neighbour(neighbour.heading) and not changed.get(neighbour.index)
        if is_place and is_description and _is_function(rows, of=column, value=neighbour):
            changed[neighbour.index], changed[column.index] = field, ""
    return changed


def _ordered(candidates: Sequence[Candidate], samples: Mapping[int, list[str]]) -> list[Candidate]:
    """By the words of the headings; each kind and number once."""
    groups = words()["departments"]
    best: dict[tuple[int, int], Candidate] = {}
    taken: set[int] = set()
    for match, column in candidates:
        place = (match.level, match.number)
        if place not in best and column.index not in taken:
            best[place] = (match, column)
            taken.add(column.index)
    if others := {place for place in best if not groups[place[0]].get("only_alone")}:
        best = {place: best[place] for place in others}
    return [
        best[place]
        for place in sorted(best)
        if len(best) == 1
        or not groups[place[0]].get("only_beside_others")
        or len(set(samples[best[place][1].index])) > 1
    ]


def _with_locations(ordered: Sequence[Candidate], rows: Sequence[Row]) -> tuple[list[Column], list[Note]]:
    """A location goes where the data put it: above what is at one location only, below what has several."""
    groups = words()["departments"]
    columns = [column for match, column in ordered if not groups[match.level].get("is_location")]
    locations = [column for match, column in ordered if groups[match.level].get("is_location")]
    if not columns:
        return locations, []
    notes: list[Note] = []
    rows = rows[:NESTING_ROWS]
    departments = list(columns)
    for location in locations:
        place = _place_among(location, departments, rows)
        if place is None:
            example = next((cell for row in rows if (cell := row.cell(location.index))), "")
            notes.append(Note(About.LOCATION, location.name, example[:60]))
        else:
            columns.insert(place, location)
            departments.insert(place, location)
    return columns, notes


def _place_among(location: Column, columns: Sequence[Column], rows: Sequence[Row]) -> int | None:
    """None: the same departments come back under several locations."""
    telling = [column for column in columns if _varies(column, rows)] or columns
    below = {column.index for column in telling if _is_function(rows, of=column, value=location)}
    above = {column.index for column in telling if _is_function(rows, of=location, value=column)}
    if not below | above:
        return None
    place = 0
    for number, column in enumerate(columns, 1):
        is_one_to_one = column.index in below & above or column not in telling
        if (is_one_to_one and column.index < location.index) or column.index in above - below:
            place = number
    only_repeats = place == len(columns) and not above - below
    return None if only_repeats else place


def _varies(column: Column, rows: Sequence[Row]) -> bool:
    return len({fold(cell) for row in rows if (cell := row.cell(column.index))}) > 1


def _is_function(rows: Sequence[Row], *, of: Column, value: Column) -> bool:
    """Whether each value of one column goes with a single value of the other."""
    found: dict[str, set[str]] = {}
    for row in rows:
        key, other = row.cell(of.index), row.cell(value.index)
        if not is_nothing(key) and not is_nothing(other):
            found.setdefault(key, set()).add(other)
    return bool(found) and sum(len(others) == 1 for others in found.values()) >= ENOUGH * len(found)
