"""Everything that a release is computed from, as the ballot box holds it once it is sealed."""

import hashlib
import hmac
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import batched
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from measurement import scoring
from measurement.disclosure import Group, Node
from measurement.presentation import response_tenths
from measurement.scoring import Scales
from measurement.tally import Counted
from questionnaires.questionnaire import Questionnaire
from questionnaires.scales import scales_of
from scan.models import Unit
from scan.tree import Tree

Row = tuple[UUID, UUID, bytes, int]
"""Of one response: id, unit, answers, obstacles."""
BATCH = 5_000


@dataclass(frozen=True)
class Ballots:
    """All responses of a round, sorted by unit and content: the order of the rows plays no part in anything."""

    units: Sequence[UUID]
    ids: NDArray[np.uint8]
    """Responses x 16."""
    places: NDArray[np.int64]
    """Responses: the index of each one's unit in `units`."""
    answers: scoring.Answers
    """Responses x items."""
    obstacles: NDArray[np.uint16]

    def received(self) -> dict[UUID, int]:
        counts = np.bincount(self.places, minlength=len(self.units))
        return {unit: int(count) for unit, count in zip(self.units, counts, strict=True)}


def gather(rows: Iterable[Row], item_count: int) -> Ballots:
    """In one pass, a batch of rows at a time."""
    numbers: dict[UUID, int] = {}
    parts: list[Ballots] = []
    for batch in batched(rows, BATCH):
        ids, units, answers, obstacles = zip(*batch, strict=True)
        parts.append(
            Ballots(
                (),
                np.frombuffer(b"".join(one.bytes for one in ids), dtype=np.uint8).reshape(-1, 16),
                np.array([numbers.setdefault(unit, len(numbers)) for unit in units], dtype=np.int64),
                np.frombuffer(b"".join(answers), dtype=np.uint8).reshape(-1, item_count),
                np.array(obstacles, dtype=np.uint16),
            )
        )
    empty = Ballots(
        (),
        np.zeros((0, 16), np.uint8),
        np.zeros(0, np.int64),
        np.zeros((0, item_count), np.uint8),
        np.zeros(0, np.uint16),
    )
    return _sorted(list(numbers), [empty, *parts])


def _sorted(units: list[UUID], parts: Sequence[Ballots]) -> Ballots:
    names = sorted(units, key=lambda unit: unit.bytes)
    rank_of = {unit: rank for rank, unit in enumerate(names)}
    ranks = np.array([rank_of[unit] for unit in units], dtype=np.int64)
    places = np.concatenate([part.places for part in parts])
    places = ranks[places] if units else places
    answers = np.concatenate([part.answers for part in parts])
    obstacles = np.concatenate([part.obstacles for part in parts])
    order = np.lexsort((obstacles, *content_keys(answers), places))
    ids = np.concatenate([part.ids for part in parts])
    return Ballots(names, ids[order], places[order], answers[order], obstacles[order])


def content_keys(answers: scoring.Answers) -> list[NDArray[np.uint64]]:
    """Keys for numpy's lexsort by the answers, the last one weighing most."""
    padded = np.pad(answers, ((0, 0), (0, -answers.shape[1] % 8)))
    words = np.ascontiguousarray(padded).view(">u8").astype(np.uint64)
    return [words[:, column] for column in reversed(range(words.shape[1]))]


def inputs_hash(key: bytes, ballots: Ballots) -> str:
    """HMAC-SHA256 over the sorted rows (unit id, answers, obstacles), whatever order they are stored in."""
    digest = hmac.new(key, digestmod=hashlib.sha256)
    names = np.frombuffer(b"".join(unit.bytes for unit in ballots.units), dtype=np.uint8).reshape(-1, 16)
    for start in range(0, len(ballots.places), BATCH):
        part = slice(start, start + BATCH)
        obstacles = ballots.obstacles[part].astype(">u2").view(np.uint8).reshape(-1, 2)
        rows = np.hstack([names[ballots.places[part]], ballots.answers[part], obstacles])
        digest.update(rows.tobytes())
    return digest.hexdigest()


@dataclass(frozen=True)
class Headcount:
    """People invited, and questionnaires received, in a unit and all below it. `invited` None: not known."""

    invited: int | None
    received: int

    @property
    def tenths(self) -> int | None:
        return None if self.invited is None else response_tenths(self.received, self.invited)


@dataclass(frozen=True)
class Input:
    """Everything that the figures are made from."""

    nodes: Sequence[Node]
    group_list: Sequence[Group]
    people: Counted
    """`people.groups` are indices into `group_list`."""
    ids: NDArray[np.uint8]
    """People x 16: the id of each one's response."""
    headcounts: Mapping[str, Headcount]
    item_ids: Sequence[str]
    obstacle_codes: Sequence[str]
    scales: Scales
    k: int


def input_of(k: int, tree: Tree, questionnaire: Questionnaire, ballots: Ballots) -> Input:
    counts = scoring.counted(ballots.answers)
    places = ballots.places[counts]
    here = np.bincount(places, minlength=len(ballots.units))
    group_list = [_group_of(tree.units[unit]) for unit in ballots.units]
    sizes = {group: int(size) for group, size in zip(group_list, here, strict=True)}
    received = ballots.received()
    return Input(
        nodes=list(nodes_of(tree, sizes, received)),
        group_list=group_list,
        people=Counted(places, ballots.answers[counts], ballots.obstacles[counts]),
        ids=ballots.ids[counts],
        headcounts=_headcounts(tree, received),
        item_ids=[item.id for item in questionnaire.items],
        obstacle_codes=[obstacle.code for obstacle in questionnaire.obstacles],
        scales=scales_of(questionnaire),
        k=k,
    )


def _group_of(unit: Unit) -> Group:
    """The people of a leaf "leaders" belong to its parent, apart from the parent's own people (R3)."""
    if unit.kind == Unit.Kind.LEADERS:
        return Group(str(unit.parent_id), is_leaders=True)
    return Group(str(unit.pk), is_leaders=False)


def nodes_of(tree: Tree, sizes: Mapping[Group, int], received: Mapping[UUID, int]) -> Iterator[Node]:
    for unit in tree.departments:
        yield Node(
            id=str(unit.pk),
            parent=str(unit.parent_id) if unit.parent_id else None,
            people=sizes.get(Group(str(unit.pk), is_leaders=False), 0),
            leaders=sizes.get(Group(str(unit.pk), is_leaders=True), 0),
            has_open_link=unit.has_open_link,
            is_overfull=unit.expected is not None and received.get(unit.pk, 0) > unit.expected,
        )


def _headcounts(tree: Tree, received_here: Mapping[UUID, int]) -> dict[str, Headcount]:
    invited, received = tree.invited(), tree.sums(received_here)
    return {
        str(unit.pk): Headcount(invited[unit.pk] if invited else None, received[unit.pk]) for unit in tree.departments
    }
