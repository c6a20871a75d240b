"""From the cells of a row to the path of its department."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from organisations.names import MAX_NAME, MAX_PATH, clean_name, join_path, path_key
from organisations.staff_list.fields import Field, fold, is_formula_error, is_nothing
from organisations.staff_list.findings import Kind
from organisations.staff_list.layout import Column, Layout
from organisations.staff_list.notes import About, Note
from organisations.staff_list.paths import NO_MARK, Separator, names_of, separator_of, usual_mark
from organisations.staff_list.tables import Row

Find = Callable[[Row, Column, Kind, str], None]
# Workday writes the manager's name behind the name of a department.
MANAGER = re.compile(r"\s*\([^()]*\)\s*$")
MANY_EMPTY = 0.3


@dataclass(frozen=True)
class _Place:
    """A column of departments, and how its names are told apart; level columns hold one name."""

    column: Column
    mark: str
    usual: str
    has_managers: bool

    def text(self, row: Row) -> str:
        cell = row.cell(self.column.index)
        return MANAGER.sub("", cell) if self.has_managers else cell


class Departments:
    def __init__(self, layout: Layout, organisation_name: str, find: Find) -> None:
        self._find = find
        self._own_name = clean_name(organisation_name).casefold()
        self._notes: list[Note] = []
        self._rows = 0
        self._empty = 0
        self._places = [self._place(column, layout.rows, layout.mark) for column in layout.places]

    def path(self, row: Row) -> str:
        names: list[str] = []
        self._rows += 1
        for place in self._places:
            for name in self._names(row, place):
                # Systems that must fill every level repeat the name of the one above.
                if not names or names[-1].casefold() != name.casefold():
                    names.append(name)
        if not names:
            self._empty += 1
            self._find(row, self._places[-1].column, Kind.EMPTY_DEPARTMENT, "")
        if names and names[0].casefold() == self._own_name:
            names = names[1:]
        path = join_path(tuple(names))
        if max(len(path), len(path_key(path))) > MAX_PATH or any(len(name) > MAX_NAME for name in names):
            self._find(row, self._places[-1].column, Kind.BAD_DEPARTMENT, str(MAX_NAME))
        return path

    def notes(self) -> list[Note]:
        """After all rows."""
        if self._empty > max(2, self._rows * MANY_EMPTY):
            return [*self._notes, Note(About.GROUPS, self._places[-1].column.name, count=self._empty)]
        return self._notes

    def _names(self, row: Row, place: _Place) -> tuple[str, ...]:
        if is_formula_error(row.cell(place.column.index)):
            self._find(row, place.column, Kind.FORMULA_ERROR, "")
            return (row.cell(place.column.index),)
        cell = place.text(row)
        if is_nothing(cell):
            return ()
        names = names_of(cell, place.mark)
        if names and place.mark != "/" and "/" in cell:
            self._find(row, place.column, Kind.SLASH_REPLACED, join_path(names))
        elif names and place.usual.join(names) != cell:
            self._find(row, place.column, Kind.PATH_TIDIED, place.usual.join(names))
        return names

    def _place(self, column: Column, rows: Sequence[Row], chosen: str | None) -> _Place:
        has_managers = "supervisory" in fold(column.heading)
        bare = _Place(column, NO_MARK, NO_MARK, has_managers)
        cells = {cell for row in rows if not is_nothing(cell := bare.text(row)) and not is_formula_error(cell)}
        if has_managers:
            self._note_managers(column, rows)
        if column.field != Field.DEPARTMENT:
            return bare
        separator = separator_of(cells) if chosen is None else Separator(chosen)
        self._note(column, separator)
        return _Place(column, separator.mark, usual_mark(cells, separator.mark), has_managers)

    def _note(self, column: Column, separator: Separator) -> None:
        if not separator.example:
            return
        about = About.PATH if separator.mark else About.SINGLE_NAMES
        path = join_path(names_of(separator.example, separator.mark))
        self._notes.append(Note(about, column.name, separator.example[:60], path[:120]))

    def _note_managers(self, column: Column, rows: Sequence[Row]) -> None:
        example = next((cell for row in rows if MANAGER.search(cell := row.cell(column.index))), "")
        if example:
            self._notes.append(Note(About.WITHOUT_MANAGER, column.name, example[:60], MANAGER.sub("", example)[:60]))
