"""Recognise people: by number, else by address, else by full name within the same department.

A number that came to somebody else with another name and another address makes nobody into another person: an
invitation to a running scan would change hands.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple, Protocol
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
    strangers: list[Conflict] = field(default_factory=list)
    """The row's number is that of somebody who is clearly somebody else."""
    told_by_number: int = 0
    """Rows whose number we know, strangers included."""


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
        owner = by_number.get(number_key(entry.number)) if entry.number else None
        pairs.told_by_number += owner is not None
        if owner is not None and is_somebody_else(entry, owner):
            pairs.strangers.append(Conflict(entry, owner))
        else:
            pair(entry, owner)
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
    return not is_renumbered or is_same_name(entry, person)


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


class Named(Protocol):
    @property
    def given_name(self) -> str | None: ...
    @property
    def family_name(self) -> str: ...
    @property
    def name(self) -> str: ...


def is_same_name(one: Named, other: Named) -> bool:
    """Also with initials on one side: Jan Vos and J. Vos."""
    if name_key(one.name) == name_key(other.name):
        return True
    is_same_family = name_key(one.family_name) == name_key(other.family_name)
    return is_same_family and _may_be_same_given_name(one.given_name or "", other.given_name or "")


def _may_be_same_given_name(one: str, other: str) -> bool:
    first, second = fold(one), fold(other)
    if not first or not second or first == second:
        return True
    has_initials = any(all(len(word) == 1 for word in text.split()) for text in (first, second))
    return has_initials and first[0] == second[0]


def is_somebody_else(entry: Entry, person: Known) -> bool:
    """Nothing but the number is the same: neither the address nor a part of the last name.

    Where one of the two addresses is not known, the first name speaks.
    """
    if entry.family_name and entry.family_name == person.family_name:
        return False
    has_families = bool(entry.family_name and person.family_name)
    names = (entry.family_name, person.family_name) if has_families else (entry.name, person.name)
    if set(fold(names[0]).split()) & set(fold(names[1]).split()):
        return False
    if entry.email and person.email:
        return entry.email != person.email.lower()
    given, known = fold(entry.given_name or ""), fold(person.given_name)
    return not (given and known and _may_be_same_given_name(given, known))


def number_key(number: str) -> str:
    """Excel takes the zeros in front of a number away."""
    return number.casefold().lstrip("0") or number[:1]


def name_key(name: str) -> str:
    return fold(name)
