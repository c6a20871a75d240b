"""PostgreSQL's own programs: the right version, how they find the database, and what they say when they fail."""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from django.db import connection
from psycopg import conninfo, pq

from organisations.commands import InputError

# Where Debian and Red Hat keep them, outside the PATH.
PLACES = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin")
NUMBER = re.compile(r"\(PostgreSQL\) (\d+)")
# From this version on pg_restore sends SET transaction_timeout, which an older server does not know.
SENDS_TIMEOUT = 17
OWN_WORDS = re.compile(r"^pg_\w+: (?:error|fatal): .*", re.MULTILINE)


@dataclass(frozen=True)
class Program:
    path: str
    major: int


def server_major() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        return int(cursor.fetchone()[0]) // 10_000


def find(name: str, least: int, advised: int | None = None) -> Program:
    """The oldest that is new enough: a newer one writes words that an older server does not know.

    `advised`: the version to install when there is none; else the least.
    """
    found = sorted(_installed(name), key=lambda program: program.major)
    for program in found:
        if program.major >= least:
            return program
    newest = f"; the newest here is {found[-1].major}" if found else ""
    raise InputError(f"{name} of PostgreSQL {least} or newer is needed{newest}. {on_debian(advised or least)}")


def find_to_restore(written_by: int, server: int) -> Program:
    """One that reads what that version of pg_dump wrote, and sends nothing that the server does not know."""
    program = find("pg_restore", written_by, advised=server)
    if program.major >= SENDS_TIMEOUT > server:
        raise InputError(
            f"pg_restore of PostgreSQL {program.major} sends words that the server, of version {server}, does not "
            f"know. Install the server's version too, and restore again. {on_debian(server)}"
        )
    return program


def on_debian(version: int) -> str:
    return f"On Debian: apt-get install postgresql-client-{version}"


def _installed(name: str) -> Iterator[Program]:
    folders = [path for pattern in PLACES for path in Path("/").glob(pattern.lstrip("/"))]
    in_path = shutil.which(name)
    for path in [*(folder / name for folder in folders), *([Path(in_path)] if in_path else [])]:
        if not path.is_file():
            continue
        said = subprocess.run([path, "--version"], capture_output=True, text=True, check=False)  # noqa: S603
        if number := NUMBER.search(said.stdout):
            yield Program(str(path), int(number[1]))


@contextmanager
def running(
    program: Program, arguments: Sequence[str], stdin: int | None = None, stdout: int | None = None
) -> Iterator["subprocess.Popen[bytes]"]:
    """On our database; killed when we leave early. Raises InputError with its own words when it fails.

    It gets the password from its environment, for its arguments can be read by everybody on the machine.
    """
    with tempfile.TemporaryFile() as words:
        command = [program.path, "--no-password", f"--dbname={_address()}", *arguments]
        process = subprocess.Popen(  # noqa: S603
            command, env=_environment(), stdin=stdin, stdout=stdout, stderr=words
        )
        try:
            with suppress(BrokenPipeError):  # it has stopped by itself, and says why
                yield process
            _end_input(process)
            if process.wait():
                words.seek(0)
                raise InputError(_own_words(words.read().decode(errors="replace")))
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()
            _end_input(process)
            if process.stdout:
                process.stdout.close()


def _end_input(process: "subprocess.Popen[bytes]") -> None:
    if process.stdin:
        with suppress(BrokenPipeError):
            process.stdin.close()


def _parameters() -> dict[str, str]:
    known = {option.keyword.decode() for option in pq.Conninfo.get_defaults()} - {"client_encoding"}
    given = connection.get_connection_params()
    return {name: str(value) for name, value in given.items() if name in known and value not in (None, "")}


def _address() -> str:
    return conninfo.make_conninfo(**{name: value for name, value in _parameters().items() if name != "password"})


def _environment() -> dict[str, str]:
    password = _parameters().get("password")
    return os.environ | ({"PGPASSWORD": password} if password else {})


def _own_words(said: str) -> str:
    """Not its CONTEXT and DETAIL: they quote rows."""
    return "\n".join(OWN_WORDS.findall(said)) or "PostgreSQL's program stopped without a word."
