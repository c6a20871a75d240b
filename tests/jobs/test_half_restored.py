"""Nothing runs on a database whose restore was not finished."""

import logging
from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import OperationalError, connection, connections

from jobs import working
from jobs.half_restored import MARK, HalfRestoredError

WORDS = "A restore into this database was not finished, so nothing runs on it."


@pytest.fixture
def half_restored(transactional_db: None) -> Iterator[None]:
    """Whoever looks closes the connection, also that of a transaction."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE {MARK} (backup text)")
    yield
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE {MARK}")


def test_no_command_starts_on_it(half_restored: None) -> None:
    for command in ("work", "web", "serve"):
        with pytest.raises(CommandError, match=WORDS):
            call_command(command)


@pytest.mark.django_db
def test_a_worker_waits_for_a_database_that_does_not_answer_before_it_looks(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    answers = [OperationalError("away"), OperationalError("away"), HalfRestoredError(WORDS)]

    def look() -> None:
        raise answers.pop(0)

    monkeypatch.setattr(working, "refuse_half_restored", look)
    monkeypatch.setattr(working, "AGAIN_SECONDS", 0)
    monkeypatch.setattr(connections, "close_all", lambda: None)  # the test's own
    with caplog.at_level(logging.WARNING), pytest.raises(HalfRestoredError):
        working.work_here()
    assert [record.getMessage() for record in caplog.records] == [
        "the database cannot be used (OperationalError): trying again"
    ] * 2
