"""A backup is one private file; it holds no key, nobody's session, and nothing that was deleted."""

import errno
import json
import os
import re
import stat
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone
from django_scopes import scope

from reports.closing import close_here
from reports.keeping import archive, keys, postgresql
from reports.keeping.backing_up import last_backup
from reports.models import LastBackup
from scan import ballot_box
from scan.answering.boxes import Sheet
from scan.answering.packing import pack
from scan.answering.submitting import submit
from scan.models import Draft, Invitation
from tests.cast import Cast
from tests.reports.keeping.conftest import ANSWERED, Installation
from tests.reports.keeping.places import command
from tests.scan.asking import ITEM_IDS, guard_away, participant_of, stored_responses
from tests.scan.forensics.chance import drawn_from


def database_in(backup: Path) -> bytes:
    """As it lies in the archive; of PostgreSQL in words, for pg_dump packs it."""
    with zipfile.ZipFile(backup) as opened:
        content = opened.read(archive.DATABASE)
    if connection.vendor == "sqlite":
        return content
    program = postgresql.find("pg_restore", 12)
    return subprocess.run([program.path, "-f", "-"], input=content, capture_output=True, check=True).stdout


def as_kept(value: bytes) -> bytes:
    return value if connection.vendor == "sqlite" else value.hex().encode()


def test_it_is_for_its_owner_only_and_says_what_it_is(installation: Installation, tmp_path: Path) -> None:
    said = command("backup", tmp_path)
    (file,) = tmp_path.glob("*.zip")
    assert re.fullmatch(r"leerscan-backup-20\d\d-\d\d-\d\dT\d{6}Z\.zip", file.name)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert str(file) in said
    for name in keys.NAMES:
        assert keys.place(name) in said
    with zipfile.ZipFile(file) as opened:
        assert sorted(opened.namelist()) == ["database", "manifest.json"]
        manifest = json.loads(opened.read("manifest.json"))
    assert manifest["counts"]["scan_draft"] == 1
    assert manifest["counts"]["scan_invitation"] == 8
    assert len(manifest["releases"]) == 1
    assert "scan.0001_initial" in manifest["migrations"]
    assert last_backup() == datetime.fromisoformat(manifest["made_at"]).replace(second=0)


def test_it_counts_also_when_nobody_can_note_that_it_was_made(installation: Installation, tmp_path: Path) -> None:
    """As by a new program before its tables are there."""
    with no_table_for_it():
        assert "Backup: " in command("backup", tmp_path)
    assert len(list(tmp_path.glob("*.zip"))) == 1
    assert last_backup() is None


@contextmanager
def no_table_for_it() -> Iterator[None]:
    table = LastBackup._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} RENAME TO {table}_away")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE {table}_away RENAME TO {table}")


def test_the_administrators_page_is_there_before_its_table(
    transactional_db: None, cast: Cast, as_user: Callable[[Any], Client]
) -> None:
    """It has to say that migrate was forgotten."""
    with no_table_for_it():
        assert as_user(cast.ada).get("/installation/").status_code == 200


def test_no_key_lies_in_it(backup: Path) -> None:
    """Neither as it is, nor in a form that leads back to it."""
    with zipfile.ZipFile(backup) as opened:
        everything = b"".join(opened.read(name) for name in opened.namelist()) + database_in(backup)
        prints = json.loads(opened.read("manifest.json"))["keys"]
    assert b"scan_response" in everything
    for key in (settings.SCAN_KEY, settings.SECRET_KEY):
        assert key.encode() not in everything
    assert all(len(print_) == 32 for prints_ in prints.values() for print_ in prints_)
    assert prints["SCAN_KEY"] != prints["SECRET_KEY"]


def test_what_was_deleted_is_not_in_it(installation: Installation, tmp_path: Path) -> None:
    """Drafts that were sent, and answers before closing in their order: other rows, and no trace of the first."""
    people = drawn_from("a backup after closing")
    with scope(organisation=installation.cast.organisation):
        rest = installation.invitations[ANSWERED:]
        boxes = [bytes(draft.box)[100:140] for draft in Draft.objects.all()]
        written = [dict(zip(ITEM_IDS, (1 + people.randrange(5) for _ in ITEM_IDS), strict=True)) for _ in rest]
        for invitation, answers in zip(rest, written, strict=True):
            submit(participant_of(invitation), Sheet(answers))
        packed = [pack(answers, participant_of(rest[0]).questionnaire.items) for answers in written]
        before = {response.id for response in stored_responses(installation.open)}
        command("backup", tmp_path / "before.zip")
        close_here(installation.open)
        command("backup", tmp_path / "after.zip")
    old, new = database_in(tmp_path / "before.zip"), database_in(tmp_path / "after.zip")
    assert len(boxes) == 1
    assert all(as_kept(box) not in old for box in boxes)
    # The answers are there, before and after: the search finds them.
    assert all(as_kept(row) in old for row in packed)
    assert all(as_kept(row) in new for row in packed)
    for pk in before:
        shown = pk.hex if connection.vendor == "sqlite" else str(pk)
        assert shown.encode() in old
        assert shown.encode() not in new


def test_rows_that_were_deleted_and_not_wiped_are_not_in_it(installation: Installation, tmp_path: Path) -> None:
    """Also where nobody cleaned up: with secure_delete off, and before any VACUUM."""
    draft = bytes(Draft._base_manager.get().box)[100:140]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA secure_delete=OFF")
        Draft._base_manager.all().delete()
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.execute("PRAGMA secure_delete=ON")
            assert draft in Path(str(connection.settings_dict["NAME"])).read_bytes()
    command("backup", tmp_path / "b.zip")
    assert as_kept(draft) not in database_in(tmp_path / "b.zip")


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[int], Path]:
    """A backup of some days ago, in the folder "backups"."""
    folder = tmp_path / "backups"
    folder.mkdir()
    now = timezone.now()

    def back_up_then(days_ago: int) -> Path:
        with monkeypatch.context() as then:
            then.setattr("reports.keeping.backing_up.timezone.now", lambda: now - timedelta(days=days_ago))
            command("backup", folder)
        return max(folder.glob("leerscan-backup-*"), key=lambda path: path.stat().st_mtime_ns)

    return back_up_then


def test_old_ones_of_its_own_are_deleted_and_nothing_else(
    installation: Installation, made: Callable[[int], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    old, recent = made(8), made(6)
    folder = old.parent
    with monkeypatch.context() as elsewhere:
        elsewhere.setattr(settings, "SECRET_KEY", "another installation that writes here")
        of_another = made(9)
    by_hand = folder / "leerscan-backup-2020-01-01T000000Z.zip"
    by_hand.write_bytes(b"somebody's own file")
    of_tomorrow = folder / f"leerscan-backup-{timezone.now() + timedelta(days=1):%Y-%m-%d}T000000Z.zip"
    no_date = folder / "leerscan-backup-2020-13-01T000000Z.zip"
    for path in (of_tomorrow, no_date):
        path.write_bytes(b"damaged")
    renamed = folder / "keep this one.zip"
    renamed.write_bytes(old.read_bytes())
    linked = folder / "leerscan-backup-2020-01-02T000000Z.zip"
    linked.symlink_to(renamed)
    said = command("backup", folder, "--keep", 7)
    assert f"older than 7 days: {old}" in said
    assert not old.exists()
    assert all(path.exists() for path in (recent, of_another, by_hand, of_tomorrow, no_date, renamed, linked))
    assert len(list(folder.iterdir())) == 8
    for path in (of_another, by_hand):
        assert f"Left, though its name says that it is older than 7 days: {path}. No key known here sealed it" in said
    assert said.count("Left, ") == 2


def test_one_that_may_not_be_deleted_is_told_after_the_others_are(
    installation: Installation, made: Callable[[int], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    of_somebody_else, old = made(9), made(8)
    unlink = Path.unlink

    def unlink_own(path: Path, missing_ok: bool = False) -> None:
        if path == of_somebody_else:
            raise PermissionError(errno.EPERM, os.strerror(errno.EPERM), str(path))
        unlink(path, missing_ok)

    monkeypatch.setattr(Path, "unlink", unlink_own)
    with pytest.raises(CommandError) as fault:
        command("backup", old.parent, "--keep", 7)
    said = str(fault.value)
    assert f"The backup was made, but what was older could not be deleted:\n  {of_somebody_else} (Op" in said
    assert "Errno" not in said
    assert of_somebody_else.exists()
    assert not old.exists()
    assert len(list(old.parent.iterdir())) == 2


def test_responses_are_counted_by_the_ballot_box_alone(installation: Installation) -> None:
    """The guard of the tests sees the commands' own connections too."""
    assert ballot_box.count("default") == ANSWERED + 142
    with guard_away(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM scan_response")
        assert cursor.fetchone()[0] == ANSWERED + 142
    assert Invitation._base_manager.filter(used=True).count() == ANSWERED
