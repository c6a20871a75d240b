"""What sealing and retention delete must be gone from the disk too (measurement.md 9, design.md 5)."""

import sqlite3
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.db.transaction import TransactionManagementError
from django_scopes import scope

from scan import ballot_box, cleaning
from scan.ballot_box import Ballot
from scan.models import Remark, Round, Unit
from tests.cast import Cast
from tests.scan.asking import guard_away, launched_round

MARK = "Geheim-7f3c"
ANSWERS = bytes([1, 2, 3, 4, 5, 9, 0, 5, 4, 3, 2, 1] * 3 + [1, 5, 1, 5])
"""A row of answers that nothing else in the file looks like."""

pytestmark = pytest.mark.usefixtures("transactional_db")


def fill(cast: Cast, count: int = 300) -> Round:
    """A committed round with many remarks, short ones and ones of several pages."""
    round_ = launched_round(cast)
    unit = Unit.objects.get(round=round_, path="Zorg")
    with transaction.atomic():
        for number in range(count):
            remark = f"{MARK}-{number} " + "lang " * (1200 if number % 50 == 0 else number % 7)
            ballot_box.cast(round_, Ballot(unit.pk, ANSWERS, 0, remark))
    return round_


def on_disk() -> bytes:
    """The files that hold responses, byte by byte: SQLite's with its log, or PostgreSQL's table with its long texts."""
    if connection.vendor != "sqlite":
        with guard_away(), connection.cursor() as cursor:
            cursor.execute("CHECKPOINT")
            cursor.execute(
                "SELECT pg_read_binary_file(pg_relation_filepath(part)) FROM pg_class, "
                "unnest(ARRAY[oid, reltoastrelid]) part WHERE relname = 'scan_response'"
            )
            return b"".join(bytes(content) for (content,) in cursor.fetchall())
    file = Path(str(connection.settings_dict["NAME"]))
    return b"".join(path.read_bytes() for path in (file, file.with_name(file.name + "-wal")) if path.exists())


def test_what_sealing_deleted_is_nowhere_in_the_files_of_the_database(cast: Cast) -> None:
    with scope(organisation=cast.organisation):
        round_ = fill(cast)
        ballot_box.seal(round_)
        Remark.objects.filter(round=round_).delete()
        assert MARK.encode() in on_disk()  # the clean-up has something to do
        cleaning.clean_up()
        assert MARK.encode() not in on_disk()


def test_after_sealing_every_remark_is_on_the_disk_once(cast: Cast) -> None:
    with scope(organisation=cast.organisation):
        round_ = fill(cast, count=100)
        ballot_box.seal(round_)
        cleaning.clean_up()
        if connection.vendor == "sqlite":
            assert on_disk().count(f"{MARK}-".encode()) == Remark.objects.filter(round=round_).count() == 100
            assert on_disk().count(ANSWERS) == 100
        else:
            assert on_disk().count(f"{MARK}-".encode()) == 0  # remarks have a table of their own
            assert on_disk().count(ANSWERS) == 100


def test_cleaning_up_twice_is_harmless(cast: Cast) -> None:
    with scope(organisation=cast.organisation):
        round_ = fill(cast, count=5)
        ballot_box.seal(round_)
    cleaning.clean_up()
    cleaning.clean_up()
    if connection.vendor == "sqlite":
        log = Path(str(connection.settings_dict["NAME"]) + "-wal")
        assert not log.exists() or log.stat().st_size == 0


def test_a_clean_up_that_could_not_be_done_says_so(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """On SQLite somebody who is reading keeps the log from being emptied; that may not pass in silence."""
    with pytest.raises(TransactionManagementError), transaction.atomic():
        cleaning.clean_up()
    if connection.vendor != "sqlite":
        _somebody_at_work_hinders_postgresql(cast, monkeypatch)
        return
    with scope(organisation=cast.organisation):
        round_ = fill(cast, count=5)
    reader = sqlite3.connect(str(connection.settings_dict["NAME"]), isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM scan_round").fetchone()
    with scope(organisation=cast.organisation):
        ballot_box.seal(round_)
        Remark.objects.filter(round=round_).delete()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout=50")
    try:
        with pytest.raises(cleaning.CleaningHinderedError):
            cleaning.clean_up()
        assert MARK.encode() in on_disk()
    finally:
        reader.execute("ROLLBACK")
        reader.close()
        connection.close()  # with the short timeout


def _somebody_at_work_hinders_postgresql(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cleaning, "PATIENCE_SECONDS", 0.2)
    with scope(organisation=cast.organisation):
        round_ = fill(cast, count=5)
        other = connection.copy()
        with other.cursor() as cursor:
            cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
            cursor.execute("SELECT count(*) FROM scan_round")
            ballot_box.seal(round_)
            with pytest.raises(cleaning.CleaningHinderedError):
                cleaning.clean_up()
            cursor.execute("ROLLBACK")
        other.close()
        # Tests on other workers have transactions of their own, which this waits for.
        monkeypatch.setattr(cleaning, "PATIENCE_SECONDS", 180.0)
        cleaning.clean_up()
    assert MARK.encode() not in on_disk()
