"""The same number or address in several rows: one person twice, or two people where one of them is wrong."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from organisations.names import path_key
from organisations.staff_list.entries import Entries, Entry, LeftOut
from organisations.staff_list.fields import Field
from organisations.staff_list.findings import Finding, Kind
from organisations.staff_list.matching import is_same_name, number_key


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


def settle_doubles(
    entries: Entries, choices: Mapping[str, str], is_home: Callable[[Entry], bool] = lambda entry: False
) -> Settled:
    """Every person once. Raises nothing: what cannot be settled is a finding, or a question.

    `is_home`: whether this row names the department where we have this person already.
    """
    settled = Settled()
    for rows in _groups(entries.people, entries.headings, settled.findings):
        if len(rows) == 1:
            settled.people += rows
        else:
            _settle(rows, choices, entries.headings, settled, is_home)
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
            if is_same_name(earlier, entry):
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


def _settle(
    rows: list[Entry],
    choices: Mapping[str, str],
    headings: Mapping[str, str],
    settled: Settled,
    is_home: Callable[[Entry], bool],
) -> None:
    counts = rows[0]
    if len({path_key(entry.path) for entry in rows}) > 1:
        picked = _picked(rows, choices, is_home)
        counts = picked or counts
        key = next(text for entry in rows for text in (entry.number, entry.email) if text)
        options = tuple((entry.row, entry.path) for entry in rows)
        settled.questions.append(Question(key, rows[0].name, options, picked.path if picked else ""))
        if picked is None:
            heading = headings.get(Field.DEPARTMENT) or headings.get(Field.LEVEL_1, "")
            settled.findings.append(Finding(Kind.TWO_DEPARTMENTS, rows[-1].row, heading, rows[-1].path, rows[0].path))
    others = [entry for entry in rows if entry is not counts]
    whole = _filled_in(counts, others)
    settled.people.append(whole)
    settled.findings += _other_addresses(whole, others, headings)
    settled.left_out += [
        LeftOut(entry.row, "again", entry.name, entry.number or "", entry.email or "") for entry in others
    ]


def _picked(rows: list[Entry], choices: Mapping[str, str], is_home: Callable[[Entry], bool]) -> Entry | None:
    """The row of the chosen department, else of the department where this person is already."""
    by_path = {path_key(entry.path): entry for entry in reversed(rows)}
    chosen = [choices[text] for entry in rows for text in (entry.number, entry.email) if text and text in choices]
    told = [by_path[path_key(path)] for path in chosen if path_key(path) in by_path]
    return next(iter(told), None) or next(filter(is_home, rows), None)


def _filled_in(counts: Entry, others: list[Entry]) -> Entry:
    """What one row has not, another may have. Who leads leads in the department of that row."""
    rows = [counts, *others]
    same_place = [entry for entry in rows if path_key(entry.path) == path_key(counts.path)]
    return replace(
        counts,
        number=_first(entry.number for entry in rows),
        given_name=_first(entry.given_name for entry in rows),
        infix=_first(entry.infix for entry in rows) or "",
        email=_first(entry.email for entry in rows),
        language=_first(entry.language for entry in rows),
        is_leader=None if counts.is_leader is None else any(entry.is_leader for entry in same_place),
    )


def _first(texts: Iterable[str | None]) -> str | None:
    """The first that is filled; None only when the file has no such column."""
    all_texts = list(texts)
    return next((text for text in all_texts if text), None if None in all_texts else "")


def _other_addresses(counts: Entry, others: list[Entry], headings: Mapping[str, str]) -> list[Finding]:
    heading = headings.get(Field.EMAIL, "")
    return [
        Finding(Kind.TWO_ADDRESSES, entry.row, heading, entry.email, counts.email or "")
        for entry in others
        if entry.email and entry.email != counts.email
    ]
