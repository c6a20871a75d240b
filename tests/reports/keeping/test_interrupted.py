"""Killed at any point: no half backup, no half restore, and the same command goes on from there."""

import contextlib
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import psycopg
import pytest
from django.core.management.base import CommandError
from django.db import connection

from jobs.half_restored import MARK
from organisations.models import LogEntry
from reports.keeping import contents, databases, restoring_postgresql
from reports.keeping.placing import WORK
from tests.conftest import ROOT
from tests.reports.keeping.places import command, contents_in, environment_in, restore_in, run
from tests.serving.own_process import steady_port
from tests.waiting import wait_until

AT_THE_END = "backup, before it is put in place"
RESTORE_POINTS = ["restore, data is there", "restore, migrated"]


def killed(arguments: list[object], environment: dict[str, str], point: str) -> None:
    done = run(arguments, environment | {"LEERSCAN_FAIL_POINT": point})
    assert (done.returncode, done.stdout) == (-signal.SIGKILL, "")


def test_a_backup_that_was_killed_leaves_no_half_file(backup_of_it: Path, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    earlier = folder / "earlier.zip"
    earlier.write_bytes(backup_of_it.read_bytes())
    killed(["backup", folder], environment_in(connection.settings_dict["NAME"], tmp_path / "home"), AT_THE_END)
    assert {path.name for path in folder.iterdir()} == {"earlier.zip", WORK}
    assert (folder / WORK).stat().st_mode & 0o777 == 0o700
    assert (folder / WORK / "backup.zip").exists()
    command("backup", folder)
    assert {path.suffix for path in folder.iterdir()} == {".zip"}
    assert len(list(folder.iterdir())) == 2
    assert earlier.read_bytes() == backup_of_it.read_bytes()


def test_a_backup_that_is_stopped_leaves_nothing_at_all(backup_of_it: Path, tmp_path: Path) -> None:
    """SIGTERM while it writes: it waits at a pipe in the place of the file that it is making."""
    folder = tmp_path / "backups"
    folder.mkdir()
    environment = environment_in(connection.settings_dict["NAME"], tmp_path / "home")
    line = [sys.executable, "-c", STOPPED, str(folder)]
    process = subprocess.Popen(line, env=environment, cwd=ROOT, stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"writing\n"
    assert (folder / WORK).is_dir()
    process.send_signal(signal.SIGTERM)
    assert process.wait(60) == 128 + signal.SIGTERM
    process.stdout.close()
    assert list(folder.iterdir()) == []


STOPPED = """
import sys, time
import django
django.setup()
from django.core.management import call_command
from reports.keeping import archive
def write(file, source, describe):
    print("writing", flush=True)
    time.sleep(60)
archive.write = write
call_command("backup", sys.argv[1])
"""


@pytest.mark.parametrize(
    "point",
    [*(pytest.param(point, marks=pytest.mark.chaos) for point in RESTORE_POINTS), "restore, before it is put in place"],
)
def test_a_restore_that_was_killed_is_done_by_the_same_command(
    backup: Path, elsewhere: Path | str, tmp_path: Path, point: str
) -> None:
    environment = environment_in(elsewhere, tmp_path / "home")
    killed(["restore", backup], environment, point)
    _check_left(elsewhere, environment)
    assert "Equal to it: the contents of 1 releases" in restore_in(elsewhere, backup)
    if connection.vendor == "sqlite":
        assert [path.name for path in Path(elsewhere).parent.iterdir()] == ["leerscan.sqlite3"]
    with databases.in_place_of_ours(elsewhere):
        assert MARK not in connection.introspection.table_names()
        assert LogEntry._base_manager.filter(action="restore_backup").count() == 2  # one for each organisation
        assert len(contents.release_hashes("default")) == 1


@pytest.mark.parametrize("is_there", [True, False], ids=["there before", "comes meanwhile"])
def test_what_ran_on_the_empty_database_does_nothing_on_half_a_restore(
    backup: Path, elsewhere: Path | str, tmp_path: Path, *, is_there: bool
) -> None:
    """A worker and a web server that nobody stopped, or that start while the database is away."""
    if connection.vendor == "sqlite":
        return  # the file is put in place when it is whole
    environment = environment_in(elsewhere, tmp_path / "home")
    environment |= {"LEERSCAN_BASE_URL": "https://scan.linde.test", "LEERSCAN_BEHIND_PROXY": "1"}
    port = steady_port()
    lines: list[list[object]] = [["work"], ["web", "--port", port]]
    with (tmp_path / "log").open("w+") as log, contextlib.ExitStack() as running:
        if is_there:
            for line in lines:
                running.enter_context(_started(line, environment, log))
            _wait_for(port)
            with databases.in_place_of_ours(elsewhere):
                assert not connection.introspection.table_names()
        killed(["restore", backup], environment, RESTORE_POINTS[0])
        before = contents_in(elsewhere)
        if not is_there:
            for line in lines:
                done = run(line, environment)
                assert (done.returncode, "nothing runs on it" in done.stderr) == (1, True)
            return
        for path in ("/readyz", "/a/"):
            assert _status(port, path) >= 500
        time.sleep(3)
        assert contents_in(elsewhere) == before
        log.seek(0)
        said = log.read()
    assert "The database has no tables yet. Run: manage.py migrate" in said
    assert "A restore into this database was not finished, so nothing runs on it." in said
    assert "Equal to it: the contents of 1 releases" in restore_in(elsewhere, backup)


def test_nothing_is_restored_beside_somebody_who_is_connected(
    backup: Path, elsewhere: Path | str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if connection.vendor == "sqlite":
        return
    monkeypatch.setattr(restoring_postgresql, "LEAVING_SECONDS", 0.5)
    with psycopg.connect(f"postgresql://leerscan@/{elsewhere}?application_name=forgotten"):
        with pytest.raises(CommandError, match=r"forgotten \(this machine\)\. Stop Leerscan on every machine"):
            restore_in(elsewhere, backup)
        with databases.in_place_of_ours(elsewhere):
            assert "scan_response" not in connection.introspection.table_names()
    assert "Equal to it: the contents of 1 releases" in restore_in(elsewhere, backup)


@contextlib.contextmanager
def _started(line: list[object], environment: dict[str, str], log: IO[str]) -> Iterator[None]:
    command = [sys.executable, str(ROOT / "manage.py"), *map(str, line)]
    process = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=log, stderr=log)
    try:
        yield
    finally:
        process.terminate()
        process.wait(60)


def _wait_for(port: int) -> None:
    def answers() -> bool:
        with contextlib.suppress(OSError):
            return bool(_status(port, "/healthz"))
        return False

    wait_until("the web server answers", answers)


def _status(port: int, path: str) -> int:
    asked = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers={"X-Forwarded-Proto": "https"})
    try:
        with urllib.request.urlopen(asked, timeout=30) as answer:  # noqa: S310 -- our own server
            return int(answer.status)
    except urllib.error.HTTPError as fault:
        return fault.code


def _check_left(elsewhere: Path | str, environment: dict[str, str]) -> None:
    """On SQLite no database yet; on PostgreSQL data with a mark, of which nobody makes use: its mailings still run."""
    if connection.vendor == "sqlite":
        assert not Path(elsewhere).exists()
        assert Path(f"{elsewhere}.restoring").stat().st_size > 0
        return
    with databases.in_place_of_ours(elsewhere):
        assert MARK in connection.introspection.table_names()
        assert "scan_response" in connection.introspection.table_names()
        with pytest.raises(CommandError, match="was not finished"):
            command("backup", Path.cwd())
    served = environment | {"LEERSCAN_BASE_URL": "https://scan.linde.test"}
    lines: list[list[object]] = [["work"], ["web", "--port", steady_port()]]
    for line in lines:
        done = run(line, served)
        assert done.returncode == 1
        assert "A restore into this database was not finished, so nothing runs on it." in done.stderr


def test_postgresql_killed_while_it_loads_holds_no_data(backup: Path, elsewhere: Path | str, tmp_path: Path) -> None:
    """What it has of the data by then comes to nothing with its transaction."""
    if connection.vendor != "postgresql":
        return
    environment = environment_in(elsewhere, tmp_path / "home")
    killed(["restore", backup], environment, "restore, marked")
    assert contents_in(elsewhere).counts == {}
    line = [sys.executable, "-c", HALFWAY, str(backup)]
    assert subprocess.run(line, env=environment, cwd=ROOT, check=False, timeout=120).returncode == -signal.SIGKILL
    wait_until("nothing is left of it", lambda: not contents_in(elsewhere).counts)
    assert "Equal to it" in restore_in(elsewhere, backup)


HALFWAY = """
import os, signal, sys, time, types
import django
django.setup()
from django.core.management import call_command
from reports.keeping import restoring_postgresql
def half(source, target, piece):
    content = source.read()
    target.write(content[: len(content) * 9 // 10])
    target.flush()
    time.sleep(1)  # pg_restore is at work with it
    os.kill(os.getpid(), signal.SIGKILL)
restoring_postgresql.shutil = types.SimpleNamespace(copyfileobj=half)
call_command("restore", sys.argv[1])
"""


def test_another_backup_does_not_go_on_where_one_was_interrupted(
    backup: Path, backup_of_it: Path, elsewhere: Path | str, tmp_path: Path
) -> None:
    if connection.vendor == "sqlite":
        return  # there it begins anew in any case
    killed(["restore", backup], environment_in(elsewhere, tmp_path / "home"), "restore, data is there")
    if backup.read_bytes() != backup_of_it.read_bytes():
        with pytest.raises(CommandError, match="A restore of another backup into this database was not finished"):
            restore_in(elsewhere, backup_of_it)
