"""LEERSCAN_LOG_FORMAT=json: one object a line, with no more in it than may be known. With real faults."""

import io
import json
import logging
import logging.config
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.http import HttpResponse
from django.test import Client
from django_scopes import scope

from config.logs import logging_settings
from jobs import kinds
from jobs.progress import Progress
from jobs.running import request, run
from organisations.mail import MailNotSentError, send
from organisations.models import User
from scan.answering import views
from scan.models import Invitation
from scan.tokens import token_of
from tests.cast import Cast
from tests.rounds import open_round
from tests.scan.mailing.conftest import mail_server  # noqa: F401 -- a fixture
from tests.scan.mailing.mail_server import MailServer

ADDRESS = "anna@linde.test"
Lines = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def lines() -> Iterator[Lines]:
    """What the handler of the settings writes, each line read back."""
    made: Any = logging_settings("DEBUG", "json")
    configurator = logging.config.DictConfigurator(made)
    made = configurator.config
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(configurator.configure_formatter(made["formatters"]["json"]))
    handler.addFilter(configurator.configure_filter(made["filters"]["tokens"]))
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root.removeHandler(handler)
    root.setLevel(before)


def test_a_page_of_answering_that_fails(
    cast: Cast, client: Client, lines: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    running = open_round(cast)
    with scope(organisation=cast.organisation):
        token = token_of(Invitation.objects.filter(round=running)[0].pk)

    def broken(*args: object) -> HttpResponse:
        raise LookupError(f"nothing under {token} for {ADDRESS} at 10.9.8.7")

    monkeypatch.setattr(views, "start_page", broken)
    client.raise_request_exception = False
    assert client.get(f"/a/{token}/", REMOTE_ADDR="10.9.8.7").status_code == 500
    [line] = [line for line in lines() if line["level"] == "ERROR"]
    assert (line["logger"], line["message"], line["status_code"]) == (
        "django.request",
        "Internal Server Error: /a/…",
        500,
    )
    assert "LookupError: nothing under … for … at …" in line["exception"]
    assert set(line) == {"level", "logger", "message", "status_code", "exception"}
    said = json.dumps(lines())
    assert not any(word in said for word in (token, ADDRESS, "10.9.8.7"))


def test_a_mail_that_a_server_refuses(lines: Lines, mail_server: MailServer) -> None:  # noqa: F811 -- the fixture
    """A job that fails with what the server said, which quotes the address."""
    mail_server.answers[ADDRESS] = [f"550 5.1.1 <{ADDRESS}> unknown here"]

    def work(key: str, progress: Progress) -> str:
        try:
            send(ADDRESS, "test_mail", "nl", {"user": None})
        except MailNotSentError as fault:
            raise fault.__cause__ or fault from fault
        return ""

    run_failing(work)
    failed = lines()[-1]
    assert (failed["level"], failed["kind"], failed["tries"]) == ("ERROR", "test_mailing", 1)
    assert "SMTPRecipientsRefused" in failed["exception"]
    assert "unknown here" in failed["exception"]
    assert ADDRESS not in json.dumps(lines())


def test_a_row_that_the_database_refuses(lines: Lines) -> None:
    """PostgreSQL quotes it; SQLite names the columns only."""

    def work(key: str, progress: Progress) -> str:
        with transaction.atomic():
            User.objects.create_user(ADDRESS)
            User.objects.create_user(ADDRESS.upper())
        return ""

    run_failing(work)
    failed = lines()[-1]
    assert IntegrityError.__name__ in failed["exception"]
    assert ("DETAIL: …" in failed["exception"]) == (connection.vendor == "postgresql")
    assert ADDRESS not in json.dumps(lines()).lower()


def run_failing(work: Callable[[str, Progress], str]) -> None:
    before = dict(kinds._kinds)
    kinds.register("test_mailing", work)
    try:
        run(request("test_mailing", ADDRESS).pk)
    finally:
        kinds._kinds.clear()
        kinds._kinds.update(before)


pytestmark = pytest.mark.django_db


def test_what_somebody_adds_to_a_record_stays_out_unless_it_is_known(lines: Lines) -> None:
    extra = {"job": f"of {ADDRESS}", "seconds": 3, "request": "/a/secret/", "address": ADDRESS, "user": "Anna"}
    logging.getLogger("jobs").warning("done for %s", ADDRESS, extra=extra, stack_info=True)
    [line] = lines()
    assert line.pop("stack").startswith("Stack (most recent call last)")
    assert line == {"level": "WARNING", "logger": "jobs", "message": "done for …", "job": "of …", "seconds": 3}
