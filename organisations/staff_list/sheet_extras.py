"""What openpyxl leaves out when it reads row by row: merged cells, and formulas whose outcome is not in the file."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

CHUNK = 1_000_000
OVERLAP = 2_000
MAX_MERGED = 20_000
MERGED = re.compile(rb'<(?:\w+:)?mergeCell ref="([A-Z]{1,3})(\d{1,7}):[A-Z]{1,3}(\d{1,7})"')
NO_OUTCOME = re.compile(
    rb'<(?:\w+:)?c r="([A-Z]{1,3})\d{1,7}"[^>]*>'
    rb"<(?:\w+:)?f[^>]*>[^<]{0,1000}</(?:\w+:)?f>(?:<(?:\w+:)?v ?/>|<v></v>)?</"
)


@dataclass(frozen=True)
class Merged:
    """Cells below each other that are one."""

    column: int
    first: int
    last: int


@dataclass
class Extras:
    merged: set[Merged] = field(default_factory=set)
    without_value: frozenset[int] = frozenset()


class Fill:
    """Each row gets the text of the merged cell it is part of."""

    def __init__(self, merged: Iterable[Merged]) -> None:
        self._starting: dict[int, list[Merged]] = {}
        for each in merged:
            self._starting.setdefault(each.first, []).append(each)
        self._open: list[tuple[Merged, str]] = []

    def row(self, number: int, cells: list[str]) -> list[str]:
        self._open = [each for each in self._open if each[0].last >= number]
        if self._open and any(cells):
            cells += [""] * (1 + max(merged.column for merged, _text in self._open) - len(cells))
            for merged, text in self._open:
                cells[merged.column] = cells[merged.column] or text
        for merged in self._starting.get(number, ()):
            if merged.column < len(cells) and cells[merged.column]:
                self._open.append((merged, cells[merged.column]))
        return cells


def read_extras(sheet: Any) -> Extras:
    """Looks through the sheet's XML as bytes: parsing it once more would take as long as reading it."""
    extras = Extras()
    without: set[int] = set()
    with sheet._get_source() as source:  # noqa: SLF001 -- openpyxl offers no other way to the XML
        before = b""
        while chunk := source.read(CHUNK):
            text = before + chunk
            if b"mergeCell" in text:
                for column, first, last in MERGED.findall(text):
                    if int(last) > int(first) and len(extras.merged) < MAX_MERGED:
                        extras.merged.add(Merged(_index(column), int(first), int(last)))
            if b"</f>" in text or b":f>" in text:
                without |= {_index(column) for column in NO_OUTCOME.findall(text)}
            before = text[-OVERLAP:]
    extras.without_value = frozenset(without)
    return extras


def _index(column: bytes) -> int:
    number = 0
    for char in column:
        number = number * 26 + char - ord("A") + 1
    return number - 1
