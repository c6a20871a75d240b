"""What all tests share: the cast, the database they run on, and the guard of the ballot box."""

import gc
import os
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connections
from django.db.backends.signals import connection_created
from django.test import Client
from django.utils import translation
from django_scopes import scope

from jobs import half_restored
from tests.cast import Cast, cast_again
from tests.computed_once import compute_once
from tests.postgres import PrivatePostgres

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "samples"
BALLOT_BOX = str(ROOT / "scan" / "ballot_box.py")
# Django's own ways to make the tables, and to empty them between transactional tests.
DJANGO_ITSELF = ("commands/flush.py", "commands/migrate.py", "backends/base/creation.py")
# What waits more than it computes comes first: that is one worker's part (xdist gives each a piece of the list), and
# the others keep the processors busy meanwhile. The longest first, so that nobody waits for it at the end.
FIRST = (
    "tests/e2e/test_bad_line_bad_server.py",
    "tests/fleet/",
    "tests/faults/",
    "tests/scan/load/",
    "tests/e2e/",
    "tests/scan/mailing/test_fail_points.py",
    "tests/reports/test_retention_faults.py",
    "tests/serving/",
    "tests/scan/forensics/",
    "tests/reports/test_mutants.py",
)
_postgres: PrivatePostgres | None = None


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--postgres", action="store_true", help="run on a private PostgreSQL instead of SQLite")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    global _postgres  # noqa: PLW0603 -- one server for the whole run
    if config.getoption("--postgres") and not hasattr(config, "workerinput"):
        if not config.getoption("numprocesses"):
            raise pytest.UsageError("--postgres needs worker processes: leave out -n0")
        _postgres = PrivatePostgres()
        os.environ["DATABASE_URL"] = _postgres.start()
        os.environ["PGHOST"] = str(_postgres.folder)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What takes minutes or a Java runtime only when it is asked for by name, and on PostgreSQL only what uses the
    database.

    What is left out is no part of the run, so it is not "skipped" either.
    """
    left_out = set()
    for marker in ("chaos", "pdf_check"):
        if marker not in config.getoption("markexpr"):
            left_out |= {item for item in items if item.get_closest_marker(marker)}
    if config.getoption("--postgres"):
        left_out |= {item for item in items if not _uses_the_database(item)}
    config.hook.pytest_deselected(items=list(left_out))
    # The others stay in the order that chance gave them.
    items[:] = sorted((item for item in items if item not in left_out), key=_place)


def pytest_collection_finish() -> None:
    """The garbage collector need not look again and again at thousands of tests and all that they import: a sixteenth
    of the processor's time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 1000)


def _place(item: pytest.Item) -> int:
    fits = [item.nodeid.startswith(beginning) for beginning in FIRST]
    return fits.index(True) if any(fits) else len(FIRST)


def _uses_the_database(item: pytest.Item) -> bool:
    fixtures = {"db", "transactional_db", "live_server"} & set(getattr(item, "fixturenames", ()))
    return bool(fixtures or item.get_closest_marker("django_db"))


def pytest_unconfigure(config: pytest.Config) -> None:
    if _postgres is not None and not hasattr(config, "workerinput"):
        _postgres.stop()


class BallotBoxOpenedError(AssertionError):
    """SQL on stored responses from somewhere else than scan/ballot_box.py."""


def only_the_ballot_box(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
    if "scan_response" in sql:
        files = [frame.f_code.co_filename for frame, _line in traceback.walk_stack(None)]
        if BALLOT_BOX not in files and not any(name.endswith(DJANGO_ITSELF) for name in files):
            raise BallotBoxOpenedError(sql[:200])
    return execute(sql, params, many, context)


def _guard(connection: Any, **kwargs: Any) -> None:
    if only_the_ballot_box not in connection.execute_wrappers:
        connection.execute_wrappers.append(only_the_ballot_box)


connection_created.connect(_guard)


@pytest.fixture(scope="session", autouse=True)
def _computed_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        compute_once(patch)
        yield


@pytest.fixture(autouse=True)
def _guard_open_connections() -> None:
    for connection in connections.all(initialized_only=True):
        _guard(connection)


@pytest.fixture(autouse=True)
def _no_look_at_each_connection() -> None:
    """Whoever loads the web server or a worker makes this process one, which refuses what other tests half restore."""
    connection_created.disconnect(dispatch_uid=half_restored.LOOKS)


@pytest.fixture(autouse=True)
def _no_cleaning_inside_a_transaction(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cleaning up cannot run in the transaction that an ordinary test is wrapped in; transactional tests do it."""
    marker = request.node.get_closest_marker("django_db")
    is_transactional = marker is not None and marker.kwargs.get("transaction", False)
    if not is_transactional and not {"transactional_db", "live_server"} & set(request.fixturenames):
        monkeypatch.setattr("scan.cleaning.clean_up", lambda: None)
    # On PostgreSQL it waits for older transactions, and a test on another worker may take half a minute.
    monkeypatch.setattr("scan.cleaning.PATIENCE_SECONDS", 180.0)


@pytest.fixture(autouse=True)
def _no_tries_remembered() -> None:
    """Logging in is limited per address, and every test comes from the same one."""
    cache.clear()


@pytest.fixture(autouse=True)
def _language_of_the_settings() -> Iterator[None]:
    """A page in English leaves English active in this thread; the next test begins in Dutch again."""
    yield
    translation.deactivate()


@pytest.fixture(autouse=True)
def _plain_static_files(settings: Any) -> None:
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    # Else every new browser of a test first looks at all files there are.
    settings.WHITENOISE_AUTOREFRESH = True


@pytest.fixture(autouse=True)
def _quick_passwords(settings: Any) -> None:
    """What keeps others from guessing takes half a second each time."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def cast(db: None) -> Cast:
    """Everybody who plays a part in the tests, with two organisations: see tests/cast.py."""
    return cast_again()


@pytest.fixture
def in_scope(cast: Cast) -> Iterator[Cast]:
    """The cast, with the scope of its first organisation open."""
    context = scope(organisation=cast.organisation)
    context.__enter__()
    yield cast
    context.__exit__(None, None, None)


@pytest.fixture
def as_user(client: Client) -> Callable[[Any], Client]:
    """A browser in which this user is logged in; None: nobody."""

    def log_in(user: Any) -> Client:
        if user is not None:
            client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return log_in
