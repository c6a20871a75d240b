"""A mail server, a clock, and a mailing that is sent by the job itself."""

from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.tasks.backends.dummy import DummyBackend
from django.urls import get_resolver
from pytest_django import Settings

from scan.mailing import hours
from tests.scan.mailing.mail_server import MailServer

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


class Clock:
    """Says what a test sets, in Amsterdam; a Tuesday morning to begin with."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 3, 3, 10, 0, tzinfo=AMSTERDAM)

    def __call__(self) -> datetime:
        return self.moment

    def set(self, text: str) -> None:
        self.moment = datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    # Modules of pages that are loaded from here on would keep the day of this test for good.
    assert get_resolver().url_patterns
    monkeypatch.setattr(hours, "clock", made)
    monkeypatch.setattr("scan.participants.today_in", lambda organisation: made.moment.date())
    # By the real day it leaves nothing of the round; the check of each round by the day above comes after it.
    monkeypatch.setattr("scan.participants._days_now", lambda: (date.max, date.min))
    return made


@pytest.fixture
def mail_server(settings: Settings) -> Iterator[MailServer]:
    """All mail of the test goes there, as fast as it takes it."""
    server = MailServer()
    server.start()
    settings.MAILERS = server.settings
    settings.MAILS_PER_MINUTE = settings.REMINDERS_PER_MINUTE = 10_000_000
    yield server
    server.stop()


@pytest.fixture(autouse=True)
def _looks_before_every_mail(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test's mailing is over before half a second is; test_watching.py tests with the real one."""
    monkeypatch.setattr("scan.mailing.watching.SECONDS", 0)


@pytest.fixture(autouse=True)
def _jobs_are_only_asked_for(settings: Settings) -> None:
    """Tests do the jobs themselves, when they want."""
    backend = f"{DummyBackend.__module__}.{DummyBackend.__name__}"
    settings.TASKS = {"default": {"BACKEND": backend, "QUEUES": ["default"]}}
