"""Delete all that a round holds of people, when the days that staff were promised are over. The release stays.

Every step is repeated until nothing is left, each time in a transaction of at most 500 rows. So whoever comes after a
worker that died goes through all steps again, and finds nothing where it had been (docs/decisions/0011).
"""

from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta
from functools import partial
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import QuerySet

from jobs.fail_points import reached
from jobs.progress import Progress
from organisations import log
from organisations.models import LogEntry
from scan import ballot_box, cleaning
from scan.links import paper_jobs, sealed_files
from scan.mailing import records
from scan.models import Draft, Invitation, LeftOut, OpenLink, Remark, Round
from scan.participants import deletion_day, last_day, today_in

# With 500 invitations, which have many indexes, a busy machine takes a third of a second.
BATCH = 200
# What the log says of somebody who took part: under the title of the scan.
NAMING = ("invite_person", "correct_address", "send_again", "move_participant")
Step = Callable[[], int]
"""Deletes a batch; answers how many it found."""


def is_over(round_: Round) -> bool:
    """Whether the promised days have passed: from 00:00 on the last of them, in the organisation's time zone."""
    return today_in(round_.organisation) >= deletion_day(round_)


def stop_reading(round_id: UUID) -> Round:
    """From now on nobody reads, seals or adds answers; waits for who is at it. Can be repeated."""
    with transaction.atomic():
        round_ = Round.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=round_id)
        if round_.state == Round.State.OPEN:  # imported, and never closed
            round_.state, round_.closed_on = Round.State.CLOSED, today_in(round_.organisation)
        round_.is_past_retention = True
        round_.save(update_fields=["state", "closed_on", "is_past_retention"])
        reached("before reading stops")
    reached("after reading has stopped")
    return round_


def delete_all(round_: Round, progress: Progress) -> None:
    """After `stop_reading`."""
    steps = list(_steps(round_))
    for number, step in enumerate(steps):
        progress.report(number, len(steps) + 1)
        while _in_a_transaction(step):
            progress.beat()
    records.forget_refusals(round_)
    _erase_keys(round_)
    progress.report(len(steps), len(steps) + 1)
    reached("before cleaning up")
    cleaning.clean_up()
    reached("after cleaning up")
    _write_down(round_)


def _steps(round_: Round) -> Iterator[Step]:
    """Rows that others point at come after those."""
    yield partial(ballot_box.delete_some, round_)
    # Those that may be read were frozen beside the release, when the reviewer had finished.
    yield partial(_delete_some, Remark.objects.filter(round=round_))
    yield partial(_delete_some, Draft.objects.filter(invitation__round=round_))
    yield partial(_delete_some, records.asking_deliveries(round_))
    yield partial(_delete_some, records.ended_deliveries(round_))
    yield partial(_delete_some, Invitation.objects.filter(round=round_))
    yield partial(_delete_some, LeftOut.objects.filter(round=round_))
    yield partial(_delete_some, OpenLink.objects.filter(unit__round=round_))
    yield partial(records.delete_some_asking, round_)
    yield partial(_delete_some, sealed_files.files_of(round_))
    yield partial(_delete_some, paper_jobs.jobs_of(round_))
    yield records.delete_some_lost_jobs
    yield partial(log.forget_names, _log_entries(round_), round_.title)


def _in_a_transaction(step: Step) -> int:
    with transaction.atomic():
        count = step()
        reached("before a batch is committed")
    reached("after a batch is committed")
    return count


def _delete_some(rows: QuerySet[Any]) -> int:
    ids = list(rows.values_list("pk", flat=True)[:BATCH])
    rows.model._base_manager.filter(pk__in=ids).delete()  # noqa: SLF001 -- plain: scan/locks.py
    return len(ids)


def _log_entries(round_: Round) -> QuerySet[LogEntry]:
    """Who was invited, moved or reached anew. Until the last day only: a later scan may have the same title."""
    midnight = datetime.combine(last_day(round_) + timedelta(days=1), time(), ZoneInfo(round_.organisation.time_zone))
    entries = LogEntry.objects.filter(organisation=round_.organisation_id, action__in=NAMING, at__lt=midnight)
    return entries.filter(subject__startswith=f"{round_.title}: ")


def _erase_keys(round_: Round) -> None:
    """With them guesses at the answers could be tried out: on the release's hash, and on that of an imported file."""
    Round.objects.filter(pk=round_.pk).update(hash_key=None, import_hash="")
    reached("after the keys are erased")


def _write_down(round_: Round) -> None:
    with transaction.atomic():
        held = Round.objects.select_for_update().get(pk=round_.pk)
        if held.answers_deleted_on:
            return
        held.answers_deleted_on = today_in(round_.organisation)
        held.save(update_fields=["answers_deleted_on"])
        log.record(round_.organisation, "delete_answers", round_.title)
        reached("before it is written down")
    reached("after it is written down")
