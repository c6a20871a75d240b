"""What the columns of a table are, and what is worth saying about how they were understood."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from organisations.staff_list.fields import PLACES, Field
from organisations.staff_list.notes import Note
from organisations.staff_list.tables import Row, letter


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
class Choices:
    """What was chosen on screen for one file; kept with the import as {name: value}."""

    fields: Mapping[str, str]
    """By column number; empty: as recognised."""
    heading_row: int | None
    """As in the file; 0: there are no headings; None: as recognised."""
    mark: str | None
    """Between the names of a path; empty: single names; None: as recognised."""

    @classmethod
    def of(cls, stored: Mapping[str, str]) -> "Choices":
        row = stored.get("heading_row", "")
        return cls(
            {index: field for index, field in stored.items() if index.isdigit()},
            int(row) if row.isdigit() else None,
            stored.get("mark"),
        )


@dataclass(frozen=True)
class Layout:
    columns: tuple[Column, ...]
    heading_row: int
    """As in the file; 0: there are no headings."""
    rows: Sequence[Row]
    """Below the headings."""
    notes: tuple[Note, ...] = ()
    mark: str | None = None
    """The mark of paths, when it was chosen."""
    first_rows: tuple[Row, ...] = ()
    """Among which the headings can be chosen."""

    def column(self, field: Field) -> Column | None:
        return next((column for column in self.columns if column.field == field), None)

    @property
    def places(self) -> list[Column]:
        """The columns that make the department's path, the highest level first."""
        return [column for field in PLACES if (column := self.column(field))]
