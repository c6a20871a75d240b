"""Programs of PostgreSQL that are newer than the server: what is taken, what is warned of, and what is refused.

Only one version is installed where these tests run; the others are made up.
"""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from organisations.commands import InputError
from reports.keeping import postgresql
from reports.keeping.postgresql import Program
from tests.reports.keeping.conftest import Installation
from tests.reports.keeping.places import restore_in


def install(monkeypatch: pytest.MonkeyPatch, *majors: int) -> None:
    monkeypatch.setattr(postgresql, "_installed", lambda name: iter([Program(name, major) for major in majors]))


@pytest.mark.parametrize(
    ("written_by", "server", "installed", "taken"),
    [
        (15, 15, [17, 15], 15),
        (15, 16, [17, 15], 15),
        (15, 16, [17, 16], 16),
        (13, 15, [16, 12], 16),
        (17, 17, [18], 18),
    ],
)
def test_a_pg_restore_that_the_server_understands(
    monkeypatch: pytest.MonkeyPatch, written_by: int, server: int, installed: list[int], taken: int
) -> None:
    install(monkeypatch, *installed)
    assert postgresql.find_to_restore(written_by, server).major == taken


def test_one_that_it_does_not_understand_is_not_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, 17, 14)
    said = r"pg_restore of PostgreSQL 17 sends words that the server, of version 16.*postgresql-client-16$"
    with pytest.raises(InputError, match=said):
        postgresql.find_to_restore(15, 16)


def test_without_any_that_of_the_server_is_advised(monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, 12)
    with pytest.raises(InputError, match=r"pg_restore of PostgreSQL 14 or newer.*12.*install postgresql-client-16$"):
        postgresql.find_to_restore(14, 16)


@pytest.fixture
def only_newer(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> int:
    """The programs that are here say that they are of another version."""
    found = postgresql._installed
    newer = postgresql.server_major() + 1 if connection.vendor == "postgresql" else 0

    def installed(name: str) -> Iterator[Program]:
        return (Program(program.path, newer) for program in found(name))

    monkeypatch.setattr(postgresql, "_installed", installed)
    return newer


def test_a_backup_by_a_newer_program_says_where_it_can_be_restored(
    installation: Installation, only_newer: int, elsewhere: Path | str, tmp_path: Path
) -> None:
    out, warned = io.StringIO(), io.StringIO()
    call_command("backup", str(tmp_path / "b.zip"), stdout=out, stderr=warned)
    assert "Backup: " in out.getvalue()
    if connection.vendor == "sqlite":
        assert warned.getvalue() == ""
        return
    server = only_newer - 1
    assert f"restored into a server of version {only_newer} or newer only" in warned.getvalue()
    assert f"apt-get install postgresql-client-{server}" in warned.getvalue()
    said = f"was written by pg_dump {only_newer}, and the server here is PostgreSQL {server}. Take a server of version"
    with pytest.raises(CommandError, match=said):
        restore_in(elsewhere, tmp_path / "b.zip")
