"""What tests about refused links share: every address of answering, and all that can be seen of an answer."""

import hmac
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from scan.answering.urls import urlpatterns

# By name, so that an address that is added later is tried too.
NAMES = [pattern.name or "" for pattern in urlpatterns if "token" in pattern.pattern.converters]
METHODS = ("GET", "HEAD", "POST", "PUT", "OPTIONS")
JSON = "application/json"


def addresses(token: str) -> dict[str, str]:
    """{name: address} of every page of answering with this token in it."""
    parts = {"part": [token, 3]}
    return {name: reverse(f"scan:{name}", args=parts.get(name, [token])) for name in NAMES}


@dataclass(frozen=True)
class Seen:
    """All that whoever asks can see of an answer, and the work that it took. The token itself is left out."""

    status: int
    body: str
    headers: dict[str, str]
    cookies: dict[str, str]
    queries: int
    hmacs: int


class Watch:
    """Counts HMACs and queries while requests are made, each by a browser of its own."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._hmacs = 0
        digest = hmac.digest

        def counted(*args: Any) -> bytes:
            self._hmacs += 1
            return digest(*args)

        monkeypatch.setattr(hmac, "digest", counted)

    def see(self, method: str, address: str, token: str, *, strict: bool = False, **options: Any) -> Seen:
        """`strict`: with Django's check of forms, which the test client leaves out otherwise."""
        client = Client(enforce_csrf_checks=strict)
        for name, value in options.pop("cookies", {}).items():
            client.cookies[name] = value
        before = self._hmacs
        with CaptureQueriesContext(connection) as queries:
            response: HttpResponse = client.generic(method, address, **options)  # type: ignore[assignment]
        return Seen(
            response.status_code,
            "\n".join(_lines_without(response, token)),
            {
                name: value.replace(quote(token), "<token>")
                for name, value in response.headers.items()
                if name not in ("Content-Length", "Expires")  # the token's length, and the second
            },
            {name: _without_value(morsel.OutputString()) for name, morsel in response.cookies.items()},
            len(queries),
            self._hmacs - before,
        )


def _lines_without(response: HttpResponse, token: str) -> Iterator[str]:
    """The page without what differs at every load, and without the address itself."""
    page = response.content.decode().replace(quote(token), "<token>").replace(token, "<token>")
    for line in page.splitlines():
        if "csrfmiddlewaretoken" not in line:
            yield line


def _without_value(cookie: str) -> str:
    return "; ".join(part for part in cookie.partition(";")[2].split("; ") if not part.strip().startswith("expires="))
