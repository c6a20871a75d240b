"""The same number or address in several rows: one person twice, or two people where one of them is wrong."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from organisations.names import path_key
from organisations.staff_list.entries import Entries, Entry, LeftOut
from organisations.staff_list.fields import Field
from organisations.staff_list.findings import Finding, Kind
from organisations.staff_list.matching import name_key, number_key


@dataclass(frozen=True)
class Question:
    """Somebody with two contracts: which department counts?"""

    key: str
    """The person's number, or address."""
    name: str
    options: tuple[tuple[int, str], ...]
    """Row and path."""
    chosen: str
    """A path; empty: not chosen yet."""


@dataclass
class Settled:
    people: list[Entry] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)


def settle_doubles(entries: Entries, choices: Mapping[str, str]) -> Settled:
    """Every person once. Raises nothing: what cannot be settled is a finding, or a question."""
    settled = Settled()
    for rows in _groups(entries.people, entries.headings, settled.findings):
        _settle(rows, choices, entries.headings, settled)
    settled.people.sort(key=lambda entry: entry.row)
    return settled


def _groups(people: Sequence[Entry], headings: Mapping[str, str], findings: list[Finding]) -> list[list[Entry]]:
    """Rows of one person together: those with the same number or address, and the same name."""
    first_by: dict[tuple[str, str], Entry] = {}
    home: dict[int, int] = {}
    groups: dict[int, list[Entry]] = defaultdict(list)
    for entry in people:
        group = entry.row
        for column, value, kind in (
            (Field.NUMBER, entry.number, Kind.DOUBLE_NUMBER),
            (Field.EMAIL, entry.email, Kind.DOUBLE_ADDRESS),
        ):
            if not value:
                continue
            earlier = first_by.setdefault((column, number_key(value) if column == Field.NUMBER else value), entry)
            if earlier is entry:
                continue
            if name_key(earlier.name) == name_key(entry.name):
                group = _joined(groups, home, group, home[earlier.row])
            else:
                heading = headings.get(column, "")
                findings.append(Finding(kind, entry.row, heading, value, str(earlier.row)))
        home[entry.row] = group
        groups[group].append(entry)
    return list(groups.values())


def _joined(groups: dict[int, list[Entry]], home: dict[int, int], group: int, other: int) -> int:
    """One group of two: a row can share its number with one earlier row and its address with another."""
    if group not in groups or group == other:
        return other
    for entry in groups.pop(group):
        home[entry.row] = other
        groups[other].append(entry)
    return other


def _settle(rows: list[Entry], choices: Mapping[str, str], headings: Mapping[str, str], settled: Settled) -> None:
    paths = {path_key(entry.path): entry.path for entry in reversed(rows)}
    counts = rows[0]
    if len(paths) > 1:
        keys = [text for entry in rows for text in (entry.number, entry.email) if text]
        chosen = next((path_key(choices[key]) for key in keys if path_key(choices.get(key, "")) in paths), None)
        options = tuple((entry.row, entry.path) for entry in rows)
        picked = next((entry for entry in rows if path_key(entry.path) == chosen), None)
        settled.questions.append(Question(keys[0], rows[0].name, options, picked.path if picked else ""))
        if picked is None:
            settled.findings.append(
                Finding(
                    Kind.TWO_DEPARTMENTS,
                    rows[-1].row,
                    headings.get(Field.DEPARTMENT) or headings.get(Field.LEVEL_1, ""),
                    rows[-1].path,
                    rows[0].path,
                )
            )
        else:
            counts = picked
    settled.people.append(counts)
    settled.left_out += [
        LeftOut(entry.row, "again", entry.name, entry.number or "", entry.email or "")
        for entry in rows
        if entry is not counts
    ]
