"""What closing cannot clean, so that docs/threat-model.md says so: the log that PostgreSQL keeps of all it wrote."""

from pathlib import Path

import pytest
from django.db import connection
from django_scopes import scope

from reports.closing import close_here
from scan.answering.boxes import Sheet
from scan.answering.packing import pack
from scan.answering.submitting import submit
from scan.models import Invitation, Round
from tests.cast import Cast
from tests.scan.asking import ITEM_IDS, launched_round, participant_of

pytestmark = pytest.mark.django_db(transaction=True)
COUNT, CUT = 30, 5
"""At most so many of the rows are cut in two by the pages of the log."""
READ_LOG = """
    SELECT pg_read_binary_file('pg_wal/' || name) FROM pg_ls_waldir()
    WHERE name ~ '^[0-9A-F]{24}$'
        AND name BETWEEN pg_walfile_name(%s::pg_lsn) AND pg_walfile_name(pg_current_wal_lsn())
    ORDER BY name
"""


def test_the_log_of_writing_is_emptied_on_sqlite_and_still_tells_on_postgresql(cast: Cast) -> None:
    with scope(organisation=cast.organisation):
        round_ = launched_round(cast, people=COUNT)
        start = _place_in_log()
        rows = _answer_one_by_one(round_)
        in_order = _order_in_log(rows, start)
        assert len(in_order) >= COUNT - CUT
        close_here(round_)
    after = _order_in_log(rows, start)
    if connection.vendor == "sqlite":
        assert after == []
    else:
        assert [row for row in after if row in in_order] == in_order == [row for row in rows if row in in_order]


def _answer_one_by_one(round_: Round) -> list[bytes]:
    rows = []
    for number, invitation in enumerate(Invitation.objects.filter(round=round_).select_related("person")):
        participant = participant_of(invitation)
        digits = (1 + number // 5**place % 5 for place in range(len(ITEM_IDS)))
        answers = dict(zip(ITEM_IDS, digits, strict=True))
        rows.append(pack(answers, participant.questionnaire.items))
        submit(participant, Sheet(answers))
    return rows


def _order_in_log(rows: list[bytes], start: str) -> list[bytes]:
    """By where each is written first."""
    log = _log(start)
    return sorted((row for row in rows if row in log), key=log.index)


def _place_in_log() -> str:
    if connection.vendor == "sqlite":
        return ""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_wal_lsn()::text")
        return str(cursor.fetchone()[0])


def _log(start: str) -> bytes:
    if connection.vendor == "sqlite":
        path = Path(str(connection.settings_dict["NAME"]) + "-wal")
        return path.read_bytes() if path.exists() else b""
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")  # the tests' own server writes its log when it likes
        cursor.execute(READ_LOG, [start])
        return b"".join(bytes(content) for (content,) in cursor.fetchall())
