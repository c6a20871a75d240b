"""From SQLite to PostgreSQL: everything arrives, in no order, and the same links, drafts and pages go on working.

The source is a copy of the test's database, so the run on PostgreSQL leaves them out; they start one of their own.
"""

import json
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection
from django_scopes import scope

from reports.keeping import contents
from scan.models import Invitation, LeftOut, Round
from tests.conftest import ROOT
from tests.postgres import PrivatePostgres, _find
from tests.reports.keeping.conftest import ANSWERED, DRAFTED, Installation
from tests.reports.keeping.places import MINUTES, environment_in, run
from tests.rounds import unit_id
from tests.scan.asking import guard_away


@pytest.fixture(scope="module")
def postgres_host() -> Iterator[str]:
    server = PrivatePostgres()
    try:
        server.start()
        yield str(server.folder)
    finally:
        server.stop()


@pytest.fixture
def target(postgres_host: str, tmp_path: Path) -> dict[str, str]:
    """An empty PostgreSQL database: the environment of a process there, with the keys of the test."""
    name = f"target_{uuid4().hex[:12]}"
    psql(postgres_host, "postgres", f"CREATE DATABASE {name} TEMPLATE template0")
    environment = environment_in("", tmp_path / "home")
    return environment | {"PGHOST": postgres_host, "DATABASE_URL": f"postgresql://leerscan@/{name}", "NAME": name}


def psql(host: str, name: str, sql: str) -> str:
    line = [_find("psql"), "-h", host, "-U", "leerscan", "-d", name, "-Atc", sql]
    return subprocess.run(line, check=True, capture_output=True, text=True, timeout=60).stdout.strip()


def copy_of_ours(file: Path) -> Path:
    """As the web server leaves it behind: nobody has it open."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(file)])
    with closing(sqlite3.connect(file)) as opened:
        opened.execute("PRAGMA journal_mode=WAL")
    return file


@pytest.fixture
def source(installation: Installation, tmp_path: Path) -> Path:
    with scope(organisation=installation.cast.organisation):
        first = installation.invitations[0]
        LeftOut.objects.create(round=installation.open, person_id=str(first.person_id))
    return copy_of_ours(tmp_path / "leerscan.sqlite3")


AT_THE_END = "move, before it is committed"
EVERYWHERE = ("move, migrated", "move, copied", AT_THE_END)


@pytest.mark.parametrize(
    "points", [(AT_THE_END,), pytest.param(EVERYWHERE, marks=pytest.mark.chaos)], ids=["short", "long"]
)
def test_everything_arrives_and_goes_on_working(
    installation: Installation, source: Path, target: dict[str, str], points: tuple[str, ...]
) -> None:
    """The first try is killed."""
    hashes, before = contents.release_hashes("default"), source.read_bytes()
    with scope(organisation=installation.cast.organisation):
        newest = LeftOut.objects.latest("pk").pk
    for point in points:
        done = run(["move_to_postgresql", source], target | {"LEERSCAN_FAIL_POINT": point})
        assert done.returncode == -signal.SIGKILL
        assert psql(target["PGHOST"], target["NAME"], "SELECT count(*) FROM scan_response") == "0"
    done = run(["move_to_postgresql", source], target)
    assert done.returncode == 0, done.stderr
    assert source.read_bytes() == before
    for release, sha256 in hashes.items():
        assert f"  {release} {sha256}" in done.stdout
    assert f"scan_response: {ANSWERED + 142}\n" in done.stdout
    (again,) = _refusals(target, [source])
    assert "not empty: there are rows in" in again
    found = looked_at(installation, target)
    assert found == {
        "vendor": "postgresql",
        "hashes": hashes,
        "marks": 1,
        "invitations by id": True,
        "page": 200,
        "draft": DRAFTED,
        "start page": 200,
        "used": ANSWERED + 1,
        "new id": newest + 1,
        "released": 1,
    }


def looked_at(installation: Installation, target: dict[str, str]) -> dict[str, object]:
    """From another process: the page of a report, a draft by its link, an answer that is sent, and the closing."""
    with scope(organisation=installation.cast.organisation):
        unit = unit_id(installation.closed, "")
    names = [installation.cast.organisation.slug, installation.closed.slug, installation.open.slug, unit]
    line = [sys.executable, "-m", "tests.reports.keeping.moved", *names]
    done = subprocess.run(line, env=target, cwd=ROOT, capture_output=True, text=True, timeout=MINUTES, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, object] = json.loads(done.stdout)
    return found


REFUSE = """
import sys
import django
django.setup()
from django.core.management import call_command
from django.core.management.base import CommandError
for file in sys.argv[1:]:
    try:
        call_command("move_to_postgresql", file)
    except CommandError as fault:
        print(str(fault).replace(chr(10), " "))
"""


def test_what_is_refused(source: Path, target: dict[str, str], tmp_path: Path) -> None:
    """Nothing of it reaches the target."""
    letter, other, older = tmp_path / "letter", tmp_path / "other.sqlite3", tmp_path / "older.sqlite3"
    letter.write_bytes(b"Dear administrator, " * 100)
    with closing(sqlite3.connect(other)) as opened:
        opened.execute("CREATE TABLE photo (id)")
    older.write_bytes(source.read_bytes())
    with closing(sqlite3.connect(older)) as opened, opened:
        opened.execute("DELETE FROM django_migrations WHERE app = 'scan' AND name >= '0006'")
    newer = tmp_path / "newer.sqlite3"
    newer.write_bytes(source.read_bytes())
    with closing(sqlite3.connect(newer)) as opened, opened:
        opened.execute("UPDATE django_migrations SET name = '9999_later' WHERE name = '0006_edited_remarks'")
    with closing(sqlite3.connect(source)) as reader:
        reader.execute("SELECT count(*) FROM scan_round").fetchone()  # as a web server that has it open
        said = _refusals(target, [tmp_path / "nothing", letter, other, older, newer, source])
    expected = ("There is no file", "is no SQLite database", "has none of its tables", "Bring it up to date first",
                "of a newer Leerscan", "Stop Leerscan")  # fmt: skip
    for line, words in zip(said, expected, strict=True):
        assert words in line
    assert psql(target["PGHOST"], target["NAME"], "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == "0"
    (no_postgresql,) = _refusals(target | {"DATABASE_URL": f"sqlite://{tmp_path}/x.sqlite3"}, [source])
    assert "DATABASE_URL names no PostgreSQL" in no_postgresql
    # What an interrupted run can leave: a table that no migration has been noted down for.
    psql(target["PGHOST"], target["NAME"], "CREATE TABLE scan_invitation (id uuid)")
    (half,) = _refusals(target, [source])
    assert 'relation "scan_invitation" already exists' in half
    assert "make a new, empty database (dropdb, createdb)" in half


def _refusals(environment: dict[str, str], files: list[Path]) -> list[str]:
    line = [sys.executable, "-c", REFUSE, *map(str, files)]
    done = subprocess.run(line, env=environment, cwd=ROOT, capture_output=True, text=True, timeout=MINUTES, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


MANY = 100_000


@pytest.mark.chaos
def test_a_hundred_thousand_responses(installation: Installation, target: dict[str, str], tmp_path: Path) -> None:
    """Half of the invitations answered, in an open round; within minutes, and in bounded memory."""
    _fill(installation.open)
    source = copy_of_ours(tmp_path / "leerscan.sqlite3")
    began = time.monotonic()
    done = run(["move_to_postgresql", source], target, "time", "-f", "peak %M KB")
    seconds = time.monotonic() - began
    assert done.returncode == 0, done.stderr
    peak = int(re.findall(r"peak (\d+) KB", done.stderr)[0]) / 1000
    counted = psql(target["PGHOST"], target["NAME"], "SELECT count(*) FROM scan_response")
    assert int(counted) == MANY + ANSWERED + 142
    size = source.stat().st_size / 1e6
    print(f"moved {counted} responses in {seconds:.0f} s, peak {peak:.0f} MB of memory, from a file of {size:.0f} MB")  # noqa: T201
    assert seconds < 300
    assert peak < 250


def _fill(round_: Round) -> None:
    """Twice as many invitations as responses, half of them used."""
    with scope(organisation=round_.organisation):
        unit = Invitation.objects.filter(round=round_).values_list("unit_id", flat=True)[0]
    with guard_away(), connection.cursor() as cursor:
        cursor.execute(RESPONSES, [MANY, round_.pk.hex, unit.hex])
        cursor.execute(INVITATIONS, [2 * MANY, round_.pk.hex, unit.hex])


RESPONSES = """
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %s)
    INSERT INTO scan_response (id, round_id, unit_id, answers, obstacles, remark)
    SELECT lower(hex(randomblob(16))), %s, %s, zeroblob(40), 0, '' FROM n
"""
INVITATIONS = """
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %s)
    INSERT INTO scan_invitation (id, round_id, unit_id, address, was_mailed, gets_reminders, was_added, used, language,
        came_by_open_link)
    SELECT lower(hex(randomblob(16))), %s, %s, '', 1, 1, 0, i %% 2, 'nl', 0 FROM n
"""
