"""Recognise people: by number, else by address, else by full name within the same department."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple
from uuid import UUID

from organisations.addresses import plain_address
from organisations.names import path_key
from organisations.staff_list.entries import Entry
from organisations.staff_list.fields import fold
from organisations.staff_list.places import Places


@dataclass(frozen=True)
class Known:
    """Somebody on our staff list; also who has left."""

    path_key: str
    id: UUID
    number: str
    given_name: str
    infix: str
    family_name: str
    email: str
    language: str
    is_leader: bool
    left_on: date | None

    @property
    def name(self) -> str:
        return " ".join(part for part in (self.given_name, self.infix, self.family_name) if part)

    @property
    def label(self) -> str:
        return f"{self.name} ({self.number})" if self.number else self.name


class Conflict(NamedTuple):
    entry: Entry
    person: Known


@dataclass
class Pairs:
    by_row: dict[int, Known] = field(default_factory=dict)
    conflicts: list[Conflict] = field(default_factory=list)
    """The row's address is that of somebody else, who is not in the file."""
    freed: list[Known] = field(default_factory=list)
    """The same, but that person has left."""


def match(entries: Sequence[Entry], people: Sequence[Known], places: Places) -> Pairs:
    pairs = Pairs()
    matched: set[UUID] = set()
    by_number = {number_key(person.number): person for person in people if person.number}
    by_address = {plain_address(person.email): person for person in people if person.email}

    def pair(entry: Entry, person: Known | None) -> None:
        if person is not None and person.id not in matched and entry.row not in pairs.by_row:
            pairs.by_row[entry.row] = person
            matched.add(person.id)

    for entry in entries:
        pair(entry, by_number.get(number_key(entry.number or "")))
    for entry in entries:
        person = by_address.get(entry.email or "")
        if person and _may_be(entry, person):
            pair(entry, person)
    _match_names(entries, people, pairs, places)
    _find_conflicts(entries, by_address, pairs)
    return pairs


def _may_be(entry: Entry, person: Known) -> bool:
    """Another number under the same address is the same person when the name is the same too."""
    is_renumbered = bool(entry.number and person.number) and number_key(entry.number or "") != number_key(person.number)
    return not is_renumbered or name_key(entry.name) == name_key(person.name)


def _match_names(entries: Sequence[Entry], people: Sequence[Known], pairs: Pairs, places: Places) -> None:
    """Who has no number and no address, in the file or with us."""
    matched = {person.id for person in pairs.by_row.values()}
    waiting: dict[tuple[str, str], list[Known]] = defaultdict(list)
    for person in people:
        if person.id not in matched:
            waiting[name_key(person.name), person.path_key].append(person)
    if not waiting:
        return
    for entry in entries:
        if entry.row in pairs.by_row:
            continue
        candidates = waiting.get((name_key(entry.name), path_key(places.path(entry.path))), [])
        is_bare = not entry.number and not entry.email
        # Those without number and address first, so that others can still be told by theirs.
        candidates.sort(key=lambda person: (person.left_on is not None, bool(person.number or person.email)))
        found = next((person for person in candidates if is_bare or not (person.number or person.email)), None)
        if found:
            candidates.remove(found)
            pairs.by_row[entry.row] = found


def _find_conflicts(entries: Sequence[Entry], by_address: dict[str, Known], pairs: Pairs) -> None:
    """An address that stays with somebody who is not in the file cannot be given to another."""
    in_file = {person.id for person in pairs.by_row.values()}
    for entry in entries:
        owner = by_address.get(entry.email or "")
        if owner is None or owner.id in in_file:
            continue
        if owner.left_on is None:
            pairs.conflicts.append(Conflict(entry, owner))
        else:
            pairs.freed.append(owner)


def number_key(number: str) -> str:
    """Excel takes the zeros in front of a number away."""
    return number.casefold().lstrip("0")


def name_key(name: str) -> str:
    return fold(name)
