"""Two installations with the same counts in which different people answered look the same to everybody else.

Every page for every role, every mail, log entry and log line, and every export is compared byte for byte, after random
ids and links are masked. Only who gets a reminder may differ.
"""

import difflib
import json
import logging
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from organisations.models import LogEntry, Person
from reports.closing import close_here
from reports.document import document
from reports.models import Release
from reports.published import as_json, read_release
from scan.answering.boxes import Sheet
from scan.answering.submitting import submit
from scan.mailing.planning import add_reminder
from scan.models import Invitation, Mailing, Plan, Round, Unit
from scan.progress import refresh
from scan.results_link import results_link
from scan.rounds import create_round, launch
from tests.cast import Cast, add_people
from tests.scan.asking import ITEM_IDS, participant_of
from tests.scan.mailing.conftest import mail_server  # noqa: F401 -- a fixture
from tests.scan.mailing.mail_server import MailServer
from tests.scan.mailing.sending_out import do_job

MASKS = (
    (re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"), "ID"),
    (re.compile(r"\b[a-z2-7]{42}\b"), "TOKEN"),
    (re.compile(r"\b[A-Za-z0-9]{64}\b"), "SECRET"),
    (re.compile(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\b"), "CODE"),
    (re.compile(r"/s/[0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{4}\b"), "/s/CODE"),
    (re.compile(r"\b\d{1,2}:\d{2}\b"), "TIME"),
)
OFFICE = (
    "",
    "log/",
    "people/",
    "departments/",
    "colleagues/",
    "r/{slug}/",
    "r/{slug}/mail/",
    "r/{slug}/links/",
    "r/{slug}/people/",
    "r/{slug}/people/?search=mens",
    "r/{slug}/pack/",
    "r/{slug}/promise/",
    "r/{slug}/last-day/",
    "r/{slug}/close/",
)
ROLES = ("hr_advisor", "manager", "other_manager", "consultant", "works_council", "administrator")
Transcript = list[tuple[str, str]]
AsUser = Callable[[Any], Client]
Chosen = Callable[[int, int], bool]
"""Place in the unit, size of the unit -> whether this person answers."""


class UndoError(Exception):
    """Ends one installation without a trace, so that the other begins from the same place."""


def masked(text: str) -> str:
    for pattern, word in MASKS:
        text = pattern.sub(word, text)
    return text


@pytest.fixture(autouse=True)
def _jobs_wait(settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "django.tasks.backends.dummy.DummyBackend", "QUEUES": ["default"]}}


class Installation:
    """Plays one scan from launch to results, and writes down everything that anybody but a participant gets."""

    def __init__(self, cast: Cast, as_user: AsUser, server: MailServer) -> None:
        self.cast, self.as_user, self.server = cast, as_user, server
        self.seen: Transcript = []
        self.round = self._launch()

    def _launch(self) -> Round:
        team = add_people(self.cast.departments["zorg / wijkteam oost"], 14, leaders=1)
        add_people(self.cast.departments["facilitair / keuken"], 11)
        add_people(self.cast.departments["zorg / nachtdienst"], 3)
        Person.objects.filter(pk__in=[person.pk for person in team[-3:]]).update(email="")
        today = timezone.localdate()
        round_ = create_round(
            self.cast.organisation,
            "Tweeling",
            today,
            today + timedelta(days=30),
            contact="Anna",
            results_on=today + timedelta(days=40),
        )
        Plan.objects.create(round=round_, first_hour=0, last_hour=24, on_any_day=True, managers_days_before=0)
        launch(round_)
        return Round.objects.select_related("organisation", "version").get(pk=round_.pk)

    def write(self, what: str, text: str) -> None:
        self.seen.append((masked(what), masked(text)))

    def mail(self, mailing: Mailing, *, recipients_differ: bool = False) -> None:
        before = len(self.server.received)
        do_job(mailing)
        new = self.server.received[before:]
        lines = [f"{'' if recipients_differ else mail.recipient} {mail.mail['Subject']}" for mail in new]
        bodies = [re.sub(r"Mens \d+", "NAME", mail.text + mail.html) for mail in new]
        self.write(f"mails {mailing.kind}", "\n".join(sorted(map(masked, lines)) + sorted(set(map(masked, bodies)))))

    def answer(self, chosen: Chosen) -> None:
        """In each unit those of its people, in the order of their addresses, that are chosen; the same answers."""
        for unit in Unit.objects.filter(round=self.round):
            people = list(
                Invitation.objects.filter(round=self.round, unit=unit).order_by("person__number", "code_hash")
            )
            number = 0
            for index, invitation in enumerate(people):
                if chosen(index, len(people)):
                    submit(participant_of(invitation), Sheet(dict.fromkeys(ITEM_IDS, 1 + number % 5)))
                    number += 1

    def look(self, when: str) -> None:
        for role in ROLES:
            client = self.as_user(self.cast.everybody[role])
            for page in ("/", *(f"/o/{self.cast.organisation.slug}/{page}" for page in OFFICE)):
                response = client.get(page.format(slug=self.round.slug))
                self.write(f"{when} {role} {page}", f"{response.status_code} {response.content.decode()}")

    def post(self, page: str, data: dict[str, str]) -> None:
        client = self.as_user(self.cast.anna)
        response = client.post(f"/o/{self.cast.organisation.slug}/{page}", data, follow=True)
        self.write(f"after {data} on {page}", f"{response.status_code} {response.content.decode()}")

    def change_people(self) -> None:
        """The first has answered in one installation and not in the other; the eighth the other way round."""
        kitchen = Unit.objects.get(round=self.round, path="Facilitair / Keuken")
        people = [i.person for i in Invitation.objects.filter(round=self.round).exclude(person=None)]
        people.sort(key=lambda person: int(person.number) if person else 0)
        for person in (people[1], people[8]):
            assert person is not None
            page = f"r/{self.round.slug}/people/{person.pk}/"
            self.post(page, {"action": "again"})
            self.post(page, {"action": "address", "email": f"nieuw{person.number}@example.test"})
            self.post(page, {"action": "move", "unit": str(kitchen.pk)})
        for mailing in Mailing.objects.filter(round=self.round, kind=Mailing.Kind.SINGLE).order_by("number"):
            self.mail(mailing)

    def results(self) -> None:
        close_here(Round.objects.select_related("organisation").get(pk=self.round.pk))
        release = Release.objects.select_related("round__organisation", "version").get(round=self.round)
        published = read_release(release)
        self.write("release", json.dumps(as_json(published)) + json.dumps(release.content))
        for unit in published.shown:
            for language in ("nl", "en"):
                self.write(f"report of {unit.path}", document(published, unit, language))
        self.write(
            "shared", self.as_user(None).get(results_link(self.round).partition("127.0.0.1:8000")[2]).content.decode()
        )

    def log(self, lines: list[str]) -> None:
        entries = LogEntry.objects.filter(organisation=self.cast.organisation).values_list("action", "subject")
        self.write("log", "\n".join(sorted(f"{action} {subject}" for action, subject in entries)))
        self.write("log lines", "\n".join(lines))


def play(installation: Installation, chosen: Chosen, log_lines: list[str]) -> Transcript:
    here = installation
    here.mail(Mailing.objects.get(round=here.round, kind=Mailing.Kind.INVITATION))
    here.answer(chosen)
    here.look("answered")
    refresh(here.round)
    here.look("refreshed")
    here.change_people()
    reminder = add_reminder(here.round, timezone.localdate() + timedelta(days=1))
    Mailing.objects.filter(pk=reminder.pk).update(planned_on=timezone.localdate())
    here.mail(reminder, recipients_differ=True)
    here.look("reminded")
    here.results()
    here.look("closed")
    here.log(log_lines)
    return here.seen


def difference(one: tuple[str, str], other: tuple[str, str]) -> str:
    lines = difflib.unified_diff(one[1].splitlines(), other[1].splitlines(), one[0], "the other", lineterm="", n=1)
    return "\n".join(list(lines)[:40])


def first_half(index: int, size: int) -> bool:
    return index < size // 2


def last_half(index: int, size: int) -> bool:
    return index >= size - size // 2


@pytest.fixture
def log_lines() -> Iterator[list[str]]:
    lines: list[str] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(masked(f"{record.name} {record.getMessage()}"))

    handler = Keep(logging.INFO)
    logging.getLogger().addHandler(handler)
    yield lines
    logging.getLogger().removeHandler(handler)


def played(cast: Cast, as_user: AsUser, server: MailServer, chosen: Chosen, lines: list[str]) -> Transcript:
    found: Transcript = []
    lines.clear()
    try:
        with transaction.atomic():
            found = play(Installation(cast, as_user, server), chosen, lines)
            raise UndoError
    except UndoError:
        return found


def test_nothing_tells_who_answered(
    in_scope: Cast,
    as_user: AsUser,
    mail_server: MailServer,  # noqa: F811 -- the fixture
    log_lines: list[str],
) -> None:
    """In each unit the first half answers, or the last half."""
    first = played(in_scope, as_user, mail_server, first_half, log_lines)
    second = played(in_scope, as_user, mail_server, last_half, log_lines)
    assert [what for what, _text in first] == [what for what, _text in second]
    different = [(one, other) for one, other in zip(first, second, strict=True) if one != other]
    assert not different, difference(*different[0])
    assert len(first) > 380


def test_the_comparison_can_fail(
    in_scope: Cast,
    as_user: AsUser,
    mail_server: MailServer,  # noqa: F811 -- the fixture
    log_lines: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A headcount that follows who moves would tell; the test sees it."""
    from scan.people import changing  # noqa: PLC0415

    def move_and_count(invitation_id: Any, unit_id: Any) -> bool:
        moved = bool(Invitation._base_manager.filter(pk=invitation_id, used=False).update(unit=unit_id))
        Unit.objects.filter(pk=unit_id).update(invited=99 if moved else 98)
        return moved

    monkeypatch.setattr(changing, "move_unused", move_and_count)
    first = played(in_scope, as_user, mail_server, first_half, log_lines)
    second = played(in_scope, as_user, mail_server, last_half, log_lines)
    assert any(one != other for one, other in zip(first, second, strict=True))
