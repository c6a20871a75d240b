"""The main pages, each against a bare Django view: a template that loops over lines until it is as many bytes.

The view asks one count of the database. There is no goal: a page that says more takes more.
"""

import gzip
import subprocess
import sys
from typing import Any

from bench.client import Cookies, Line, Request, burst, packed
from bench.frame import Frame, median_of
from bench.place import place
from bench.server import OURS, REFERENCE, Server, running

VIEWS_IN_A_RUN = 20


def run(frame: Frame) -> None:
    with place("SQLite") as here:
        made = here.call("bench.reading")
        migrate = [sys.executable, "-m", "django", "migrate", "--run-syncdb", "--verbosity=0"]
        subprocess.run(
            migrate, env=here.environment | {"DJANGO_SETTINGS_MODULE": "bench.reference.settings"}, check=True
        )
        with running(here, OURS, "/a/") as ours, running(here, REFERENCE, "/form/") as reference:
            for name, path in made["pages"].items():
                _compare(frame, (ours, reference), name, path, Cookies(dict(made["cookie"])))


def _compare(frame: Frame, servers: tuple[Server, Server], name: str, path: str, cookies: Cookies) -> None:
    mine, theirs = (Line(server.port) for server in servers)
    my_request = packed(Request("GET", path), mine.port, cookies)
    size = _size(mine, my_request)
    their_request = packed(Request("GET", f"/page/{size}/"), theirs.port, Cookies())
    _size(theirs, their_request)
    milliseconds, costs = [], []
    for _run in range(frame.runs):
        first, second = _timed(mine, servers[0], my_request), _timed(theirs, servers[1], their_request)
        milliseconds.append((first[0], second[0]))
        costs.append((first[1], second[1]))
    cpu = median_of("", "", "ms", costs)
    what = f"page “{name}” of {size / 1000:.0f} kB; a bare view of as many bytes"
    more: dict[str, Any] = {"server's CPU ms": cpu.ours, "of the bare view": cpu.reference or 0.0}
    frame.add(median_of(f"page {name}", what, "ms", milliseconds, **more))


def _size(line: Line, request: bytes) -> int:
    """Of the page before it is packed for the line."""
    for _turn in range(3):
        answer = line.send(request)
    if answer.status != 200:
        raise RuntimeError(f"{request[:60]!r}: {answer.status}")
    return len(gzip.decompress(answer.body) if b"content-encoding: gzip" in answer.head.lower() else answer.body)


def _timed(line: Line, server: Server, request: bytes) -> tuple[float, float]:
    """Milliseconds of one view, and the server's CPU for it."""
    before = server.cpu_seconds()
    seconds, _client = burst(line, [request] * VIEWS_IN_A_RUN)
    return seconds * 1000 / VIEWS_IN_A_RUN, (server.cpu_seconds() - before) * 1000 / VIEWS_IN_A_RUN
