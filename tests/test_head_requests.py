"""HEAD gets what GET gets, and changes nothing: mail scanners look at links that way before they let a mail through."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from scan.answering import urls
from scan.links import open_links
from scan.models import Invitation, Round
from scan.results_link import results_link
from scan.tokens import token_of
from tests.cast import Cast
from tests.scan.entrances import open_link_of, round_with_every_way
from tests.scan.refusals import addresses

ELSE = {"unknown": 404, "result": 302}
READING = {"code", "open", "start", "part", "closing", "check", "erase", "result"}


@pytest.fixture
def running(in_scope: Cast) -> Round:
    return round_with_every_way(in_scope)


@pytest.fixture
def pages(running: Round) -> dict[str, str]:
    """Every address at which somebody without an account may look."""
    token = token_of(Invitation.objects.exclude(person=None)[0].pk)
    found = {name: address for name, address in addresses(token).items() if name in READING}
    found |= {"code": "/a/", "open": addresses(open_links.token_of(open_link_of(running)))["open"]}
    return found | {"results": results_link(running).replace("http://127.0.0.1:8000", ""), "unknown": "/a/onbekend/"}


def looked_at(method: str, address: str) -> tuple[int, dict[str, str], list[str]]:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        response: Any = getattr(Client(), method)(address)
    written = [
        query["sql"]
        for query in queries.captured_queries
        if not query["sql"].startswith(("SELECT", "SAVEPOINT", "RELEASE"))
    ]
    headers = {name: value for name, value in response.headers.items() if name != "Content-Length"}
    return response.status_code, headers, written


def test_no_page_of_answering_is_left_out(pages: dict[str, str]) -> None:
    names = {pattern.name for pattern in urls.urlpatterns}
    assert names - {"save", "send", "next", "language"} == READING
    assert READING | {"results", "unknown"} == set(pages)


def test_it_gets_what_get_gets(pages: dict[str, str]) -> None:
    for name, address in pages.items():
        status, headers, written = looked_at("head", address)
        expected = looked_at("get", address)[:2]
        for moments in (headers, expected[1]):
            moments.pop("Expires", None)  # a second may have gone by in between
        assert (status, headers, written) == (*expected, []), name
        assert status == ELSE.get(name, 200), name


def test_it_is_refused_where_something_is_done(running: Round) -> None:
    token = token_of(Invitation.objects.exclude(person=None)[0].pk)
    for name in ("save", "send", "next", "language"):
        assert Client().head(addresses(token)[name]).status_code == 405
