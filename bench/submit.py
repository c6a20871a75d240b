"""Answering over HTTP on the server as it is run, on both databases.

Against a bare Django view that stores one row of forty bytes; and against somebody who fills in a bare Django form with
the same forty questions. Both run on the same kind of server and in the same database, with the same settings.
"""

import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from statistics import median, quantiles

from bench.client import Cookies, Line, Request, burst, packed
from bench.crowd import SEATS, SECONDS, THINK_SECONDS, Course, let_answer
from bench.frame import Frame, Result, at_least, at_most, median_of
from bench.participants import ITEMS, saving, sending, storing, with_a_bare_form, with_leerscan
from bench.place import DATABASES, Place, place
from bench.server import OURS, REFERENCE, Server, cpu_seconds, running

SENT_IN_A_RUN, PARTICIPANTS_IN_A_RUN, CROWD = 300, 20, 600
# The client may not be what holds up the answers: how much of the time it computes, at most.
MOST_BUSY = 0.5


@dataclass
class Ground:
    """Both servers on one place, with a line to each."""

    place: Place
    ours: Server
    reference: Server
    tokens: Iterator[str]
    parts: list[list[str]]
    sent: int = 0
    lines: dict[int, Line] = field(default_factory=dict)
    cookies: dict[int, Cookies] = field(default_factory=dict)

    def line(self, server: Server) -> Line:
        if server.port not in self.lines:
            self.lines[server.port] = Line(server.port)
        return self.lines[server.port]

    def packed(self, server: Server, requests: list[Request], first_page: str) -> list[bytes]:
        """With the cookie and the csrf value that a page gave."""
        if server.port not in self.cookies:
            cookies = self.cookies[server.port] = Cookies()
            cookies.keep(self.line(server).send(packed(Request("GET", first_page), server.port, cookies)))
        return [packed(request, server.port, self.cookies[server.port]) for request in requests]

    def errors(self) -> list[str]:
        return [error for line in self.lines.values() for error in line.errors]


def run(frame: Frame) -> None:
    for database in DATABASES:
        with place(database) as here:
            _run_at(frame, here)


def _run_at(frame: Frame, here: Place) -> None:
    people = (frame.runs + 1) * (SENT_IN_A_RUN + PARTICIPANTS_IN_A_RUN) + CROWD
    made = here.call("bench.asking", "make", people)
    migrate = [sys.executable, "-m", "django", "migrate", "--run-syncdb", "--verbosity=0"]
    reference_settings = here.environment | {"DJANGO_SETTINGS_MODULE": "bench.reference.settings"}
    subprocess.run(migrate, env=reference_settings, check=True)
    tokens = iter(made["tokens"])
    with running(here, OURS, f"/a/{next(tokens)}/") as ours, running(here, REFERENCE, "/form/") as reference:
        ground = Ground(here, ours, reference, tokens, made["parts"])
        results = [*_submitting(ground, frame.runs), _participants(ground, frame.runs), *_crowd(ground)]
    stored = here.call("bench.asking", "count")
    if stored != ground.sent:
        raise RuntimeError(f"{here.database}: {ground.sent} were sent and {stored} are stored")
    if errors := ground.errors():
        raise RuntimeError(f"{here.database}: {len(errors)} requests failed, such as {errors[:3]}")
    for result in results:
        frame.add(result)


# The submitting request


def _submitting(ground: Ground, runs: int) -> Iterator[Result]:
    rates, costs, busy = [], [], []
    _one_burst_each(ground)
    for _run in range(runs):
        (mine, my_cpu, my_client), (theirs, their_cpu, their_client) = _one_burst_each(ground)
        rates.append((SENT_IN_A_RUN / mine, SENT_IN_A_RUN / theirs))
        costs.append((my_cpu * 1000 / SENT_IN_A_RUN, their_cpu * 1000 / SENT_IN_A_RUN))
        busy.append(max(my_client / mine, their_client / theirs))
    if median(busy) > MOST_BUSY:
        raise RuntimeError(f"the client computes {median(busy):.0%} of the time: this measures the client")
    database, bare = ground.place.database, "a bare Django view that stores one row of 40 bytes"
    what = f"sending the answers, {database}; {bare}"
    more = {"client's share of the time": f"{median(busy):.0%}", "per run": SENT_IN_A_RUN}
    yield median_of(f"submit {database}", what, "req/s", rates, at_least(0.5), **more)
    yield median_of(f"submit {database}, CPU", f"the same, server's CPU; {bare}", "ms", costs)


def _one_burst_each(ground: Ground) -> tuple[tuple[float, float, float], tuple[float, float, float]]:
    """Seconds, the server's CPU seconds and the client's. What was filled in is kept before, as it would be."""
    tokens = list(islice(ground.tokens, SENT_IN_A_RUN))
    first = f"/a/{tokens[0]}/1/"
    saves = [saving(token, tuple(ITEMS)) for token in tokens]
    burst(ground.line(ground.ours), ground.packed(ground.ours, saves, first))
    sends = ground.packed(ground.ours, [sending(token) for token in tokens], first)
    stores = ground.packed(ground.reference, [storing()] * SENT_IN_A_RUN, "/form/")
    ground.sent += SENT_IN_A_RUN
    return _timed(ground, ground.ours, sends), _timed(ground, ground.reference, stores)


def _timed(ground: Ground, server: Server, contents: list[bytes]) -> tuple[float, float, float]:
    before = server.cpu_seconds()
    seconds, client = burst(ground.line(server), contents)
    return seconds, server.cpu_seconds() - before, client


# Complete participants


def _participants(ground: Ground, runs: int) -> Result:
    def with_ours() -> None:
        for token in islice(ground.tokens, PARTICIPANTS_IN_A_RUN):
            ground.line(ground.ours).walk(with_leerscan(token, ground.parts))
        ground.sent += PARTICIPANTS_IN_A_RUN

    def with_a_form() -> None:
        for _turn in range(PARTICIPANTS_IN_A_RUN):
            ground.line(ground.reference).walk(with_a_bare_form())

    with_ours()
    with_a_form()
    seconds = ground.line(ground.ours).seconds
    seconds.clear()
    web, database = [], []
    for _run in range(runs):
        mine, theirs = _costs(ground, ground.ours, with_ours), _costs(ground, ground.reference, with_a_form)
        web.append((mine[0], theirs[0]))
        database.append((mine[1], theirs[1]))
    points = [point * 1000 for point in quantiles(seconds, n=100)]
    more: dict[str, float | int | str] = {
        "requests each": len(seconds) // (runs * PARTICIPANTS_IN_A_RUN),
        "p50 ms": points[49],
        "p95 ms": points[94],
        "p99 ms": points[98],
        "errors": len(ground.errors()),
    }
    if ground.place.database != "SQLite":
        more["PostgreSQL's own CPU ms, ours"] = median(mine for mine, _theirs in database)
        more["and the form's"] = median(theirs for _mine, theirs in database)
    what = (
        f"a whole participant with autosave, server's CPU, {ground.place.database}; "
        "a bare Django form with the same 40 questions: page, post, thanks"
    )
    return median_of(f"participant {ground.place.database}", what, "ms", web, at_most(4), **more)


def _costs(ground: Ground, server: Server, work: Callable[[], None]) -> tuple[float, float]:
    """CPU of the web server, and of PostgreSQL, in ms for each participant."""
    web, database = server.cpu_seconds(), _of_postgres(ground)
    work()
    spent = server.cpu_seconds() - web, _of_postgres(ground) - database
    return spent[0] * 1000 / PARTICIPANTS_IN_A_RUN, spent[1] * 1000 / PARTICIPANTS_IN_A_RUN


def _of_postgres(ground: Ground) -> float:
    return cpu_seconds(ground.place.postgres_pids(), with_ended=True)


# Many at once


def _crowd(ground: Ground) -> Iterator[Result]:
    before = ground.ours.cpu_seconds()
    course: Course = let_answer(ground.ours.port, ground.tokens, ground.parts)
    ground.sent += course.sent
    if course.errors:
        raise RuntimeError(f"{len(course.errors)} requests of the crowd failed, such as {course.errors[:3]}")
    p50, p95, p99 = course.percentiles()
    more = {
        "requests": len(course.seconds),
        "p95 ms": p95,
        "errors": len(course.errors),
        "server's CPU s": ground.ours.cpu_seconds() - before,
    }
    name, who = f"{SEATS} at once {ground.place.database}", f"{SEATS} participants with 2 s to think"
    what = f"{who}, {ground.place.database}: p99; p50"
    yield Result(name, what, "ms", p99, p50, p99 / p50, at_most(8), 1, more)
    # A server that cannot keep up makes everybody wait alike: then the ratio above would say that all is well.
    rate, asked = len(course.seconds) / SECONDS, SEATS / THINK_SECONDS
    what = f"the same, what it answers; what they would ask if nobody waited, {ground.place.database}"
    yield Result(f"{name}, rate", what, "req/s", rate, asked, rate / asked, at_least(0.8))
