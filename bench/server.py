"""A web server as `manage.py serve` starts it, of Leerscan or of the reference: one process, one computing thread."""

import http.client
import os
import random
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.place import ROOT, Place
from jobs.serving import Address, _web

OURS, REFERENCE = "config.wsgi:application", "bench.reference.wsgi:application"
READY_SECONDS, STOP_SECONDS = 60, 30
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Server:
    port: int
    process: "subprocess.Popen[bytes]"
    seconds_to_first_page: float

    @property
    def pids(self) -> list[int]:
        """Granian's first process, and the one that computes."""
        first = self.process.pid
        children = Path(f"/proc/{first}/task/{first}/children").read_text(encoding="ascii").split()
        return [first, *map(int, children)]

    def cpu_seconds(self) -> float:
        return cpu_seconds(self.pids)

    def memory_mb(self) -> dict[str, float]:
        """Of the process that computes: what is in memory (Rss), and its share of what it shares (Pss)."""
        lines = Path(f"/proc/{self.pids[-1]}/smaps_rollup").read_text(encoding="ascii").splitlines()
        fields = {name: value for name, _colon, value in (line.partition(":") for line in lines)}
        return {name: int(fields[name].split()[0]) * 1024 / 1e6 for name in ("Rss", "Pss")}


def cpu_seconds(pids: list[int], *, with_ended: bool = False) -> float:
    """By /proc/<pid>/stat: fields 14 and 15, user and system, counted behind the name in brackets. `with_ended`: and
    16 and 17 of the first, for its children that have ended since."""
    ticks = 0
    for number, pid in enumerate(pids):
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        ticks += sum(int(field) for field in fields[11 : 15 if with_ended and number == 0 else 13])
    return ticks / TICKS


@contextmanager
def running(place: Place, application: str, first_page: str) -> Iterator[Server]:
    """Started, and stopped afterwards. `first_page`: the path that must be answered with 200."""
    port = _free_port()
    environment = place.environment | {"LEERSCAN_BASE_URL": f"http://127.0.0.1:{port}"}
    command = [*_web(Address("127.0.0.1", port), 1)[:-1], application]
    log = place.folder / f"{application.partition('.')[0]}.log"
    began = time.perf_counter()
    with log.open("ab") as file:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=file, stderr=file)
    try:
        _wait_until_it_answers(process, port, first_page, log)
        yield Server(port, process, time.perf_counter() - began)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_until_it_answers(process: "subprocess.Popen[bytes]", port: int, path: str, log: Path) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while not _answers(port, path):
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"the server did not answer {path}:\n{log.read_text(encoding='utf-8')[-2000:]}")
        time.sleep(0.005)


def _answers(port: int, path: str) -> bool:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=READY_SECONDS)
    try:
        line.request("GET", path)
        return line.getresponse().status == 200
    except OSError:
        return False
    finally:
        line.close()


def _free_port() -> int:
    """Below those that Linux hands out by itself."""
    while True:
        port = random.SystemRandom().randrange(20_000, 32_000)
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return port
