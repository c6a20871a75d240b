"""What goes wrong is answered as safely as what goes right, whoever finds the fault: view, middleware or Django."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client

from scan.answering import page
from tests.cast import Cast
from tests.rounds import open_round, tokens
from tests.walk import safety

FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def browser(cast: Cast, settings: Any) -> Client:
    """Of somebody with an account, on https, who sees what a user sees of a fault."""
    for name, value in safety.https_settings().items():
        setattr(settings, name, value)
    client = Client(raise_request_exception=False)
    client.force_login(cast.anna, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def failing(fault: Exception) -> Callable[[HttpRequest], HttpResponse]:
    def view(*args: object, **kwargs: object) -> HttpResponse:
        raise fault

    return view


FAULTS: dict[str, tuple[int, Callable[[Client, str], Any]]] = {
    "wrong host": (400, lambda browser, link: browser.get("/", secure=True, headers={"host": "elders.example"})),
    "too many fields": (400, lambda browser, link: post(browser, "/language/", "a=1&" * 6_000)),
    "too long": (400, lambda browser, link: post(browser, "/language/", "a" * 600_000)),
    "form from elsewhere": (403, lambda browser, link: from_elsewhere(browser, "/language/")),
    "form from elsewhere for a link": (403, lambda browser, link: from_elsewhere(browser, f"{link}1/")),
    "no page": (404, lambda browser, link: browser.get("/nergens/", secure=True)),
    "no page for a link": (404, lambda browser, link: browser.get(f"{link}nergens/", secure=True)),
    "not a name": (404, lambda browser, link: browser.get("/o/%ff%00/", secure=True)),
    "wrong method": (405, lambda browser, link: browser.delete(f"{link}send/", secure=True)),
    "on http": (301, lambda browser, link: browser.get(link)),
    "without slash": (301, lambda browser, link: browser.get("/accounts/login", secure=True)),
}


def post(browser: Client, address: str, body: str) -> Any:
    return browser.generic("POST", address, body, FORM, secure=True)


def from_elsewhere(browser: Client, address: str) -> Any:
    browser.handler.enforce_csrf_checks = True
    return post(browser, address, "language=en")


@pytest.fixture
def link(cast: Cast) -> str:
    return f"/a/{tokens(open_round(cast))[0]}/"


@pytest.mark.parametrize("what", FAULTS)
def test_what_the_sender_does_wrong(what: str, browser: Client, link: str) -> None:
    status, ask = FAULTS[what]
    response = ask(browser, link)
    assert response.status_code == status
    wrong = safety.faults(response)
    if what == "on http":
        # Browsers believe it on https only, so it is not said here.
        wrong.remove("Strict-Transport-Security: None")
    assert wrong == []


@pytest.mark.parametrize(
    ("fault", "status"), [(PermissionDenied(), 403), (Http404(), 404), (RuntimeError("out of order"), 500)]
)
def test_what_a_view_finds_wrong(
    fault: Exception, status: int, browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("organisations.log_views.render", failing(fault))
    response = browser.get("/o/zorggroep-de-linde/log/", secure=True)
    assert response.status_code == status
    assert safety.faults(response) == []


def test_too_much_of_one_link(browser: Client, link: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "WRITES_PER_HOUR", 0)
    response = post(browser, f"{link}1/", "q01=1")
    assert response.status_code == 429
    assert safety.faults(response) == []


BAD = HttpResponse(
    '<style>p{}</style><p style="x" onclick="y()">',
    headers={"Content-Security-Policy": "default-src *", "Cache-Control": "public"},
)
PICTURES = HttpResponse('<script>x()</script><img src="//elders.example/a.png"><a href="javascript:x()">')


def test_the_search_finds_what_it_looks_for() -> None:
    BAD.set_cookie("session", "1")
    found = " ".join(safety.faults(BAD) + safety.faults(PICTURES))
    for word in ("policy default-src *", "public", "cookie session", "nosniff", "Strict-Transport", "<style>"):
        assert word in found.replace("X-Content-Type-Options", "nosniff")
    for word in ("<p style>", "<p onclick>", "<script>", "elders.example", "javascript:"):
        assert word in found
