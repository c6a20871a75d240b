"""Whatever goes wrong at the address of a link: the log says so, and holds no token, no code and no moment."""

import io
import logging
import logging.config
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.log import AdminEmailHandler

from config.logs import HideTokens, RefusedInOneLine, TokenlessFormatter
from jobs import serving
from scan.answering import views
from scan.links import codes
from scan.models import Invitation, Round
from scan.tokens import token_of
from tests.cast import Cast
from tests.scan.entrances import round_with_every_way, with_codes

LINE: dict[str, Any] = settings.LOGGING["formatters"]["line"]  # type: ignore[index]


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the handler of the settings would write, down to the smallest detail."""
    stream, root = io.StringIO(), logging.getLogger()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(TokenlessFormatter(LINE["format"], style=LINE["style"]))
    handler.addFilter(RefusedInOneLine())
    handler.addFilter(HideTokens())
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield stream
    root.removeHandler(handler)
    root.setLevel(before)


@pytest.fixture
def token(in_scope: Cast) -> str:
    round_with_every_way(in_scope)
    return token_of(Invitation.objects.exclude(person=None)[0].pk)


def break_(monkeypatch: pytest.MonkeyPatch, words: str) -> None:
    def broken(*args: object) -> HttpResponse:
        link = words
        raise LookupError(link)

    monkeypatch.setattr(views, "start_page", broken)


REQUESTS: dict[str, tuple[str, Callable[[Client, str], Any]]] = {
    "not found": ("Not Found", lambda browser, base: browser.get(f"{base}7/")),
    "wrong method": ("Method Not Allowed", lambda browser, base: browser.get(f"{base}send/")),
    "used": ("Gone", lambda browser, base: Invitation.objects.update(used=True) and browser.get(base)),
    "bad form": ("Bad Request", lambda browser, base: browser.post(f"{base}1/", {"q01": "6"})),
    "too long": ("DATA_UPLOAD_MAX", lambda browser, base: browser.post(f"{base}1/", {"q01": "x" * 600_000})),
    "no multipart": (
        "Unable to parse",
        lambda browser, base: browser.generic("POST", f"{base}1/", "no form", "multipart/form-data"),
    ),
    "other host": ("HTTP_HOST", lambda browser, base: browser.get(base, headers={"host": "elders.example"})),
    "no csrf value": ("Forbidden", lambda _, base: Client(enforce_csrf_checks=True).post(f"{base}send/")),
    "csrf from elsewhere": (
        "Referer checking failed",
        lambda _, base: Client(enforce_csrf_checks=True).post(
            f"{base}send/", secure=True, headers={"referer": f"https://elders.example{base}1/"}
        ),
    ),
    "origin elsewhere": (
        "Origin checking failed",
        lambda _, base: Client(enforce_csrf_checks=True).post(
            f"{base}send/", headers={"origin": f"https://elders.example{base}"}
        ),
    ),
}


@pytest.mark.parametrize("what", REQUESTS)
def test_what_was_refused_is_logged_without_the_link(what: str, token: str, client: Client, log: io.StringIO) -> None:
    says, ask = REQUESTS[what]
    ask(client, f"/a/{token}/")
    text = log.getvalue()
    assert says in text
    assert token not in text.lower()
    assert "Traceback" not in text, "who tries many of these fills the log"


def test_a_failure_is_logged_with_its_place_and_without_the_link(
    token: str, client: Client, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The token in the path, and by itself in the words of the exception; a code there too."""
    code = codes.given_code(with_codes(Round.objects.get())[0])
    break_(monkeypatch, f"nothing under {token} and {code} and {token.upper()}")
    client.raise_request_exception = False
    assert client.get(f"/a/{token}/").status_code == 500
    text = log.getvalue()
    assert "Internal Server Error: /a/…" in text
    assert "LookupError: nothing under … and … and …" in text
    assert "test_logs_of_answering.py" in text
    assert token not in text.lower()
    assert code not in text


def test_a_stack_is_cleaned_too(log: io.StringIO) -> None:
    link = "/a/aomedjqmbvbvvam4tyrjssjipmgi56pqmj7m7q2ksm/"
    logging.getLogger("scan").warning("look", stack_info=True, extra={"stack": link})
    logging.getLogger("scan").warning("%s of %s", link, {"token": link})
    assert "look" in log.getvalue()
    assert "aomedj" not in log.getvalue()


def test_ids_and_other_words_stay_readable(log: io.StringIO) -> None:
    line = "job 6f1c2b3a-1d2e-4f3a-8b4c-5d6e7f8a9b0c failed on 2026-03-09, 2 of 3"
    logging.getLogger("jobs").warning(line)
    assert line in log.getvalue()


def test_a_line_holds_no_moment(log: io.StringIO, token: str, client: Client) -> None:
    client.get(f"/a/{token}/7/")
    assert "asctime" not in LINE["format"]
    assert "WARNING django.request: Not Found: /a/…\n" in log.getvalue()


def test_every_line_goes_through_the_one_handler_and_none_is_mailed() -> None:
    """Django gives its own loggers handlers, one of which writes every address, and one that mails errors."""
    assert settings.LOGGING["handlers"]["console"]["filters"] == ["refused", "tokens"]  # type: ignore[index]
    known = [logging.getLogger(name) for name in list(logging.root.manager.loggerDict)]
    assert logging.getLogger("django.request") in known
    for logger in known:
        if logger.name.startswith("django"):
            assert logger.handlers == [], logger.name
            assert logger.propagate, logger.name
        assert not any(isinstance(handler, AdminEmailHandler) for handler in logger.handlers)
    assert not logging.getLogger("django.server").isEnabledFor(logging.INFO), "the access log of runserver"


def test_no_statement_is_logged_with_what_stands_in_it(token: str, client: Client, log: io.StringIO) -> None:
    """Under LEERSCAN_DEBUG Django offers every statement to the log: ids of invitations, and drafts."""
    invitation = Invitation.objects.exclude(person=None)[0]
    with CaptureQueriesContext(connection) as statements:
        client.post(f"/a/{token}/1/", {"q01": "4"})
    assert invitation.pk.hex in str(statements.captured_queries).replace("-", "")
    assert "scan_invitation" not in log.getvalue()
    assert invitation.pk.hex not in log.getvalue().replace("-", "")


def test_the_web_server_keeps_no_access_log() -> None:
    command = serving._web(serving.Address("127.0.0.1", 8000), 2)
    assert "--no-access-log" in command
    assert not any(part in command for part in ("--access-log", "--access-log-fmt"))
