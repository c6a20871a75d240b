"""What an import would do: who is new, who changes, who moves, who stays as is. Pure: nothing is stored."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from organisations.names import join_path, path_key, split_path
from organisations.staff_list.doubles import Question, settle_doubles
from organisations.staff_list.entries import Entries, Entry, LeftOut
from organisations.staff_list.findings import Finding, Kind
from organisations.staff_list.matching import Known, Pairs, match, number_key
from organisations.staff_list.places import Places

MANY = 3


@dataclass(frozen=True)
class Present:
    """The organisation's people and departments as they are now."""

    people: Sequence[Known]
    places: Places
    language: str
    today: date
    managers: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Who has a role as manager of a department, by its path key."""


@dataclass(frozen=True)
class Target:
    """A person as it will be. `id` is None for somebody new."""

    id: UUID | None
    row: int
    number: str
    given_name: str
    infix: str
    family_name: str
    email: str
    language: str
    is_leader: bool
    path: str
    was: Known | None = None
    was_path: str = ""
    fields: tuple[str, ...] = ()
    """What changes, but for the department."""
    moves: bool = False

    @property
    def name(self) -> str:
        return " ".join(part for part in (self.given_name, self.infix, self.family_name) if part)


@dataclass(frozen=True)
class Leaving:
    person: Known
    on: date
    said_by_file: bool
    """False: the person is merely not in the file, and leaves only when the file is complete."""


@dataclass(frozen=True)
class Emptied:
    """A department in which nobody is left, nor below it."""

    path: str
    managers: tuple[str, ...]


@dataclass
class Plan:
    added: list[Target] = field(default_factory=list)
    changed: list[Target] = field(default_factory=list)
    moved: list[Target] = field(default_factory=list)
    unchanged: int = 0
    without_address: int = 0
    """Of all who stay, how many get a code on paper."""
    left_out: list[LeftOut] = field(default_factory=list)
    leaving: list[Leaving] = field(default_factory=list)
    freed: list[UUID] = field(default_factory=list)
    """People who have left and whose address now belongs to somebody else."""
    new_departments: list[str] = field(default_factory=list)
    renamed: dict[str, str] = field(default_factory=dict)
    """What we call otherwise than the file does: today's path by that of the file."""
    emptied: list[Emptied] = field(default_factory=list)
    """Departments in which nobody is left."""
    emptied_if_complete: list[Emptied] = field(default_factory=list)
    """Further ones, when whoever is not in the file leaves."""
    findings: list[Finding] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)

    @property
    def faults(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.is_fault]

    @property
    def corrections(self) -> list[Finding]:
        return [finding for finding in self.findings if not finding.is_fault]

    @property
    def targets(self) -> list[Target]:
        """Everybody who is written; a person who moves and changes stands in both lists."""
        return [*self.added, *{target.id: target for target in (*self.changed, *self.moved)}.values()]

    @property
    def is_valid(self) -> bool:
        return not self.faults


def make_plan(entries: Entries, present: Present, choices: Mapping[str, str]) -> Plan:
    """`choices`: which department counts for somebody who has two, as a path by staff number or address."""
    places = present.places.for_file(entry.path for entry in entries.people)
    present = replace(present, places=places)
    doubles = settle_doubles(entries, choices, _home_of(present))
    plan = Plan(
        left_out=sorted([*entries.left_out, *doubles.left_out], key=lambda left: left.row),
        findings=[*entries.findings, *doubles.findings],
        questions=doubles.questions,
    )
    pairs = match(doubles.people, present.people, present.places)
    told_already = {finding.row for finding in plan.findings if finding.kind == Kind.DOUBLE_NUMBER}
    plan.findings += _strangers(entries, pairs, told_already)
    gone = {text for left in entries.left_out if left.reason == "leaver" for text in (left.number, left.email) if text}
    plan.freed = [person.id for person in pairs.freed]
    for entry, person in pairs.conflicts:
        if gone & {person.number, person.email}:
            plan.freed.append(person.id)
        else:
            plan.findings.append(_taken(entries, entry, person))
    faulty = {finding.row for finding in plan.faults}
    for entry in doubles.people:
        if entry.row in faulty:
            continue
        _place(plan, _target(entry, pairs.by_row.get(entry.row), present))
    seen = {person.id for person in pairs.by_row.values()}
    plan.leaving = list(_leaving(present, seen, entries.left_out))
    plan.new_departments = places.new(target.path for target in plan.targets)
    plan.renamed = places.renamed(entry.path for entry in doubles.people)
    plan.emptied, plan.emptied_if_complete = _emptied(plan, present)
    plan.findings.sort(key=lambda finding: finding.row)
    return plan


def _home_of(present: Present) -> Callable[[Entry], bool]:
    """Whether a row names the department where we have this person, so that an answer needs no asking again."""
    there = [person for person in present.people if person.left_on is None]
    by_number = {number_key(person.number): person.path_key for person in there if person.number}
    by_address = {person.email.lower(): person.path_key for person in there if person.email}

    def is_home(entry: Entry) -> bool:
        home = by_number.get(number_key(entry.number or ""), by_address.get(entry.email or ""))
        return home is not None and path_key(present.places.path(entry.path)) == home

    return is_home


def _strangers(entries: Entries, pairs: Pairs, told_already: Set[int]) -> list[Finding]:
    """Numbers that belong to somebody else. When most do, the column holds no staff numbers.

    Not in rows of which the number is told to be there twice: one fault, one finding.
    """
    heading = entries.headings.get("number", "")
    strangers = [stranger for stranger in pairs.strangers if stranger.entry.row not in told_already]
    if len(strangers) >= MANY and 2 * len(strangers) >= pairs.told_by_number:
        return [Finding(Kind.NO_NUMBERS, 0, heading, strangers[0].entry.number or "", str(len(strangers)))]
    renumbered = _renumbered(entries, pairs)
    return [
        Finding(Kind.NUMBER_OF_OTHER, entry.row, heading, entry.number or "", person.label)
        for entry, person in strangers
        if person.id not in renumbered
    ]


def _renumbered(entries: Entries, pairs: Pairs) -> set[UUID]:
    """Who has another number in the file than with us, told by address or name: the old one is free."""
    return {
        person.id
        for entry in entries.people
        if (person := pairs.by_row.get(entry.row))
        and entry.number
        and number_key(entry.number) != number_key(person.number)
    }


def _emptied(plan: Plan, present: Present) -> tuple[list[Emptied], list[Emptied]]:
    places = present.places
    before = _headcounts(person.path_key for person in present.people if person.left_on is None)
    written = {target.id: target for target in plan.targets if target.id}
    gone = {leaving.person.id for leaving in plan.leaving if leaving.said_by_file}
    missing = {leaving.person.id for leaving in plan.leaving if not leaving.said_by_file}
    after = [path_key(target.path) for target in (*plan.added, *written.values())]
    staying = [person for person in present.people if person.left_on is None and person.id not in {*gone, *written}]
    here = _headcounts([*after, *(person.path_key for person in staying)])
    when_complete = _headcounts([*after, *(person.path_key for person in staying if person.id not in missing)])
    empty = {key for key in before if not here[key]}
    later = {key for key in before if not when_complete[key]} - empty

    def told(keys: set[str]) -> list[Emptied]:
        return [Emptied(places.paths.get(key, key), tuple(present.managers.get(key, ()))) for key in sorted(keys)]

    return told(empty), told(later)


def _headcounts(keys: Iterable[str]) -> Counter[str]:
    """People by department, those below included; without the organisation itself."""
    counts: Counter[str] = Counter()
    for key, count in Counter(keys).items():
        names = split_path(key)
        for depth in range(1, len(names) + 1):
            counts[join_path(names[:depth])] += count
    return counts


def _taken(entries: Entries, entry: Entry, person: Known) -> Finding:
    return Finding(Kind.ADDRESS_TAKEN, entry.row, entries.headings.get("email", ""), entry.email or "", person.label)


def _target(entry: Entry, was: Known | None, present: Present) -> Target:
    path = present.places.path(entry.path)
    if was is None:
        return Target(
            id=None,
            row=entry.row,
            number=entry.number or "",
            given_name=entry.given_name or "",
            infix=entry.infix,
            family_name=entry.family_name,
            email=entry.email or "",
            language=entry.language or present.language,
            is_leader=bool(entry.is_leader),
            path=path,
        )
    new = {
        # An empty cell takes no number away.
        "number": entry.number if entry.number and number_key(entry.number) != number_key(was.number) else was.number,
        "given_name": was.given_name if entry.given_name is None else entry.given_name,
        "infix": entry.infix,
        "family_name": entry.family_name,
        "email": was.email if entry.email is None else entry.email,
        "language": entry.language or was.language,
        "is_leader": was.is_leader if entry.is_leader is None else entry.is_leader,
    }
    changes = [name for name, value in new.items() if value != getattr(was, name)]
    if was.left_on is not None:
        changes.append("left_on")
    return Target(
        id=was.id,
        row=entry.row,
        path=path,
        was=was,
        was_path=present.places.paths.get(was.path_key, was.path_key),
        fields=tuple(changes),
        moves=path_key(path) != was.path_key,
        **new,  # type: ignore[arg-type]
    )


def _place(plan: Plan, target: Target) -> None:
    plan.without_address += not target.email
    if target.was is None:
        plan.added.append(target)
    if target.fields:
        plan.changed.append(target)
    if target.moves:
        plan.moved.append(target)
    if target.was is not None and not target.fields and not target.moves:
        plan.unchanged += 1


def _leaving(present: Present, seen: set[UUID], left_out: Iterable[LeftOut]) -> Iterable[Leaving]:
    by_number = {left.number: left for left in left_out if left.number}
    by_address = {left.email: left for left in left_out if left.email}
    for person in present.people:
        if person.id in seen or person.left_on is not None:
            continue
        row = by_number.get(person.number) if person.number else None
        row = row or (by_address.get(person.email) if person.email else None)
        if row is None:
            yield Leaving(person, present.today, said_by_file=False)
        elif row.reason == "leaver":
            yield Leaving(person, row.ended_on or present.today, said_by_file=True)
