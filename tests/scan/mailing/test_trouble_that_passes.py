"""A mail server that is away or busy for a while: tried again without anybody; other trouble waits for a human."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from jobs.models import Job
from jobs.running import run
from organisations.models import User
from scan.mailing.remedies import PASSING, TROUBLES
from scan.mailing.sending import AFTER_TROUBLE
from scan.mailing.starting import start_due
from scan.models import Invitation, Mailing, Round
from tests.cast import Cast
from tests.scan.mailing.conftest import Clock
from tests.scan.mailing.mail_server import MailServer
from tests.scan.mailing.sending_out import addresses, answered, asked_round, do_job, fresh, mailing_of

KINDS = ["invitation", "reminder"]


@pytest.fixture
def round_(in_scope: Cast, clock: Clock, mail_server: MailServer) -> Round:
    return asked_round(in_scope, people=4)


def due(round_: Round, kind: str, clock: Clock) -> Mailing:
    if kind == "reminder":
        Mailing.objects.filter(kind="invitation").delete()
        clock.set("2026-03-10T10:00")
    return mailing_of(round_, kind)


def fail_three_times(mailing: Mailing) -> None:
    job = do_job(mailing)
    for _try in range(2):
        run(job.pk)
    job.refresh_from_db()
    assert job.state == "failed"


def unfinished() -> list[Job]:
    return list(Job.objects.filter(state__in=Job.UNFINISHED))


def a_quarter_passes(mailing: Mailing) -> None:
    waits_until = fresh(mailing).waits_until
    assert waits_until is not None
    assert AFTER_TROUBLE * 0.9 < waits_until - timezone.now() <= AFTER_TROUBLE
    start_due()
    assert unfinished() == []
    Mailing.objects.filter(pk=mailing.pk).update(waits_until=timezone.now())


@pytest.mark.parametrize("kind", KINDS)
def test_it_goes_out_by_itself_when_the_trouble_is_over(
    round_: Round, clock: Clock, mail_server: MailServer, kind: str
) -> None:
    mailing = due(round_, kind, clock)
    mail_server.stop()
    for _quarter in range(2):
        fail_three_times(mailing)
        assert fresh(mailing).trouble == "connection"
        a_quarter_passes(mailing)
    mail_server.start()
    start_due()
    (job,) = unfinished()
    run(job.pk)
    done = fresh(mailing)
    assert (done.state, done.trouble, done.waits_until) == ("done", "", None)
    assert mail_server.counts == dict.fromkeys(addresses(round_), 1)


def test_it_is_tried_within_the_hours_only(round_: Round, clock: Clock, mail_server: MailServer) -> None:
    mailing = mailing_of(round_)
    mail_server.at_sender = ["451 too many"]
    fail_three_times(mailing)
    a_quarter_passes(mailing)
    for moment, jobs in (("2026-03-03T16:00", 0), ("2026-03-07T10:00", 0), ("2026-03-04T09:00", 1)):
        clock.set(moment)
        start_due()
        assert len(unfinished()) == jobs


@pytest.mark.parametrize("trouble", sorted(set(TROUBLES) - set(PASSING)))
def test_what_somebody_must_mend_waits_for_a_human(round_: Round, trouble: str) -> None:
    Mailing.objects.filter(kind="invitation").update(state="running", trouble=trouble, total=4)
    start_due()
    assert unfinished() == []


def test_trouble_that_is_over_at_once_holds_nothing_up(
    round_: Round, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second try makes way for another job; the sweep takes it up at once, not after a quarter of an hour."""
    monkeypatch.setattr("scan.mailing.watching._another_job_waits", lambda: True)
    mail_server.at_sender = ["451 too many", "250 OK"]
    mailing = mailing_of(round_)
    run(do_job(mailing).pk)
    assert len(mail_server.received) == 1
    assert (fresh(mailing).state, fresh(mailing).trouble, fresh(mailing).waits_until) == ("running", "", None)
    start_due()
    assert len(unfinished()) == 1


def test_a_round_that_closed_in_the_meantime_ends_it(round_: Round, clock: Clock, mail_server: MailServer) -> None:
    mail_server.stop()
    fail_three_times(mailing_of(round_))
    Mailing.objects.update(waits_until=timezone.now())
    clock.set("2026-03-30T10:00")
    start_due()
    (job,) = unfinished()
    run(job.pk)
    assert fresh(mailing_of(round_)).state == "done"
    mail_server.start()


@pytest.mark.parametrize("kind", KINDS)
def test_the_page_says_whether_anybody_has_to_do_something(
    round_: Round, clock: Clock, as_user: Callable[[Any], Client], in_scope: Cast, kind: str
) -> None:
    User.objects.update(language="en")
    mailing = due(round_, kind, clock)
    for trouble in TROUBLES:
        Mailing.objects.filter(pk=mailing.pk).update(state="running", trouble=trouble)
        text = as_user(in_scope.anna).get(f"/o/{round_.organisation.slug}/r/{round_.slug}/mail/").content.decode()
        by_itself = trouble in PASSING
        assert ("We try again every 15 minutes" in text, "Try again now" in text) == (by_itself, by_itself)
        assert (">Resume<" in text) is not by_itself


@pytest.mark.parametrize("away", [True, False])
def test_trying_again_tells_nobody_who_has_answered(
    round_: Round, clock: Clock, mail_server: MailServer, away: bool
) -> None:
    """Four tries, whoever is left: what is kept, asked of the server before anybody's turn, and done is the same."""
    seen = []
    everybody = addresses(round_)
    for number, who in enumerate((4, 1, 0), 1):
        Mailing.objects.all().delete()
        Job.objects.all().delete()
        mailing = Mailing.objects.create(round=round_, kind="reminder", number=number, planned_on="2026-03-10")
        clock.set("2026-03-10T10:00")
        answered(round_, *everybody[who:])
        mail_server.traffic.clear()
        mail_server.at_sender = [] if away else ["451 busy"]
        if away:
            mail_server.stop()
        fail_three_times(mailing)
        now = fresh(mailing)
        a_quarter_passes(mailing)
        start_due()
        (job,) = unfinished()
        run(job.pk)
        job.refresh_from_db()
        seen.append((now.state, now.trouble, job.state, job.tries, job.done, job.total, list(mail_server.traffic)))
        if away:
            mail_server.start()
        Invitation.objects.filter(round=round_).update(used=False)
    assert seen[0] == seen[1] == seen[2]
