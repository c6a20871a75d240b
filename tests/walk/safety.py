"""What every answer must carry, and no page may hold, whoever asks: seen along the walk, on https."""

import re
import runpy
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from unittest import mock

from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.utils.csp import CSP, build_policy

from tests.conftest import ROOT

# Pages with a policy of their own, and all in which it differs: our preview shows our own pages in a frame.
OTHER_POLICY = {"preview": {"frame-src": [CSP.SELF]}}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains; preload",
}
# By its name we only say our own address, as in a link to hand on.
HOST = re.compile(r"^\s*(?:[a-z][a-z0-9+.-]*:)?//(?!testserver/)", re.IGNORECASE)
ADDRESSES = {"src", "srcset", "href", "action", "formaction", "poster", "data", "background", "ping", "manifest"}


def https_settings(**environment: str) -> dict[str, Any]:
    """All settings that are others when the address begins with https."""

    def read(address: str) -> dict[str, Any]:
        with mock.patch.dict("os.environ", {**environment, "LEERSCAN_BASE_URL": address}):
            return runpy.run_path(str(ROOT / "config" / "settings.py"))

    plain, safe = read("http://testserver"), read("https://testserver")
    return {name: value for name, value in safe.items() if name.isupper() and value != plain[name]}


def ask(client: Client, method: str, address: str) -> Any:
    return client.generic(method, address, secure=True, content_type="application/x-www-form-urlencoded")


def faults(response: Any, example: str = "") -> list[str]:
    """What is not as it should be, in words."""
    return [*_wrong_headers(response, example), *_wrong_cookies(response), *_wrong_html(response)]


def _wrong_headers(response: HttpResponse, example: str) -> Iterator[str]:
    expected: dict[str, Any] = dict(settings.SECURE_CSP)
    if response.status_code == 200:
        expected |= OTHER_POLICY.get(example, {})
    if response.headers.get("Content-Security-Policy") != build_policy(expected):
        yield f"policy {response.headers.get('Content-Security-Policy')}"
    for name, value in HEADERS.items():
        if response.headers.get(name) != value:
            yield f"{name}: {response.headers.get(name)}"
    if response.headers.get("Referrer-Policy") not in {"same-origin", "no-referrer"}:
        yield f"Referrer-Policy: {response.headers.get('Referrer-Policy')}"
    if not {"no-store", "private"} <= set(response.headers.get("Cache-Control", "").split(", ")):
        yield f"Cache-Control: {response.headers.get('Cache-Control')}"


def _wrong_cookies(response: HttpResponse) -> Iterator[str]:
    for name, cookie in response.cookies.items():
        is_taken_away = cookie["max-age"] == 0 and not cookie.value
        if not is_taken_away and not (
            cookie["secure"] and cookie["httponly"] and cookie["samesite"] in {"Lax", "Strict"}
        ):
            yield f"cookie {name}: {cookie.items()}"


def _wrong_html(response: Any) -> list[str]:
    if response.streaming or not response.headers.get("Content-Type", "").startswith("text/html"):
        return []
    page = _Page()
    page.feed(response.content.decode())
    return page.faults


class _Page(HTMLParser):
    """Looks for what the policy would block, and for what would ask another host for something."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag in {"style", "base", "object", "embed", "applet"}:
            self.faults.append(f"<{tag}>")
        if tag == "script" and "src" not in found and found.get("type") != "application/json":
            self.faults.append("<script> within the page")
        for name, value in found.items():
            if name == "style" or name.startswith("on"):
                self.faults.append(f"<{tag} {name}>")
            if name in ADDRESSES and (HOST.match(value) or value.strip().lower().startswith("javascript:")):
                self.faults.append(f"<{tag} {name}={value}>")
