"""An installation in which much goes on: a closed scan with results, an open one, mailings, a draft."""

import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone
from django_scopes import scope

from reports.keeping import databases
from scan.answering import drafts
from scan.answering.boxes import Sheet
from scan.answering.submitting import submit
from scan.models import Invitation, Mailing, Round
from tests.cast import Cast
from tests.reports.keeping.places import command, empty_place
from tests.rounds import closed_sample_round, open_round
from tests.scan.asking import ALL_AGREE, participant_of


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Moving begins at SQLite; it starts a PostgreSQL of its own."""
    if config.getoption("--postgres"):
        left_out = [item for item in items if item.path.name == "test_moving.py"]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


ANSWERED = 4
DRAFTED = {"q01": 5, "q02": 1}
SESSION = "sessionofsomebodywhoisloggedin00"


@dataclass(frozen=True)
class Installation:
    cast: Cast
    closed: Round
    open: Round
    invitations: list[Invitation]
    """Of the open round: the first four have answered, the fifth has begun."""


@pytest.fixture(autouse=True)
def _a_second_database(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Django's tests refuse connections that they were not told of; these commands make one while they work."""
    if "transactional_db" in request.fixturenames:
        request.getfixturevalue("transactional_db")
        test = inspect.getclosurevars(BaseDatabaseWrapper.ensure_connection).nonlocals["cls"]
        monkeypatch.setattr(test, "databases", {*test.databases, databases.SECOND})


@pytest.fixture
def installation(transactional_db: None, cast: Cast) -> Installation:
    closed = closed_sample_round(cast.organisation)
    open_ = open_round(cast, people=8)
    with scope(organisation=cast.organisation):
        invitations = list(Invitation.objects.filter(round=open_).order_by("pk"))
        for invitation in invitations[:ANSWERED]:
            submit(participant_of(invitation), Sheet(ALL_AGREE))
        drafts.save(participant_of(invitations[ANSWERED]), Sheet(DRAFTED))
        Mailing.objects.filter(round=open_).delete()
    Session.objects.create(session_key=SESSION, session_data="x", expire_date=timezone.now())
    return Installation(cast, closed, open_, invitations)


@pytest.fixture
def elsewhere(transactional_db: None, tmp_path: Path) -> Iterator[Path | str]:
    with empty_place(tmp_path) as place:
        yield place


@pytest.fixture
def backup_of_it(installation: Installation, tmp_path: Path) -> Path:
    file = tmp_path / "backup.zip"
    command("backup", file)
    return file


_kept: list[bytes] = []


@pytest.fixture
def backup(request: pytest.FixtureRequest, transactional_db: None, tmp_path: Path) -> Path:
    """Of such an installation, made once per worker: for tests that need nothing but the file."""
    if not _kept:
        _kept.append(Path(request.getfixturevalue("backup_of_it")).read_bytes())
    file = tmp_path / "kept.zip"
    file.write_bytes(_kept[0])
    return file
