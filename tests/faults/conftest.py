"""A mail server that counts, and a database of the test's own that may be restarted or run full."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connections
from django.db.utils import ConnectionHandler
from django_scopes import scope
from pytest_django import DjangoDbBlocker

from config import environment
from tests.cast import Cast, cast_again
from tests.postgres import PrivatePostgres
from tests.scan.mailing.conftest import mail_server

__all__ = ["mail_server"]

OwnDatabase = Callable[[str], Cast]


@contextmanager
def _instead_of_the_tests(url: str) -> Iterator[None]:
    before = connections["default"]
    before.close()
    connections["default"] = ConnectionHandler({"default": environment.database(url, Path())})["default"]
    try:
        call_command("migrate", verbosity=0)
        yield
    finally:
        connections["default"].close()
        connections["default"] = before


@pytest.fixture
def own_database(django_db_blocker: DjangoDbBlocker) -> Iterator[OwnDatabase]:
    """Makes the database behind this address that of the test, and of the processes that it starts; with the cast in
    it, and the scope of its first organisation open.
    """
    with ExitStack() as stack:
        stack.enter_context(django_db_blocker.unblock())

        def use(url: str) -> Cast:
            stack.enter_context(_instead_of_the_tests(url))
            cast = cast_again()
            stack.enter_context(scope(organisation=cast.organisation))
            return cast

        yield use


@pytest.fixture
def own_postgres(monkeypatch: pytest.MonkeyPatch) -> Iterator[PrivatePostgres]:
    """Not the one that all tests of this run share; one that keeps what it has confirmed when it crashes."""
    server = PrivatePostgres(durable=True)
    monkeypatch.setenv("PGHOST", str(server.folder))
    yield server
    server.stop()
