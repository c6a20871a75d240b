"""The machines of a fleet: a private PostgreSQL and Redis, and `manage.py work` and `manage.py web` as processes."""

import http.client
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg

from tests.conftest import ROOT
from tests.fleet.desk import HOST
from tests.postgres import PrivatePostgres
from tests.redis import PrivateRedis
from tests.scan.mailing.mail_server import MailServer
from tests.waiting import PATIENCE_SECONDS, wait_until

COMPLAINT = re.compile(r"^.*(?:Traceback|Internal Server Error|CRITICAL|panicked).*$", re.MULTILINE)
KEYS = {"LEERSCAN_SECRET_KEY": "a-key-of-the-fleet-" * 4, "LEERSCAN_SCAN_KEY": "another-key-of-the-fleet-" * 4}


class Machine:
    """One process of the fleet, and everything that it writes."""

    def __init__(self, name: str, command: list[str], environment: dict[str, str], folder: Path) -> None:
        self.name, self.log = name, folder / f"{name}.log"
        with self.log.open("ab") as log:
            # A session of its own: what is killed is this machine, and nothing else.
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=environment, stdout=log, stderr=log, start_new_session=True
            )

    @property
    def numbers(self) -> set[int]:
        """Of the living processes of its session, also those in groups of their own."""
        command = ["pgrep", "--session", str(self.process.pid), "--runstates", "R,S,D"]
        found = subprocess.run(command, capture_output=True, text=True, check=False)
        return set(map(int, found.stdout.split()))

    def kill(self) -> None:
        """As a power cut: all processes of its session."""
        for number in self.numbers | {self.process.pid}:
            with suppress(ProcessLookupError):
                os.kill(number, signal.SIGKILL)
        self.process.wait(PATIENCE_SECONDS)

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()
            raise

    @property
    def is_running(self) -> bool:
        return self.process.poll() is None

    @property
    def said(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")


class Fleet:
    """`settings`: more of the environment, the same for all machines."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.folder = folder
        self.redis, self.mails = PrivateRedis(), MailServer()
        self.machines: list[Machine] = []
        self._postgres = PrivatePostgres()
        self._settings = settings
        self.environment: dict[str, str] = {}

    def start(self) -> None:
        """What the machines need; no machine yet, and no tables."""
        self.mails.start()
        self.redis.start()
        url = self._postgres.start()
        self.environment = os.environ | {
            "DATABASE_URL": url,
            "PGHOST": str(self._postgres.folder),
            "DJANGO_SETTINGS_MODULE": "tests.fleet.settings",
            "LEERSCAN_HOME": str(self.folder),
            "LEERSCAN_BASE_URL": f"http://{HOST}",
            "LEERSCAN_QUEUE_URL": self.redis.url(0),
            "LEERSCAN_CACHE_URL": self.redis.url(1),
            "LEERSCAN_SMTP_PORT": str(self.mails.port),
            **KEYS,
            **self._settings,
        }

    def end(self) -> None:
        for machine in self.machines:
            if machine.is_running:
                machine.kill()
        self._postgres.stop()
        self.redis.stop()
        self.mails.stop()

    def manage(self, *arguments: str) -> str:
        return self.run("manage.py", *arguments)

    def run(self, *arguments: str) -> str:
        """What this program of Python printed."""
        command = [sys.executable, *arguments]
        done = subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def worker(self) -> Machine:
        return self._machine("worker", "work")

    def web(self, port: int) -> Machine:
        """Wait for it with `wait_for_web`."""
        return self._machine("web", "web", "--port", str(port))

    def wait_for_web(self, *ports: int) -> None:
        for port in ports:
            wait_until(f"the web process on port {port} answers", lambda: answers(port))  # noqa: B023 -- at once

    def ask(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """What the database holds, by a line of the test's own."""
        with psycopg.connect(self._dsn) as line:
            return line.execute(sql, values).fetchall()

    def job(self, kind: str) -> tuple[str, int, Any]:
        """State, tries and claim of the newest job of this kind."""
        sql = "SELECT state, tries, claim FROM jobs_job WHERE kind = %s ORDER BY created_at DESC LIMIT 1"
        return next(iter(self.ask(sql, kind)), ("", 0, None))

    def complaints(self) -> list[str]:
        """Lines in the logs that nothing which was done here may cause."""
        return [line for machine in self.machines for line in COMPLAINT.findall(machine.said)]

    @property
    def _dsn(self) -> str:
        return f"host={self._postgres.folder} user=leerscan dbname=postgres"

    def _machine(self, name: str, *arguments: str) -> Machine:
        number = sum(machine.name.startswith(name) for machine in self.machines) + 1
        command = [sys.executable, "manage.py", *arguments]
        machine = Machine(f"{name}-{number}", command, self.environment, self.folder)
        self.machines.append(machine)
        return machine


def answers(port: int) -> bool:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
    try:
        line.request("GET", "/healthz")
        return line.getresponse().status == 200
    except OSError:
        return False
    finally:
        line.close()


@contextmanager
def fleet(folder: Path, **settings: str) -> Iterator[Fleet]:
    made = Fleet(folder, **settings)
    try:
        made.start()
        yield made
    finally:
        made.end()
