"""When the days that staff were promised are over: have all answers of a round deleted, with results or without."""

import logging
from uuid import UUID

from django.db.models import Q
from django_scopes import scope, scopes_disabled

from jobs.progress import Progress
from jobs.running import request
from reports import working_files
from reports.ending import closing_has_failed, has_just_failed, may_be_over
from reports.handing_out import call_off
from reports.models import Release
from scan import retention
from scan.mailing import records
from scan.models import Round

logger = logging.getLogger(__name__)

KIND = "delete_answers"


def delete_due() -> None:
    """Ask for it in every round that is due. By the daily tick; at each sweep for what failed, or was closed late."""
    with scopes_disabled():
        # Not joined: see close_due.
        rounds = Round.objects.exclude(state=Round.State.DRAFT).prefetch_related("organisation")
        deleted = rounds.exclude(answers_deleted_on=None)
        with_answers = rounds.filter(Q(state=Round.State.CLOSED) | may_be_over(), answers_deleted_on=None)
        found = [*with_answers, *records.rounds_with_ended(deleted)]
    for round_ in found:
        with scope(organisation=round_.organisation):
            if _is_due(round_) and not has_just_failed(KIND, round_):
                request(KIND, str(round_.pk))


def work(key: str, progress: Progress) -> str:
    """The job: its key is the round's id."""
    with scopes_disabled():
        round_ = Round.objects.select_related("organisation").get(pk=UUID(key))
    with scope(organisation=round_.organisation):
        if not _is_due(round_):
            return "not due"
        _delete(retention.stop_reading(round_.pk), progress)
    return "deleted"


def _delete(round_: Round, progress: Progress) -> None:
    if not _has_release(round_):  # none can come any more
        logger.error("%s: its answers are deleted, as promised, and there are no results", round_.reference)
        call_off(round_)
    working_files.delete(round_)
    retention.delete_all(round_, progress)


def _is_due(round_: Round) -> bool:
    """A scan that was asked is closed first, however late. When that failed for good the promise goes before results.

    One that was imported and never closed has no results that anybody waits for.
    """
    if not retention.is_over(round_):
        return False
    if round_.is_past_retention or _has_release(round_):
        return True
    if round_.state == Round.State.OPEN:
        return round_.origin == Round.Origin.IMPORTED
    return closing_has_failed(round_)


def _has_release(round_: Round) -> bool:
    return Release.objects.filter(round=round_).exists()
