"""Send requests one after another to the same world: each is undone again."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from typing import Any
from urllib.parse import urlsplit

from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.utils import translation

from tests.fuzz.requests import Request
from tests.scan.asking import guard_away

WRITING = ("INSERT", "UPDATE", "DELETE")
# Django quotes the name; what is written by hand does not.
TABLE = re.compile(r'(?:INSERT (?:OR \w+ )?INTO|UPDATE|DELETE FROM) "?(\w+)"?')
# What may change with a refusal too: who is logged in, and that somebody came.
OF_THE_SESSION = {"django_session"}


class Sender:
    """As this role. Every answer has to be one: no failure of ours, whatever was sent."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._cookies = deepcopy(client.cookies)
        self.statuses: dict[int, int] = {}

    def send(self, request: Request) -> None:
        with self._undone(), _written() as tables:
            response = self._answer(request)
            self.statuses[response.status_code] = self.statuses.get(response.status_code, 0) + 1
            assert response.status_code < 500, (response.status_code, request)
            if response.status_code < 400:
                self._look_at_what_came_of_it(request, response)
                return
        if tables - OF_THE_SESSION:
            self._changes_nothing(request, tables - OF_THE_SESSION)

    def _answer(self, request: Request) -> Any:
        query: dict[str, Any] = {"QUERY_STRING": request.query.decode("latin-1")} if request.query else {}
        try:
            response: Any = self._client.generic(
                request.method,
                request.address,
                request.body,
                content_type=request.content_type,
                HTTP_ACCEPT_LANGUAGE=request.accept_language,
                **query,
            )
            if response.streaming:
                b"".join(response.streaming_content)
        except Exception as fault:
            fault.add_note(f"sent: {request}")
            raise
        return response

    def _look_at_what_came_of_it(self, request: Request, response: Any) -> None:
        """What was taken is shown: on the page that it leads to, and where it was filled in."""
        if request.method != "POST":
            return
        places = {urlsplit(response.headers.get("Location", "")).path, request.address} - {""}
        for place in sorted(place for place in places if place.startswith("/")):
            shown = self._answer(Request("GET", place))
            assert shown.status_code < 500, (shown.status_code, place, request)

    def _changes_nothing(self, request: Request, tables: set[str]) -> None:
        with self._undone():
            before = _rows(tables)
            self._answer(request)
            assert _rows(tables) == before, ("refused, and yet something was stored", tables, request)

    @contextmanager
    def _undone(self) -> Iterator[None]:
        cache.clear()
        self._client.cookies = deepcopy(self._cookies)
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
        translation.deactivate()


@contextmanager
def _written() -> Iterator[set[str]]:
    """The tables that something was written to, also when it was undone."""
    tables: set[str] = set()

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(WRITING):
            tables.add(_table_in(sql))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield tables


def _table_in(sql: str) -> str:
    found = TABLE.match(sql)
    assert found, sql
    return found[1]


def _rows(tables: set[str]) -> dict[str, list[Any]]:
    found = {}
    with guard_away(), connection.cursor() as cursor:
        for table in sorted(tables):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 -- the name comes from Django
            found[table] = sorted(map(repr, cursor.fetchall()))
    return found
