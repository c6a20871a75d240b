"""While a mailing is sent, what can end it is looked at twice a second; of a reminder before every turn."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jobs.models import Job
from jobs.progress import Progress
from jobs.running import request
from scan.mailing import sending, watching
from scan.mailing.planning import stop
from scan.mailing.starting import KIND
from scan.mailing.watching import Watch
from scan.models import Mailing
from tests.cast import Cast
from tests.scan.mailing.conftest import Clock
from tests.scan.mailing.mail_server import MailServer
from tests.scan.mailing.sending_out import asked_round, do_job, fresh, mailing_of, rows

pytestmark = pytest.mark.django_db
REAL = 0.5


@pytest.fixture(autouse=True)
def _looks_twice_a_second(_looks_before_every_mail: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "SECONDS", REAL)


class Seconds:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def running(mailing: Mailing) -> tuple[Mailing, Progress]:
    Mailing.objects.filter(pk=mailing.pk).update(state="running", total=4)
    job = request(KIND, str(mailing.pk))
    Job.objects.filter(pk=job.pk).update(state="running", claim=(claim := uuid.uuid4()))
    return fresh(mailing), Progress(job.pk, claim)


def queries_of_a_look(watch: Watch) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert watch.why_not_now(may_make_way=True) == ""
    return len(queries)


def test_the_database_is_asked_twice_a_second_and_not_before_every_mail(in_scope: Cast, clock: Clock) -> None:
    seconds = Seconds()
    watch = Watch(*running(mailing_of(asked_round(in_scope))), clock=seconds)
    assert queries_of_a_look(watch) > 0
    seconds.now += 0.49
    assert queries_of_a_look(watch) == 0
    seconds.now += 0.02
    assert queries_of_a_look(watch) > 0


def test_of_a_reminder_before_every_turn(in_scope: Cast, clock: Clock) -> None:
    clock.set("2026-03-10T10:00")
    watch = Watch(*running(mailing_of(asked_round(in_scope), "reminder")), clock=Seconds())
    assert queries_of_a_look(watch) == queries_of_a_look(watch) > 0


def test_what_mails_are_filled_in_with_is_as_new_as_the_last_look(in_scope: Cast, clock: Clock) -> None:
    seconds = Seconds()
    mailing, progress = running(mailing_of(asked_round(in_scope)))
    watch = Watch(mailing, progress, clock=seconds)
    assert watch.facts(mailing.round, "nl")["closes"] == "27 maart 2026"
    type(mailing.round).objects.filter(pk=mailing.round.pk).update(closes_on="2026-03-28")
    watch.why_not_now(may_make_way=True)
    assert watch.facts(mailing.round, "nl")["closes"] == "28 maart 2026"


def test_a_stop_between_two_looks_lets_nothing_more_out(
    in_scope: Cast, clock: Clock, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "SECONDS", 3600)
    mailing = mailing_of(asked_round(in_scope, people=6))
    offer = sending._offer

    def stop_at_the_third(*arguments: object) -> object:
        if len(mail_server.received) == 2:
            stop(mailing)
        return offer(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(sending, "_offer", stop_at_the_third)
    assert do_job(mailing).result == "stopped"
    assert len(mail_server.received) == 3
    assert len(rows(mailing, "waiting")) == 3


def test_a_stop_before_the_last_mail_keeps_it_for_later(
    in_scope: Cast, clock: Clock, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No look comes after it; nothing is said to be tried again by itself."""
    monkeypatch.setattr(watching, "SECONDS", 3600)
    mailing = mailing_of(asked_round(in_scope, people=2))
    offer = sending._offer

    def stop_at_the_first(*arguments: object) -> object:
        stop(mailing)
        return offer(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(sending, "_offer", stop_at_the_first)
    do_job(mailing)
    assert len(mail_server.received) == 1
    assert len(rows(mailing, "waiting")) == 1
    assert (fresh(mailing).state, fresh(mailing).waits_until) == ("stopped", None)
