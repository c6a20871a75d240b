"""By what somebody is recognised in bytes: an id, a token, an address, a remark, a whole row of answers."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from uuid import UUID

HEAD = 8
"""So many bytes of a mark are looked up first, at every place."""


class Find(NamedTuple):
    place: int
    kind: str
    number: int
    """Of the somebody that the mark belongs to."""


class Marks:
    """Finds all marks of everybody in one pass, however many people there are."""

    def __init__(self) -> None:
        self._by_head: dict[bytes, list[tuple[bytes, str, int]]] = defaultdict(list)

    def add(self, kind: str, number: int, mark: bytes) -> None:
        if len(mark) < HEAD:
            raise ValueError(f"a mark of {len(mark)} bytes would be found everywhere")
        self._by_head[mark[:HEAD]].append((mark, kind, number))

    def add_id(self, kind: str, number: int, pk: UUID) -> None:
        """As PostgreSQL keeps it, as SQLite does, and as people write it."""
        for mark in (pk.bytes, pk.hex.encode(), str(pk).encode()):
            self.add(kind, number, mark)

    def find(self, content: bytes) -> Iterator[Find]:
        heads = self._by_head
        for place in range(len(content) - HEAD + 1):
            head = content[place : place + HEAD]
            if head in heads:
                for mark, kind, number in heads[head]:
                    if content.startswith(mark, place):
                        yield Find(place, kind, number)

    def in_cells(self, cells: Iterable[object]) -> set[tuple[str, int]]:
        """Who is recognised in the row of a table, in a mail, in a line."""
        return {(kind, number) for cell in cells for _, kind, number in self.find(as_bytes(cell))}


def as_bytes(value: object) -> bytes:
    if isinstance(value, bytes | bytearray | memoryview):
        return bytes(value)
    return str(value).encode()
