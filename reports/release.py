"""Build the release of a closed round: read the ballot box once, score, decide, check, freeze."""

import hashlib
import hmac
import secrets
from collections import Counter
from collections.abc import Mapping
from typing import Any
from uuid import UUID

import numpy as np
from django.db import transaction

from measurement import scoring
from measurement.disclosure import RULES_VERSION, Group, Node, Partition
from questionnaires.loading import newest_advice_number
from questionnaires.questionnaire import Questionnaire
from questionnaires.scales import scales_of
from questionnaires.versions import questionnaire_of
from reports.figures import Figures, Headcount, Input
from reports.models import Release, ReleaseUnit
from scan import ballot_box
from scan.models import Round, Unit
from scan.tree import Tree, tree_of

FORMAT = 1
BATCH = 500


class CheckFailedError(Exception):
    """The figures do not pass the disclosure check; nothing is frozen."""


class TooLateError(Exception):
    """The answers are being deleted: what was read may be a part of them."""


def newest_release(round_: Round) -> Release | None:
    return Release.objects.filter(round=round_).order_by("-number").first()


def build_release(round_: Round) -> Release:
    """The release of a sealed round; the one that is there when it was built before."""
    if existing := newest_release(round_):
        return existing
    tree, questionnaire = tree_of(round_), questionnaire_of(round_.version_id)
    rows = list(ballot_box.read(round_))
    figures = Figures(_input(round_, tree, questionnaire, rows))
    return _freeze(round_, tree, questionnaire, figures, rows)


def _input(round_: Round, tree: Tree, questionnaire: Questionnaire, rows: list[tuple[UUID, bytes]]) -> Input:
    packed = np.frombuffer(b"".join(answers for _, answers in rows), dtype=np.uint8)
    answers = packed.reshape(len(rows), len(questionnaire.items))
    counts = scoring.counted(answers)
    groups = [_group_of(tree.units[unit_id]) for (unit_id, _), counted in zip(rows, counts, strict=True) if counted]
    sizes = Counter(groups)
    group_list = sorted(sizes, key=lambda group: (group.node, group.is_leaders))
    numbers = {group: number for number, group in enumerate(group_list)}
    return Input(
        nodes=_nodes(tree, sizes, Counter(unit_id for unit_id, _ in rows)),
        group_list=group_list,
        groups=np.asarray([numbers[group] for group in groups], dtype=np.int64),
        answers=answers[counts],
        headcounts=_headcounts(tree, Counter(unit_id for unit_id, _ in rows)),
        item_ids=[item.id for item in questionnaire.items],
        scales=scales_of(questionnaire),
        k=round_.k,
    )


def _group_of(unit: Unit) -> Group:
    """The people of a leaf "leaders" belong to its parent, apart from the parent's own people (R3)."""
    if unit.kind == Unit.Kind.LEADERS:
        return Group(str(unit.parent_id), is_leaders=True)
    return Group(str(unit.pk), is_leaders=False)


def _nodes(tree: Tree, sizes: Mapping[Group, int], received: Mapping[UUID, int]) -> list[Node]:
    return [
        Node(
            id=str(unit.pk),
            parent=str(unit.parent_id) if unit.parent_id else None,
            people=sizes.get(Group(str(unit.pk), is_leaders=False), 0),
            leaders=sizes.get(Group(str(unit.pk), is_leaders=True), 0),
            has_open_link=unit.has_open_link,
            is_overfull=unit.expected is not None and received.get(unit.pk, 0) > unit.expected,
        )
        for unit in tree.departments
    ]


def _headcounts(tree: Tree, received_here: Mapping[UUID, int]) -> dict[str, Headcount]:
    invited, received = tree.invited(), tree.sums(received_here)
    return {
        str(unit.pk): Headcount(invited[unit.pk] if invited else None, received[unit.pk]) for unit in tree.departments
    }


def _freeze(
    round_: Round, tree: Tree, questionnaire: Questionnaire, figures: Figures, rows: list[tuple[UUID, bytes]]
) -> Release:
    record = check(figures)
    contents = {unit.pk: figures.unit(str(unit.pk)) for unit in tree.departments}
    _name_equal_sets(tree, figures.partition, contents)
    key = secrets.token_bytes(32)
    with transaction.atomic():
        # Two closings at once: the second waits here and finds the first one's release.
        held = Round.objects.select_for_update().get(pk=round_.pk)
        if existing := newest_release(round_):
            return existing
        if held.is_past_retention:
            raise TooLateError
        release = Release.objects.create(
            round=round_,
            number=1,
            format=FORMAT,
            rules_version=RULES_VERSION,
            version=round_.version,
            advice_number=newest_advice_number(questionnaire.code),
            inputs_hash=inputs_hash(key, rows),
            check_record=record,
            content=_content(round_, figures),
        )
        ReleaseUnit.objects.bulk_create(
            [
                ReleaseUnit(release=release, unit_id=unit_id, is_shown=content is not None, content=content)
                for unit_id, content in contents.items()
            ],
            batch_size=BATCH,
        )
        Round.objects.filter(pk=round_.pk).update(hash_key=key)
    return release


def inputs_hash(key: bytes, rows: list[tuple[UUID, bytes]]) -> str:
    """HMAC-SHA256 over the sorted rows (unit id and answers), whatever order they are stored in."""
    digest = hmac.new(key, digestmod=hashlib.sha256)
    for row in sorted(unit_id.bytes + answers for unit_id, answers in rows):
        digest.update(row)
    return digest.hexdigest()


def check(figures: Figures) -> dict[str, Any]:
    """Every shown set is a union of blocks, and every block has at least k people. Raises CheckFailedError."""
    partitions = {"scores": figures.partition, **figures.finer}
    coarse = figures.partition
    groups = [group for block in coarse.blocks for group in block.groups]
    if len(groups) != len(set(groups)):
        raise CheckFailedError("a group of people is in two blocks")
    smallest = min((block.size for block in coarse.blocks), default=0)
    if coarse.blocks and smallest < figures.k:
        raise CheckFailedError(f"a block holds {smallest} people; at least {figures.k} are needed")
    block_of = {group: index for index, block in enumerate(coarse.blocks) for group in block.groups}
    for level, partition in partitions.items():
        for block in partition.blocks:
            parts = {block_of[group] for group in block.groups}
            if sum(coarse.blocks[index].size for index in parts) != block.size:
                raise CheckFailedError(f"{level}: a set is no union of blocks")
    return {
        "passed": True,
        "sets": sum(len(set(filter(None, partition.sets.values()))) for partition in partitions.values()),
        "smallest_block": smallest,
        "blocks": [{"unit": block.formed_at, "size": block.size} for block in coarse.blocks],
    }


def _name_equal_sets(tree: Tree, partition: Partition, contents: dict[UUID, dict[str, Any] | None]) -> None:
    """A set that equals a child's set says so (R14)."""
    for unit in tree.departments:
        content = contents[unit.pk]
        if content is None:
            continue
        mine = partition.sets[str(unit.pk)]
        equal = [
            child for child in tree.departments if child.parent_id == unit.pk and partition.sets[str(child.pk)] == mine
        ]
        content["same_as"] = equal[0].path if equal else None


def _content(round_: Round, figures: Figures) -> dict[str, Any]:
    """What the release says of the round as a whole."""
    return {
        "k": round_.k,
        "opens_on": round_.opens_on.isoformat(),
        # The last day on which somebody could answer: a round may be closed early.
        "last_day": min(round_.closes_on, round_.closed_on or round_.closes_on).isoformat(),
        "words": round_.words,
        "is_assumed": figures.is_assumed,
        "knows_headcounts": figures.knows_headcounts,
    }
