"""The product's web server as a process of its own, which a test can kill and start again on the same port."""

import http.client
import os
import re
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from jobs.serving import Address, _web
from tests.conftest import ROOT
from tests.serving.own_process import environment_of_the_test, steady_port

READY_SECONDS = 60
STOP_SECONDS = 30
COMPLAINT = re.compile(r"^.*(?:Traceback|Internal Server Error|ERROR|CRITICAL|panicked).*$", re.MULTILINE)


class AnsweringServer:
    """As `manage.py serve` starts it; without its worker. `log`: where all that it writes is collected."""

    def __init__(self, log: Path, processes: int = 1, **settings: str) -> None:
        self.log = log
        self.processes = processes
        self.port = steady_port()
        self.settings = settings
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Returns when it answers."""
        self.launch()
        self._wait_until_it_answers()

    def launch(self) -> None:
        """Returns at once."""
        assert self._process is None
        assert (ROOT / "build" / "static" / "staticfiles.json").exists(), "first: make setup"
        environment = environment_of_the_test() | {"LEERSCAN_BASE_URL": self.url} | self.settings
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                _web(Address("127.0.0.1", self.port), self.processes),
                cwd=ROOT,
                env=environment,
                stdout=log,
                stderr=log,
                # A group of its own: what is killed is the server with all its web processes, and nothing else.
                start_new_session=True,
            )

    def kill(self) -> None:
        """As a power cut: nothing is finished, nothing is said."""
        process = self._take()
        with suppress(ProcessLookupError):  # when it had ended by itself
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(STOP_SECONDS)

    def stop(self) -> None:
        process = self._take()
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(STOP_SECONDS)
            raise

    def children(self) -> set[int]:
        """The processes that answer."""
        assert self._process is not None
        try:
            found = Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children").read_text(encoding="ascii")
        except OSError:
            return set()
        return {int(pid) for pid in found.split()}

    def has_ended(self) -> bool:
        """By itself."""
        assert self._process is not None
        return self._process.poll() is not None

    @property
    def is_running(self) -> bool:
        return self._process is not None

    def complaints(self) -> list[str]:
        """Lines in the log that no user's doing may cause."""
        return COMPLAINT.findall(self.log.read_text(encoding="utf-8", errors="replace"))

    def _take(self) -> "subprocess.Popen[bytes]":
        assert self._process is not None
        process, self._process = self._process, None
        return process

    def _wait_until_it_answers(self) -> None:
        assert self._process is not None
        deadline = time.monotonic() + READY_SECONDS
        while not self.answers():
            said = self.log.read_text(encoding="utf-8", errors="replace")
            assert self._process.poll() is None, f"the server stopped by itself:\n{said}"
            assert time.monotonic() < deadline, f"the server did not start:\n{said}"
            time.sleep(0.05)

    def answers(self) -> bool:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=READY_SECONDS)
        try:
            # As behind a proxy: with a base address of https, a plain request is only told to come by https.
            line.request("GET", "/healthz", headers={"X-Forwarded-Proto": "https"})
            return line.getresponse().status == 200
        except OSError:
            return False
        finally:
            line.close()


@contextmanager
def answering_server(log: Path, processes: int = 1, **settings: str) -> Iterator[AnsweringServer]:
    """Started, and stopped when it still runs."""
    server = AnsweringServer(log, processes, **settings)
    server.start()
    try:
        yield server
    finally:
        if server.is_running:
            server.stop()
