"""The ballot box: the only module that runs SQL on stored responses (a test watches the connection).

In: one response at a time, in the transaction that uses the invitation. Out: only to build a release.
"""

import secrets
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import batched

from django.db import connection, transaction

from scan.models import Remark, Response, Round
from scan.prepared import execute

BATCH = 500
MOVED_AT_ONCE = 2000
CAST = "INSERT INTO scan_response (id, round_id, unit_id, answers, obstacles, remark) VALUES (%s, %s, %s, %s, %s, %s)"
_shuffle = secrets.SystemRandom().shuffle


@dataclass(frozen=True)
class Ballot:
    """What one questionnaire holds. `answers`: 40 bytes, see scan/answering/packing.py."""

    unit_id: uuid.UUID
    answers: bytes
    obstacles: int
    remark: str = ""


def cast(round_: Round, ballot: Ballot) -> None:
    """Put one response in. Call it in the transaction that uses the invitation."""
    execute(CAST, uuid.uuid4(), round_.pk, ballot.unit_id, ballot.answers, ballot.obstacles, ballot.remark)


def cast_all(round_: Round, ballots: Iterable[Ballot]) -> int:
    """Put many in at once, in random order (import). Call it in a transaction."""
    shuffled = list(ballots)
    _shuffle(shuffled)
    for batch in batched(shuffled, BATCH):
        Response.objects.bulk_create([_row(round_, ballot) for ballot in batch])
    return len(shuffled)


def read(round_: Round) -> Iterator[tuple[uuid.UUID, uuid.UUID, bytes, int]]:
    """Id, unit, answers and obstacles of every sealed response. Only the building of a release calls this."""
    if not round_.is_sealed:
        raise RuntimeError(f"round {round_.pk} is not sealed: answers are not read before closing")
    if round_.is_past_retention:
        raise RuntimeError(f"round {round_.pk} is past its retention: its answers are being deleted")
    rows = Response.objects.filter(round=round_).values_list("pk", "unit_id", "answers", "obstacles")
    return ((pk, unit_id, bytes(answers), bits) for pk, unit_id, answers, bits in rows.iterator(chunk_size=5000))


def seal(round_: Round) -> None:
    """Rewrite all responses of a round in random order under new ids, their remarks apart. Once, in a transaction.

    Until this moment the order of the rows holds the order of submitting (measurement.md 9).
    """
    with transaction.atomic():
        rows = Response.objects.filter(round=round_).values_list("unit_id", "answers", "obstacles", "remark")
        ballots = [Ballot(unit_id, bytes(answers), obstacles, remark) for unit_id, answers, obstacles, remark in rows]
        Response.objects.filter(round=round_).delete()
        remarks = [ballot.remark for ballot in ballots if ballot.remark]
        _shuffle(remarks)
        Remark.objects.bulk_create([Remark(round=round_, text=text) for text in remarks])
        cast_all(round_, (Ballot(b.unit_id, b.answers, b.obstacles) for b in ballots))


def delete_some(round_: Round) -> int:
    """Delete a batch of the responses of a round that is past its retention; answers how many, 0 when none is left."""
    if not round_.is_past_retention:
        raise RuntimeError(f"round {round_.pk} is within its retention: its answers stay")
    ids = list(Response.objects.filter(round=round_).values_list("pk", flat=True)[:BATCH])
    Response.objects.filter(pk__in=ids).delete()
    return len(ids)


def count(alias: str) -> int:
    """How many are in all rounds of this database: a backup, or a move to another database, is checked by it."""
    return Response.objects.using(alias).count()


def move(source: str, target: str) -> int:
    """Into another database, all in one transaction of the target. Ids are random, and so is their order there."""
    rows = Response.objects.using(source).order_by("pk").iterator(chunk_size=MOVED_AT_ONCE)
    moved = 0
    for batch in batched(rows, MOVED_AT_ONCE):
        Response.objects.using(target).bulk_create(batch)
        moved += len(batch)
    return moved


def rewrite_table() -> None:
    """PostgreSQL: a new file without the rows that were deleted (scan/cleaning.py). Not in a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM FULL scan_response")


def _row(round_: Round, ballot: Ballot) -> Response:
    return Response(
        round=round_, unit_id=ballot.unit_id, answers=ballot.answers, obstacles=ballot.obstacles, remark=ballot.remark
    )
