"""What cannot be restored or backed up is refused with a message that says what would be right."""

import json
import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management.base import CommandError
from django.db import connection

from reports.keeping import archive, contents, databases, keys, postgresql
from reports.keeping.contents import canonical
from tests.reports.keeping.conftest import Installation
from tests.reports.keeping.places import command, contents_in, environment_in, restore_in, run

OTHER_KEY = "a key of another installation, long enough"


def refused(place: Path | str, backup: Path) -> str:
    """The message; and nothing has come to be there."""
    with pytest.raises(CommandError) as fault:
        restore_in(place, backup)
    if connection.vendor == "sqlite":
        assert not Path(place).parent.exists()
    else:
        with databases.in_place_of_ours(place):
            assert contents.tables("default") == []
    return str(fault.value)


def rewritten(backup: Path, change: Callable[[dict[str, Any]], None], *, sealed: bool = True) -> Path:
    """The same backup with something else in its manifest."""
    with zipfile.ZipFile(backup) as old:
        content = json.loads(old.read(archive.MANIFEST))
        seal = content.pop("seal")
        change(content)
        content["seal"] = keys.seal(canonical(content)) if sealed else seal
        changed = backup.with_name("changed.zip")
        with zipfile.ZipFile(changed, "w") as new:
            new.writestr(archive.DATABASE, old.read(archive.DATABASE))
            new.writestr(archive.MANIFEST, json.dumps(content))
    return changed


@pytest.mark.parametrize("name", keys.NAMES)
def test_another_key(elsewhere: Path | str, backup: Path, name: str, settings: Any) -> None:
    setattr(settings, name, OTHER_KEY)
    said = refused(elsewhere, backup)
    assert f"  {name}: " in said
    assert f"set LEERSCAN_{name}." in said
    (other,) = set(keys.NAMES) - {name}
    assert other not in said


def test_without_keys_of_its_own_it_says_where_they_should_lie(backup: Path, elsewhere: Path | str) -> None:
    """A new machine makes keys for itself when it starts; the message has to be of use there too."""
    home = backup.parent / "new machine"
    environment = environment_in(elsewhere, home)
    del environment["LEERSCAN_SCAN_KEY"], environment["LEERSCAN_SECRET_KEY"]
    done = run(["restore", backup], environment)
    assert done.returncode == 1
    for name in ("scan_key", "secret_key"):
        assert str(home / "keys" / name) in done.stderr
        assert (home / "keys" / name).is_file()
    assert "where there was none, Leerscan has just made a new one" in done.stderr


def test_a_key_that_counts_as_an_earlier_one_is_enough(backup: Path, elsewhere: Path | str, settings: Any) -> None:
    settings.SCAN_KEY, settings.SCAN_KEY_FALLBACKS = OTHER_KEY, [settings.SCAN_KEY]
    assert "Equal to it" in restore_in(elsewhere, backup)


def test_an_earlier_key_that_is_gone_is_said(
    installation: Installation, tmp_path: Path, elsewhere: Path | str, settings: Any
) -> None:
    settings.SCAN_KEY_FALLBACKS = [OTHER_KEY]
    command("backup", tmp_path / "b.zip")
    settings.SCAN_KEY_FALLBACKS = []
    assert "An earlier SCAN_KEY that still counted then is not known here" in restore_in(elsewhere, tmp_path / "b.zip")


def test_a_newer_version(backup: Path, elsewhere: Path | str) -> None:
    newer = rewritten(backup, lambda content: content.update(version="99.1"))
    assert "made by a newer Leerscan (99.1)" in refused(elsewhere, newer)


def test_migrations_that_are_not_known_here(backup: Path, elsewhere: Path | str) -> None:
    newer = rewritten(backup, lambda content: content["migrations"].append("scan.9999_later"))
    assert "made by a newer Leerscan" in refused(elsewhere, newer)


def test_a_newer_format(backup: Path, elsewhere: Path | str) -> None:
    assert "has format 2" in refused(elsewhere, rewritten(backup, lambda content: content.update(format=2)))


def test_the_other_kind_of_database(backup: Path, elsewhere: Path | str) -> None:
    other = "postgresql" if connection.vendor == "sqlite" else "sqlite"
    said = refused(elsewhere, rewritten(backup, lambda content: content.update(database=other)))
    assert ("Set DATABASE_URL to an empty" if other == "postgresql" else "move_to_postgresql") in said


def test_a_manifest_that_somebody_changed(backup: Path, elsewhere: Path | str) -> None:
    changed = rewritten(backup, lambda content: content["counts"].update(scan_response=1), sealed=False)
    assert "its seal is wrong" in refused(elsewhere, changed)


def test_counts_that_are_not_those_of_the_data(backup: Path, elsewhere: Path | str) -> None:
    """Found after the data is there: on SQLite nothing of it is left, on PostgreSQL the place says what it is."""
    changed = rewritten(backup, lambda content: content["counts"].update(scan_response=1))
    with pytest.raises(CommandError, match="table scan_response: 1 rows expected, 146 found"):
        restore_in(elsewhere, changed)
    if connection.vendor == "sqlite":
        assert list(Path(elsewhere).parent.iterdir()) == []
    else:
        with databases.in_place_of_ours(elsewhere), pytest.raises(CommandError, match="was not finished"):
            command("backup", backup.parent / "half.zip")


def test_a_damaged_file(backup: Path, elsewhere: Path | str) -> None:
    content = bytearray(backup.read_bytes())
    for name, damaged in {
        "torn.zip": bytes(content[: len(content) // 2]),
        "bit.zip": bytes(content[:3000]) + bytes([content[3000] ^ 1]) + bytes(content[3001:]),
        "empty.zip": b"",
        "letter.zip": b"Dear administrator",
    }.items():
        file = backup.with_name(name)
        file.write_bytes(damaged)
        assert "damaged" in refused(elsewhere, file), name
    assert "There is no file" in refused(elsewhere, backup.with_name("nothing.zip"))
    with zipfile.ZipFile(backup.with_name("other.zip"), "w") as other:
        other.writestr("photo.jpg", "")
    assert "no manifest" in refused(elsewhere, backup.with_name("other.zip"))


def test_another_database_in_the_same_file(backup: Path, elsewhere: Path | str) -> None:
    swapped = backup.with_name("swapped.zip")
    with zipfile.ZipFile(backup) as old, zipfile.ZipFile(swapped, "w") as new:
        new.writestr(archive.DATABASE, b"something else")
        new.writestr(archive.MANIFEST, old.read(archive.MANIFEST))
    assert "not the one that was backed up" in refused(elsewhere, swapped)


def test_a_place_that_is_not_empty(backup: Path, elsewhere: Path | str) -> None:
    restore_in(elsewhere, backup)
    before = contents_in(elsewhere)
    with pytest.raises(CommandError, match="already, and nothing is restored over"):
        restore_in(elsewhere, backup)
    assert contents_in(elsewhere) == before


@pytest.mark.parametrize("name", keys.NAMES)
def test_nobody_is_told_to_put_other_keys_where_an_installation_lives(
    backup: Path, elsewhere: Path | str, name: str, settings: Any
) -> None:
    restore_in(elsewhere, backup)
    setattr(settings, name, OTHER_KEY)
    with pytest.raises(CommandError, match="already, and nothing is restored over") as fault:
        restore_in(elsewhere, backup)
    assert "Put the key" not in str(fault.value)


def test_a_folder_instead_of_a_file(elsewhere: Path | str, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    assert f"{folder} is a folder. Name a file in it, made by manage.py backup." in refused(elsewhere, folder)
    for name in ("2026-03-02T010203Z", "2026-03-10T010203Z", "other"):
        (folder / f"leerscan-backup-{name}.zip").touch()
    newest = folder / "leerscan-backup-2026-03-10T010203Z.zip"
    assert f"Name a file in it, such as the newest backup: {newest}" in refused(elsewhere, folder)


def test_a_database_in_which_nothing_was_made_yet_is_empty(backup: Path, elsewhere: Path | str) -> None:
    with databases.in_place_of_ours(elsewhere):
        if connection.vendor == "sqlite":
            Path(elsewhere).parent.mkdir()
        connection.ensure_connection()
        assert connection.introspection.table_names() == []
        assert "Equal to it" in command("restore", backup)


def test_an_earlier_backup_is_never_overwritten(backup: Path) -> None:
    before = backup.read_bytes()
    with pytest.raises(CommandError, match="exists already and stays as it is"):
        command("backup", backup)
    assert backup.read_bytes() == before


def test_two_backups_into_one_folder_at_the_same_time(installation: Installation, tmp_path: Path) -> None:
    from reports.keeping import placing  # noqa: PLC0415

    with placing.work_folder(tmp_path), pytest.raises(CommandError, match="Another backup is being written"):
        command("backup", tmp_path)
    assert list(tmp_path.glob("*.zip")) == []


def test_no_folder(installation: Installation, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="There is no folder"):
        command("backup", tmp_path / "not there" / "b.zip")
    nowhere = tmp_path / "nowhere"
    for arguments in ([f"{nowhere}/"], [nowhere, "--keep", 7], [f"{nowhere}/", "--keep", 7]):
        with pytest.raises(CommandError, match=rf"There is no folder {nowhere}\. Make it first"):
            command("backup", *arguments)
    assert not nowhere.exists()
    with pytest.raises(CommandError, match="--keep wants a folder"):
        command("backup", tmp_path / "b.zip", "--keep", 3)
    with pytest.raises(CommandError, match="--keep: '0' is no whole number of 1 or more"):
        command("backup", tmp_path, "--keep", 0)
    assert list(tmp_path.glob("*.zip")) == []


def test_a_folder_that_nobody_can_write_to(installation: Installation) -> None:
    with pytest.raises(CommandError, match="The folder /proc cannot be written to") as fault:
        command("backup", "/proc/b.zip")
    assert "Errno" not in str(fault.value)


def test_nothing_to_back_up(elsewhere: Path | str, tmp_path: Path) -> None:
    with (
        databases.in_place_of_ours(elsewhere),
        pytest.raises(CommandError, match=r"There is no database|has no tables"),
    ):
        command("backup", tmp_path)


def test_postgresqls_programs_are_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert postgresql.find("pg_dump", 12).major >= 12
    with pytest.raises(Exception, match=r"pg_dump of PostgreSQL 99 or newer is needed; the newest here is \d+"):
        postgresql.find("pg_dump", 99)
    monkeypatch.setattr(postgresql, "PLACES", ())
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(Exception, match="apt-get install postgresql-client-15"):
        postgresql.find("pg_dump", 15)


def test_words_of_postgresql_about_rows_are_not_repeated() -> None:
    said = 'pg_restore: error: COPY failed for table "x"\nDETAIL:  Key (email)=(mo@example.test)\nCONTEXT:  COPY x'
    assert postgresql._own_words(said) == 'pg_restore: error: COPY failed for table "x"'


ON_A_SMALL_DISK = 'mount -t tmpfs -o size=40k none "$0" && "$@"; code=$?; ls -A "$0"; exit $code'
# Root keeps its rights, for PostgreSQL's socket lies in a private folder; others get them in a world of their own.
SMALL_DISK = ("unshare", "-m" if os.geteuid() == 0 else "-rm", "sh", "-c", ON_A_SMALL_DISK)


def test_a_full_disk(backup_of_it: Path, tmp_path: Path) -> None:
    """One of 40 KB in memory, that only this process sees."""
    disk, home = tmp_path / "disk", tmp_path / "home"
    disk.mkdir()
    done = run(["backup", disk], environment_in(connection.settings_dict["NAME"], home), *SMALL_DISK, str(disk))
    assert "No backup was made" in done.stderr
    assert "No space left" in done.stderr or "full" in done.stderr
    assert (done.returncode, done.stdout) == (1, "")  # and nothing is left there
    if connection.vendor == "sqlite":
        there = environment_in(disk / "leerscan.sqlite3", home)
        done = run(["restore", backup_of_it], there, *SMALL_DISK, str(disk))
        assert "The restore was not finished: [Errno 28] No space left" in done.stderr
        assert (done.returncode, done.stdout) == (1, "")
