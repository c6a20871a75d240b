"""The administrator's page: how the work goes, what is wrong and what helps; nothing about people or answers."""

import re
import smtplib
import ssl
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from django_scopes import scope

from jobs import kinds
from jobs.models import Job, Worker
from organisations.models import LogEntry
from reports.models import LastBackup
from reports.watching import page as page_module
from reports.watching import safety
from reports.watching.job_rows import ABOUT
from reports.watching.job_words import KINDS, WITH_PROGRESS
from reports.watching.mail_words import why_not
from reports.watching.readiness import Watch
from reports.watching.safety_words import SAME, WORDS
from scan.models import Mailing, Round
from tests.cast import Cast
from tests.conftest import ROOT
from tests.jobs.ages import ago, fresh
from tests.rounds import open_round
from tests.scan.mailing.conftest import _jobs_are_only_asked_for, mail_server  # noqa: F401 -- fixtures
from tests.scan.mailing.mail_server import MailServer, free_port

pytestmark = pytest.mark.django_db
State = Job.State
Users = Callable[[Any], Client]


@pytest.fixture(autouse=True)
def _nothing_is_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_module, "watch", Watch())
    monkeypatch.setattr(safety, "_found", [])


@pytest.fixture
def running(cast: Cast) -> Round:
    return open_round(cast)


@pytest.fixture
def worker() -> Worker:
    return Worker.objects.create(name="machine 7", seen_at=ago(30))


def look(as_user: Users, cast: Cast) -> str:
    answer = as_user(cast.ada).get("/", follow=True)
    assert answer.redirect_chain == [("/installation/", 302)]
    return answer.content.decode()


def failed(kind: str, key: object, fault: str = "KeyError") -> Job:
    return Job.objects.create(
        kind=kind, key=str(key), state=State.FAILED, tries=3, fault=fault, created_at=ago(90), finished_at=ago(60)
    )


def test_an_administrator_who_comes_in_sees_that_all_is_well(
    cast: Cast, as_user: Users, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_module, "warnings", list)
    Job.objects.create(kind="daily_tick", key="2026-03-09", state=State.DONE, finished_at=ago(3600))
    text = look(as_user, cast)
    assert "Alles werkt zoals het hoort." in text
    assert "Er wacht niets en er is niets mislukt" in text
    assert "machine 7" in text


def test_what_could_be_safer_is_not_called_well(cast: Cast, as_user: Users, worker: Worker) -> None:
    text = look(as_user, cast)
    assert 'Alles werkt. Veiliger kan het ook: <a href="#safety">kijk hieronder</a>.' in text
    assert "zonder https" in text


@pytest.mark.parametrize(
    ("seconds", "says"),
    [(None, "Er draait geen worker.</strong>"), (300, "Er draait geen worker. De laatste keer was op")],
)
def test_a_worker_that_is_silent_is_missed(seconds: int | None, says: str, cast: Cast, as_user: Users) -> None:
    if seconds:
        Worker.objects.create(name="machine 7", seen_at=ago(seconds))
    text = look(as_user, cast)
    assert says in text
    assert "manage.py serve" in text


def test_a_day_that_was_not_worked_off_is_missed(cast: Cast, as_user: Users, worker: Worker) -> None:
    Job.objects.create(kind="daily_tick", key="2026-03-09", state=State.DONE, finished_at=ago(31 * 3600))
    assert "Het werk van de dag is het laatst gedaan op" in look(as_user, cast)


def test_the_last_backup_is_told(cast: Cast, as_user: Users, worker: Worker) -> None:
    assert "nog geen gemaakt met manage.py backup" in look(as_user, cast)
    LastBackup.objects.create(made_at=datetime(2026, 3, 9, 1, 30, tzinfo=UTC))
    assert "de laatste is van 9 maart 2026, 02:30" in look(as_user, cast)


def test_trouble_with_the_mail_server_is_told_once(cast: Cast, as_user: Users, running: Round, worker: Worker) -> None:
    Mailing._base_manager.filter(round=running).update(state=Mailing.State.RUNNING, trouble="login")
    assert look(as_user, cast).count("De mailserver weigerde onze gebruikersnaam of ons wachtwoord.") == 1


def test_what_failed_says_what_went_wrong_and_what_helps_without_key_or_people(
    cast: Cast, as_user: Users, running: Round, worker: Worker
) -> None:
    failed("close_round", running.pk, "OperationalError")
    text = look(as_user, cast)
    for words in ("Scan sluiten", cast.organisation.name, "drie keer mislukt", "De database gaf geen antwoord"):
        assert words in text
    assert "OperationalError" in text
    assert str(running.pk) not in text
    assert running.title not in text


def test_a_mailing_shows_no_progress(cast: Cast, as_user: Users, running: Round, worker: Worker) -> None:
    """It would say how many people get it: of a reminder, who has not answered."""
    mailing = Mailing._base_manager.filter(round=running).first()
    assert mailing
    job = Job.objects.create(
        kind="send_mailing", key=str(mailing.pk), state=State.RUNNING, done=17, total=68, heartbeat=ago(1)
    )
    text = look(as_user, cast)
    assert "Mails versturen" in text
    assert cast.organisation.name in text
    assert not [words for words in ("<progress", "17", "68", "25") if words in main_of(text)]
    Job.objects.filter(pk=job.pk).update(kind="all_pdfs")
    assert '<progress class="mail-progress" max="100" value="25"' in look(as_user, cast)


def main_of(text: str) -> str:
    """Without what differs by itself: tokens of forms, moments, the disk."""
    found = text.partition("<table")[2].partition("</table")[0]
    return found.partition("<tbody>")[2].partition('data-label="Sinds"')[0]


def test_every_kind_of_job_has_words_and_leads_to_its_organisation() -> None:
    assert set(KINDS) == set(kinds.names())
    assert set(ABOUT) == set(KINDS) - {"daily_tick"}
    assert "send_mailing" not in WITH_PROGRESS
    assert set(KINDS) >= WITH_PROGRESS


@pytest.mark.parametrize("count", [1, 20])
def test_the_page_costs_as_many_queries_with_more_jobs(
    count: int, cast: Cast, as_user: Users, running: Round, worker: Worker, django_assert_num_queries: Any
) -> None:
    mailing = Mailing._base_manager.filter(round=running).first()
    assert mailing
    for number in range(count):
        failed("code_sheets", f"{running.pk} {number} nl")
        Job.objects.create(kind="send_mailing", key=f"{mailing.pk} {number}")
    client = as_user(cast.ada)
    client.get("/installation/")  # the checks of settings count for some minutes
    with django_assert_num_queries(14):
        assert client.get("/installation/").content.decode().count("Mails versturen") == count


def test_trying_again_is_written_in_the_log_of_the_organisation(
    cast: Cast, as_user: Users, running: Round, worker: Worker
) -> None:
    job = failed("close_round", running.pk)
    client = as_user(cast.ada)
    for _ in range(2):
        text = client.post(f"/installation/jobs/{job.pk}/again/", follow=True).content.decode()
    assert (fresh(job).state, fresh(job).tries) == (State.WAITING, 0)
    assert "hoeft niet meer opnieuw" in text
    with scope(organisation=cast.organisation):
        [entry] = LogEntry.objects.filter(action="job_again")
    assert (entry.user, entry.subject) == (cast.ada, "")
    assert (
        "Liet werk dat mislukt was opnieuw doen"
        in as_user(cast.anna).get(f"/o/{cast.organisation.slug}/log/").content.decode()
    )


def test_work_of_no_organisation_can_be_tried_again_too(cast: Cast, as_user: Users) -> None:
    job = failed("daily_tick", "2026-03-09")
    as_user(cast.ada).post(f"/installation/jobs/{job.pk}/again/")
    assert fresh(job).state == State.WAITING


@pytest.mark.parametrize("part", ["anna", "cas", "wil", "otto"])
def test_nobody_else_tries_anything_again(part: str, cast: Cast, as_user: Users, running: Round) -> None:
    job = failed("close_round", running.pk)
    assert as_user(getattr(cast, part)).post(f"/installation/jobs/{job.pk}/again/").status_code == 404
    assert fresh(job).state == State.FAILED


def test_a_test_mail_goes_to_the_administrator_only(
    cast: Cast,
    as_user: Users,
    mail_server: MailServer,  # noqa: F811 -- the fixture
) -> None:
    text = as_user(cast.ada).post("/installation/test-mail/", follow=True).content.decode()
    [received] = mail_server.received
    assert received.recipient == cast.ada.email
    assert "de mail werkt" in received.text
    assert f"De mailserver nam de testmail voor {cast.ada.email} aan." in text


@pytest.fixture
def _mail_server_away(settings: Any) -> None:
    backend = "django.core.mail.backends.smtp.EmailBackend"
    settings.MAILERS = {"default": {"BACKEND": backend, "OPTIONS": {"host": "127.0.0.1", "port": free_port()}}}


@pytest.mark.usefixtures("_mail_server_away")
def test_a_mail_server_that_is_away_is_said_in_words(cast: Cast, as_user: Users) -> None:
    text = as_user(cast.ada).post("/installation/test-mail/", follow=True).content.decode()
    assert "De testmail is niet verstuurd. De mailserver geeft geen antwoord" in text


@pytest.mark.usefixtures("_mail_server_away")
def test_above_a_test_mail_that_failed_the_page_does_not_say_that_everything_works(
    cast: Cast, as_user: Users, worker: Worker
) -> None:
    ada = as_user(cast.ada)
    text = ada.post("/installation/test-mail/", follow=True).content.decode()
    assert text.count("De testmail is niet verstuurd.") == 1
    assert "Verder werkt alles." in text
    assert "Alles werkt" not in text
    again = ada.get("/installation/").content.decode()
    assert "De testmail" not in again
    assert "Alles werkt" in again


def test_a_site_without_https_is_warned_of_once_in_plain_words(cast: Cast, as_user: Users) -> None:
    text = look(as_user, cast)
    assert text.count("Deze installatie werkt zonder https") == 1
    assert "SECURE_" not in text
    assert "django.contrib" not in text, "a warning of Django's stands there in its own English"


def test_every_warning_of_ours_has_words_on_the_page() -> None:
    """But the one that says only that something could not be found out, which the page leaves out."""
    sources = [(ROOT / "config" / name).read_text(encoding="utf-8") for name in ("checks.py", "server_checks.py")]
    ids = {found for source in sources for found in re.findall(r'id="(leerscan\.[WE]\d+)"', source)}
    assert len(ids) > 12
    assert ids == {name for name in WORDS if name.startswith("leerscan.")}
    assert set(SAME.values()) <= set(WORDS)


@pytest.mark.parametrize(
    ("fault", "setting"),
    [
        (smtplib.SMTPAuthenticationError(535, b"no"), "LEERSCAN_SMTP_USER"),
        (smtplib.SMTPSenderRefused(550, b"no", "a@b.test"), "LEERSCAN_FROM"),
        (smtplib.SMTPRecipientsRefused({}), "your own address"),
        (ssl.SSLError(), "LEERSCAN_SMTP_TLS"),
        (smtplib.SMTPDataError(554, b"no"), "554"),
        (TimeoutError(), "LEERSCAN_SMTP_HOST"),
    ],
)
def test_why_a_test_mail_did_not_go_out_names_the_setting(fault: Exception, setting: str) -> None:
    with translation.override("en"):
        assert setting in why_not(fault)
