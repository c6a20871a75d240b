"""A private PostgreSQL for one run of the tests: a unix socket in a short folder of its own, no port."""

import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path

FAST = ("fsync", "synchronous_commit", "full_page_writes", "autovacuum", "jit")


class PrivatePostgres:
    """`durable`: what it has confirmed survives its own crash."""

    def __init__(self, *, durable: bool = False) -> None:
        self._fast = [name for name in FAST if not durable or name in ("fsync", "autovacuum", "jit")]
        self.folder = Path(tempfile.mkdtemp(prefix="pg", dir="/tmp"))
        self._data = self.folder / "data"
        self._account = _postgres_account()

    def start(self) -> str:
        """Start it; answers its DATABASE_URL, which needs PGHOST: the folder of its socket."""
        if self._account:
            os.chown(self.folder, *self._account)
        self._run(
            "initdb", "--no-sync", "-A", "trust", "--locale=C.UTF-8", "-E", "UTF8", "-U", "leerscan", "-D", self._data
        )
        options = [f"-k {self.folder}", "-c listen_addresses=''", *(f"-c {name}=off" for name in self._fast)]
        # Or a checkpoint throws away what tests/scan/forensics still reads: other tests write much at the same time.
        options.append("-c wal_keep_size=1GB")
        self._options = " ".join(options)
        self.start_again()
        return "postgresql://leerscan@/postgres"

    def start_again(self) -> None:
        log = self.folder / "log"
        self._run("pg_ctl", "-w", "-s", "-D", self._data, "-l", log, "-o", self._options, "start")

    def make_database_on(self, folder: Path, name: str) -> None:
        """A database whose tables stand in this folder."""
        if self._account:
            os.chown(folder, *self._account)
        for sql in (
            f"CREATE TABLESPACE {name} LOCATION '{folder}'",
            f"CREATE DATABASE {name} TABLESPACE {name}",
        ):
            self._run("psql", "-h", self.folder, "-U", "leerscan", "-d", "postgres", "-c", sql)

    def crash(self) -> None:
        """All its processes end at once, and it has to find its way back from its log."""
        self._run("pg_ctl", "-s", "-D", self._data, "-m", "immediate", "stop")

    def stop(self) -> None:
        self.crash()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _run(self, program: str, *arguments: object) -> None:
        command = [_find(program), *map(str, arguments)]
        user, group = self._account or (None, None)
        subprocess.run(command, check=True, cwd=self.folder, stdout=subprocess.DEVNULL, user=user, group=group)


def _postgres_account() -> tuple[int, int] | None:
    """PostgreSQL refuses to run as root; its own account then runs it."""
    if os.geteuid() != 0:
        return None
    account = pwd.getpwnam("postgres")
    return account.pw_uid, account.pw_gid


def _find(program: str) -> str:
    """The newest installed PostgreSQL's program; Debian keeps them out of the PATH."""
    installed = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"), key=lambda path: int(path.parts[4]))
    found = str(installed[-1]) if installed else shutil.which(program)
    if not found:
        raise FileNotFoundError(f"{program} is not installed; on Debian: apt-get install postgresql-15")
    return found
