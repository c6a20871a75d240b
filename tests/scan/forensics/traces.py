"""Reads what lies outside the database: lines in logs, the cache of the process, mails on their way."""

import logging
import os
import pickle
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from io import StringIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import connection

from config.logs import HideTokens, TokenlessFormatter
from tests.scan.forensics.marks import Marks
from tests.scan.forensics.orders import Order, first_and_last
from tests.scan.mailing.mail_server import Received

Where = tuple[str, ...]
"""The key of an entry, and inside it the keys that lead to the value."""


class OurLog:
    """What the product would write at DEBUG, the most talkative level that an administrator can choose.

    Through its own formatter and filter. `django.db.backends` is silent: Django lets it speak only when DEBUG is on.
    """

    def __init__(self) -> None:
        self._stream = StringIO()
        self._handler = logging.StreamHandler(self._stream)
        logging_settings: Any = settings.LOGGING
        line = logging_settings["formatters"]["line"]
        self._handler.setFormatter(TokenlessFormatter(line["format"], style=line["style"]))
        self._handler.addFilter(HideTokens())

    def __enter__(self) -> "OurLog":
        root = logging.getLogger()
        self._level = root.level
        root.addHandler(self._handler)
        root.setLevel(logging.DEBUG)
        return self

    def __exit__(self, *error: object) -> None:
        logging.getLogger().removeHandler(self._handler)
        logging.getLogger().setLevel(self._level)

    @property
    def lines(self) -> list[str]:
        return self._stream.getvalue().splitlines()


def database_log() -> list[str]:
    """What PostgreSQL wrote by itself. SQLite has no log of that kind."""
    if connection.vendor == "sqlite":
        return []
    return (Path(os.environ["PGHOST"]) / "log").read_text("utf-8", "replace").splitlines()


def orders_in_lines(source: str, lines: Sequence[str], marks: Marks) -> Iterator[Order]:
    places: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for place, line in enumerate(lines):
        for kind, number in marks.in_cells([line]):
            places[kind].append((number, place))
    for kind, found in places.items():
        yield from first_and_last(source, kind, found)


def cached() -> list[tuple[Where, Any, float | None]]:
    """Everything in the cache of this process, in the order in which it lies there: path, value, moment of expiry.

    What is kept in one entry for many, in a dict or a list, is taken apart.
    """
    store: Any = cache
    return [
        (path, value, store._expire_info[key])
        for key, pickled in store._cache.items()
        for path, value in _pieces((str(key),), pickle.loads(pickled))  # noqa: S301 -- our own
    ]


def _pieces(path: Where, value: Any) -> Iterator[tuple[Where, Any]]:
    if isinstance(value, Mapping):
        for key, piece in value.items():
            yield from _pieces((*path, str(key)), piece)
    elif isinstance(value, list | tuple):
        for place, piece in enumerate(value):
            yield from _pieces((*path, str(place)), piece)
    else:
        yield path, value


class CacheWatch:
    """Knows whose request wrote what: as if the hashes in the cache were names (who has SCAN_KEY can make them)."""

    def __init__(self) -> None:
        self._before: dict[Where, Any] = {}
        self._writers: dict[Where, set[int]] = defaultdict(set)

    def note(self, number: int) -> None:
        """Call it after each request of somebody."""
        now = {path: value for path, value, _ in cached()}
        for path, value in now.items():
            if self._before.get(path) != value:
                self._writers[path].add(number)
        self._before = now

    def orders(self) -> Iterator[Order]:
        """What only one person's requests wrote is a trace of that person."""
        found = [
            (next(iter(writers)), place, value, expiry)
            for place, (path, value, expiry) in enumerate(cached())
            if len(writers := self._writers[path]) == 1
        ]
        yield from first_and_last("cache: place", "visit", ((number, place) for number, place, _, _ in found))
        yield from first_and_last("cache: value", "visit", ((number, value) for number, _, value, _ in found))
        yield from first_and_last("cache: expiry", "visit", ((number, expiry) for number, _, _, expiry in found))


def orders_of_mails(received: Sequence[Received], marks: Marks) -> Iterator[Order]:
    """Of each kind of mail apart: the order of arriving, and every header."""
    by_subject: dict[str, list[tuple[int, int, Received]]] = defaultdict(list)
    for place, mail in enumerate(received):
        for kind, number in marks.in_cells([mail.recipient]):
            if kind == "person":
                by_subject[str(mail.mail["Subject"])].append((number, place, mail))
    for subject, mails in by_subject.items():
        yield from first_and_last(f"mails: “{subject}”", "mail", ((number, place) for number, place, _ in mails))
        for header in sorted({name for _, _, mail in mails for name in dict(mail.mail.items())}):
            values = ((number, str(mail.mail[header])) for number, _, mail in mails)
            yield from first_and_last(f"mails: “{subject}”, {header}", "mail", values)
