"""After retention nothing of the answers is left in the files of the database, free pages and dead rows included.

The same search finds all of it before, so that it can fail (measurement.md 9, design.md 5, issue 4).
"""

from pathlib import Path

import pytest
from django.db import connection, transaction
from django_scopes import scope

from scan import ballot_box, cleaning
from scan.ballot_box import Ballot
from scan.models import Unit
from tests.cast import Cast
from tests.reports.full_round import (
    APPROVED,
    FORMER,
    PATTERN,
    WRITTEN,
    FullRound,
    close_and_review,
    delete_now,
    let_days_pass,
    open_full_round,
)
from tests.scan.asking import guard_away
from tests.scan.mailing.conftest import _jobs_are_only_asked_for, mail_server  # noqa: F401 -- fixtures
from tests.scan.mailing.mail_server import MailServer

pytestmark = pytest.mark.usefixtures("transactional_db")

MORE = 1200
"""Responses beside the few of the full round: enough for several batches, and for indexes of several levels."""
LONG = 15
"""Of them with a remark that fills a page."""


def files() -> bytes:
    """All files of the database as they are: rows, indexes, long values, statistics and whatever lies between."""
    if connection.vendor == "sqlite":
        file = Path(str(connection.settings_dict["NAME"]))
        parts = [file, *(file.with_name(file.name + end) for end in ("-wal", "-journal"))]
        return b"".join(part.read_bytes() for part in parts if part.exists())
    with guard_away(), connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        cursor.execute(
            "SELECT pg_read_binary_file(folder || '/' || name) FROM "
            "(SELECT 'base/' || oid FROM pg_database WHERE datname = current_database()) place(folder), "
            "pg_ls_dir(folder) name"
        )
        return b"".join(bytes(content) for (content,) in cursor.fetchall())


def needles(full: FullRound) -> dict[str, list[bytes]]:
    round_ = full.fresh()
    assert round_.hash_key is not None
    # A number is text in SQLite and sixteen bytes in PostgreSQL.
    ids = [pk.hex.encode() if connection.vendor == "sqlite" else pk.bytes for pk in full.ids]
    keys = [key.hex().encode() if connection.vendor == "sqlite" and len(key) == 16 else key for key in full.keys]
    return {
        "answers": [bytes(PATTERN)],
        "remarks": [f"{WRITTEN}-{number} ".encode() for number in range(20, 20 + MORE)],
        "ids of invitations and responses": ids,
        "open links and drafts": keys,
        "the key of the hash": [bytes(round_.hash_key)],
        "former address": [f"{round_.slug}-{FORMER}".encode()],
        "names in the log": [f"{round_.title}: Mens ".encode()],
    }


def found(full_needles: dict[str, list[bytes]]) -> dict[str, int]:
    """How many of each kind are in the files."""
    content = files()
    return {what: sum(needle in content for needle in some) for what, some in full_needles.items()}


def fill(full: FullRound) -> None:
    unit = Unit.objects.get(round=full.round, path="Zorg")
    for number in range(MORE):
        remark = f"{WRITTEN}-{20 + number} " + "lang " * (600 if number % (MORE // LONG) == 0 else number % 9)
        with transaction.atomic():
            ballot_box.cast(
                full.round, Ballot(unit.pk, bytes([1 + number % 5, 1 + number // 5 % 5, *PATTERN]), 0, remark)
            )


def analyze() -> None:
    """As autovacuum does by itself: PostgreSQL then keeps examples of values beside the tables."""
    if connection.vendor == "postgresql":
        with guard_away(), connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def test_nothing_is_left_in_the_files(cast: Cast, mail_server: MailServer) -> None:  # noqa: F811 -- the fixture
    with scope(organisation=cast.organisation):
        full = open_full_round(cast, mail_server)
        fill(full)
        close_and_review(full)
        analyze()
        let_days_pass(full.round)
        looked_for = needles(full)
        before = found(looked_for)
        # Drafts and the links that were replaced went at closing already; all else is there.
        assert before.pop("open links and drafts") >= 1
        assert before.pop("ids of invitations and responses") > MORE
        # PostgreSQL packs the long ones.
        assert before.pop("remarks") >= MORE - LONG
        assert before == {
            "answers": 1,
            "the key of the hash": 1,
            "former address": 1,
            "names in the log": 1,
        }
        assert APPROVED.encode() in files()  # let pass by a reviewer who did not finish
        delete_now(full.round)
        assert found(looked_for) == dict.fromkeys(looked_for, 0)
        assert APPROVED.encode() not in files()


def test_without_cleaning_up_something_is_left(
    cast: Cast,
    mail_server: MailServer,  # noqa: F811 -- the fixture
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with scope(organisation=cast.organisation):
        full = open_full_round(cast, mail_server)
        close_and_review(full)
        let_days_pass(full.round)
        looked_for = needles(full)
        monkeypatch.setattr(cleaning, "clean_up", lambda: None)
        delete_now(full.round)
        assert found(looked_for)["answers"] == 1


def test_postgresql_keeps_no_examples_of_values_that_go(cast: Cast) -> None:
    if connection.vendor != "postgresql":
        assert not any(name.startswith("sqlite_stat") for name in connection.introspection.table_names())
        return
    tables = ["response", "remark", "draft", "delivery", "invitation", "leftout", "openlink", "mailing"]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, attname FROM pg_attribute JOIN pg_class ON attrelid = pg_class.oid "
            "WHERE relname = ANY(%s) AND attnum > 0 AND NOT attisdropped AND attstattarget IS DISTINCT FROM 0",
            [[f"scan_{name}" for name in tables]],
        )
        assert cursor.fetchall() == []
