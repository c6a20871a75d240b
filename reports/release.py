"""Build the release of a closed round: read the ballot box once, score, decide, check, freeze."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from jobs.fail_points import reached
from measurement.disclosure import RULES_VERSION
from questionnaires.loading import newest_advice_number
from questionnaires.questionnaire import Questionnaire
from questionnaires.versions import questionnaire_of
from reports import working_files
from reports.annex import annex_of
from reports.figures import Figures
from reports.inputs import Ballots, gather, input_of, inputs_hash
from reports.members import members_name, packed_members
from reports.models import Release, ReleaseUnit
from reports.record import record_of
from scan import ballot_box
from scan.models import Round
from scan.tree import Tree, tree_of

FORMAT = 2
BATCH = 500
KEY_BYTES = 32
Contents = Mapping[str, dict[str, Any] | None]


class TooLateError(Exception):
    """The answers are being deleted: what was read may be a part of them."""


@dataclass(frozen=True)
class Made:
    """A release as it will be frozen."""

    round: Round
    questionnaire: Questionnaire
    content: dict[str, Any]
    contents: Contents
    """By unit id; None where it is hidden."""
    record: dict[str, Any]
    ballots: Ballots
    members: bytes


def newest_release(round_: Round) -> Release | None:
    return Release.objects.filter(round=round_).order_by("-number").first()


def build_release(round_: Round) -> Release:
    """The release of a sealed round; the one that is there when it was built before."""
    if existing := newest_release(round_):
        return existing
    return freeze(make_release(round_), after=None)


def make_release(round_: Round) -> Made:
    """Everything but the freezing. Raises CheckFailedError when the figures do not pass the disclosure check."""
    tree, questionnaire = tree_of(round_), questionnaire_of(round_.version_id)
    ballots = gather(ballot_box.read(round_), len(questionnaire.items))
    figures = Figures(input_of(round_.k, tree, questionnaire, ballots))
    contents = contents_of(tree, figures)
    return Made(
        round_,
        questionnaire,
        content_of(round_, figures) | {"annex": annex_of(figures)},
        contents,
        record_of(figures, contents),
        ballots,
        packed_members(figures),
    )


def contents_of(tree: Tree, figures: Figures) -> Contents:
    """What the release holds of each unit. A set that equals a child's set says so (R14)."""
    contents, sets = figures.contents, figures.partition.sets
    for content in contents.values():
        if content is not None:
            content["same_as"] = None
    for child in reversed(tree.departments):  # so that the first one is named
        parent = contents.get(str(child.parent_id))
        if parent is not None and sets[str(child.pk)] == sets[str(child.parent_id)]:
            parent["same_as"] = child.path
    return contents


def content_of(round_: Round, figures: Figures) -> dict[str, Any]:
    """What the release says of the round as a whole."""
    return {
        "k": round_.k,
        "opens_on": round_.opens_on.isoformat(),
        # The last day on which somebody could answer: a round may be closed early.
        "last_day": min(round_.closes_on, round_.closed_on or round_.closes_on).isoformat(),
        "words": round_.words,
        "is_assumed": figures.is_assumed,
        "knows_headcounts": figures.knows_headcounts,
        "precision": figures.precision_content,
    }


def freeze(made: Made, after: Release | None) -> Release:
    """Keep it as the release after this one (None: the first); another that was frozen meanwhile stays."""
    # One key for all releases of a round, so that each can be laid beside the answers as long as those are kept. Of a
    # million answers the hash takes longer than others should wait for the round.
    kept = Round.objects.get(pk=made.round.pk).hash_key
    key = bytes(kept) if kept else secrets.token_bytes(KEY_BYTES)
    hashed = inputs_hash(key, made.ballots)
    with transaction.atomic():
        # Two closings at once: the second waits here and finds the first one's release.
        held = Round.objects.select_for_update().get(pk=made.round.pk)
        newest = newest_release(made.round)
        if newest is not None and newest != after:
            return newest
        if held.is_past_retention:
            raise TooLateError
        release = _create(made, hashed, 1 if after is None else after.number + 1)
        Round.objects.filter(pk=made.round.pk).update(hash_key=key)
        reached("before the release is committed")
    reached("after the release is committed")
    return release


def _create(made: Made, hashed: str, number: int) -> Release:
    release = Release.objects.create(
        round=made.round,
        number=number,
        format=FORMAT,
        rules_version=RULES_VERSION,
        version=made.round.version,
        advice_number=newest_advice_number(made.questionnaire.code),
        inputs_hash=hashed,
        check_record=made.record,
        content=made.content,
    )
    ReleaseUnit.objects.bulk_create(
        [
            ReleaseUnit(release=release, unit_id=UUID(unit_id), is_shown=content is not None, content=content)
            for unit_id, content in made.contents.items()
        ],
        batch_size=BATCH,
    )
    working_files.store(made.round, members_name(number), made.members)
    return release
