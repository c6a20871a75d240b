"""Whether this process can do its work: the database, its tables, and in a fleet the queue and the cache.

A machine that does not answer must not hold up the question: each look has a few seconds, in a thread of its own, and
there is never more than one. What was found counts for a second, so that nobody can make us look all the time.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

GOOD = "ok"
TOO_LATE = "no answer in time"
AWAY = "cannot be reached"
NO_TABLES = "run manage.py migrate"
# Without these no page works. Without queue or cache people go on answering, and the sweep does the rest later: a load
# balancer that then took every web process away would make a fault of Redis one of answering.
NEEDED = ("database", "tables")
SECONDS = 3.0
COUNTS_FOR = 1.0
REDIS_SECONDS = 1.0


def look(found: dict[str, str]) -> None:
    """Fill in of each part GOOD, or what is wrong in a few words: never those of a fault, which name machines.

    What has not answered yet when somebody wants to know stands there as such.
    """
    checks = parts()
    found.update(dict.fromkeys(checks, TOO_LATE))
    for name, check in checks.items():
        try:
            found[name] = check()
        except Exception:  # whatever it is: not ready is the answer
            found[name] = AWAY


def parts() -> dict[str, Callable[[], str]]:
    """What this installation is made of, by name."""
    checks: dict[str, Callable[[], str]] = {"database": _database, "tables": _tables}
    for name, url in (("queue", settings.QUEUE_URL), ("cache", settings.CACHE_URL)):
        if url:
            checks[name] = partial(_redis, url)
    return checks


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return GOOD


_tables_are_there = threading.Event()


def _tables() -> str:
    """Once they are there they stay: a newer version is another process."""
    if not _tables_are_there.is_set():
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return NO_TABLES
        _tables_are_there.set()
    return GOOD


def _redis(url: str) -> str:
    from redis import Redis  # noqa: PLC0415 -- only a fleet needs it
    from redis.backoff import NoBackoff  # noqa: PLC0415
    from redis.retry import Retry  # noqa: PLC0415

    once = Retry(NoBackoff(), 0)
    with Redis.from_url(url, socket_timeout=REDIS_SECONDS, socket_connect_timeout=REDIS_SECONDS, retry=once) as server:
        server.ping()
    return GOOD


@dataclass
class Watch:
    """Looks, at most once at a time and not again within a second."""

    look: Callable[[dict[str, str]], None] = look
    seconds: float = SECONDS
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _found: dict[str, str] = field(default_factory=dict)
    _found_at: float = float("-inf")
    _looking: threading.Thread | None = None

    def findings(self) -> dict[str, str]:
        with self._lock:
            if time.monotonic() - self._found_at > COUNTS_FOR:
                self._look_again()
            return dict(self._found)

    def _look_again(self) -> None:
        """A look that still hangs is waited for; no second one is begun beside it."""
        if self._looking is None or not self._looking.is_alive():
            self._found = {}
            self._looking = threading.Thread(target=self._run, args=(self._found,), daemon=True)
            self._looking.start()
        self._looking.join(self.seconds)
        self._found_at = time.monotonic()

    def _run(self, found: dict[str, str]) -> None:
        try:
            self.look(found)
        finally:
            connection.close()  # the thread's own


watch = Watch()


def is_ready(found: dict[str, str]) -> bool:
    return all(found.get(name) == GOOD for name in NEEDED)
