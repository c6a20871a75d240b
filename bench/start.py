"""One web process: how long until it answers its first page, and its memory when it has served pages of every kind."""

import gzip
import re
import subprocess
import sys
from collections.abc import Iterator
from itertools import islice

from bench.client import Answer, Cookies, Line, Request, Walk
from bench.frame import Frame, Result, at_most, median_of
from bench.participants import with_a_bare_form, with_leerscan
from bench.place import Place, place
from bench.server import OURS, REFERENCE, running

LINK = re.compile(r'href="(/[^"#?]*)')
# An identifier: of pages that differ in it only, a few are looked at.
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
MOST_PAGES, OF_ONE_KIND, PARTICIPANTS = 400, 3, 50
MOST_MB = 150
# What a link starts or hands out: files, not pages.
LEFT_OUT = re.compile(r"/static/|/export/.+|/pdf/|logout")


def run(frame: Frame) -> None:
    with place("SQLite") as here:
        made = here.call("bench.reading")
        migrate = [sys.executable, "-m", "django", "migrate", "--run-syncdb", "--verbosity=0"]
        subprocess.run(
            migrate, env=here.environment | {"DJANGO_SETTINGS_MODULE": "bench.reference.settings"}, check=True
        )
        home, cookie = made["pages"]["start"], made["cookie"]
        _first(here, OURS, home)
        _first(here, REFERENCE, "/form/")
        pairs = [(_first(here, OURS, home), _first(here, REFERENCE, "/form/")) for _run in range(frame.runs)]
        what = "from the start of the server to its first page; a bare Django form on the same server"
        frame.add(median_of("start", what, "ms", pairs))
        frame.add(_memory(here, made["tokens"], made["parts"], cookie))


def _first(here: Place, application: str, page: str) -> float:
    with running(here, application, page) as server:
        return server.seconds_to_first_page * 1000


def _memory(here: Place, tokens: list[str], parts: list[list[str]], cookie: dict[str, str]) -> Result:
    with running(here, OURS, "/a/") as ours, running(here, REFERENCE, "/form/") as reference:
        line, bare = Line(ours.port), Line(reference.port)
        seen: set[str] = set()
        line.walk(_every_page(seen), Cookies(dict(cookie)))
        for token in islice(tokens, 1, PARTICIPANTS):
            line.walk(with_leerscan(token, parts))
            bare.walk(with_a_bare_form())
        if line.errors or bare.errors:
            raise RuntimeError(f"pages failed: {(line.errors + bare.errors)[:3]}")
        mine, theirs = ours.memory_mb(), reference.memory_mb()
    what = f"memory (PSS) of a web process after {len(seen)} pages; of a bare Django form"
    more = {"RSS MB": mine["Rss"], "of the bare form": theirs["Rss"]}
    ratio = mine["Pss"] / theirs["Pss"]
    return Result("memory", what, "MB", mine["Pss"], theirs["Pss"], ratio, at_most(MOST_MB, of_figure=True), 1, more)


def _every_page(seen: set[str]) -> Walk:
    """From Home along all links, a few of each kind."""
    waiting, kinds = ["/"], dict[str, int]()
    while waiting and len(seen) < MOST_PAGES:
        path = waiting.pop(0)
        kind = ID.sub("<id>", path)
        if path in seen or kinds.get(kind, 0) >= OF_ONE_KIND:
            continue
        seen.add(path)
        kinds[kind] = kinds.get(kind, 0) + 1
        answer = yield Request("GET", path, expects=0)
        waiting += _links(answer)


def _links(answer: Answer) -> Iterator[str]:
    if b"content-type: text/html" not in answer.head.lower():
        return
    body = gzip.decompress(answer.body) if b"content-encoding: gzip" in answer.head.lower() else answer.body
    for path in LINK.findall(body.decode()):
        if not LEFT_OUT.search(path):
            yield path
