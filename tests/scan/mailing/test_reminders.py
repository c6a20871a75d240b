"""Who got a reminder, and how many did, is a secret: of that nothing is shown, counted or kept."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jobs.models import Job
from jobs.progress import Progress
from jobs.running import run
from organisations.models import Person
from scan.mailing import deliveries, sending
from scan.models import Delivery, Invitation, Mailing, Round
from tests.cast import Cast
from tests.scan.mailing.conftest import Clock
from tests.scan.mailing.mail_server import HANG_UP, MailServer
from tests.scan.mailing.sending_out import addresses, answered, asked_round, do_job, fresh, mailing_of, rows


@pytest.fixture
def round_(in_scope: Cast, clock: Clock, mail_server: MailServer) -> Round:
    """Six people; the invitation went out a week ago, and today a reminder is due."""
    made = asked_round(in_scope, people=6)
    Mailing.objects.filter(kind="invitation").delete()
    clock.set("2026-03-10T10:00")
    return made


def test_it_goes_to_those_who_have_not_answered(round_: Round, mail_server: MailServer) -> None:
    answered(round_, "mens1@example.test", "mens4@example.test")
    Person.objects.filter(email="mens5@example.test").update(left_on="2026-03-05")
    do_job(mailing_of(round_, "reminder"))
    assert mail_server.counts == dict.fromkeys((f"mens{number}@example.test" for number in (0, 2, 3)), 1)
    assert "nog invullen" in mail_server.received[0].text


def test_nothing_is_left_that_tells_who_or_how_many(round_: Round, mail_server: MailServer) -> None:
    answered(round_, "mens1@example.test")
    mail_server.answers["mens2@example.test"] = ["550 unknown"]
    mailing = mailing_of(round_, "reminder")
    job = do_job(mailing)
    done = fresh(mailing)
    assert (done.state, done.total, done.sent, done.refused, done.uncertain) == ("done", None, 0, 0, 0)
    assert (job.done, job.total) == (0, 0)
    assert not Delivery.objects.exists()


def test_its_numbers_are_not_written_down_while_it_runs_either(
    round_: Round, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[object, ...]] = []
    report = sending._report

    def look(mailing: Mailing, progress: Progress) -> None:
        report(mailing, progress)
        job = Job.objects.get(pk=progress.job_id)
        now = fresh(mailing)
        seen.append((job.done, job.total, now.total, now.sent, now.refused))

    monkeypatch.setattr(sending, "_report", look)
    do_job(mailing_of(round_, "reminder"))
    assert len(seen) == 7
    assert set(seen) == {(0, 0, None, 0, 0)}


def test_who_answers_just_before_gets_none_and_nobody_can_count_it(
    round_: Round, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailing = mailing_of(round_, "reminder")
    claim = deliveries.claim

    def answer_first(mailing: Mailing, delivery: Delivery) -> bool:
        if delivery.invitation and delivery.invitation.person and delivery.invitation.person.email.startswith("mens3"):
            Invitation.objects.filter(pk=delivery.invitation.pk).update(used=True)
        return claim(mailing, delivery)

    monkeypatch.setattr(deliveries, "claim", answer_first)
    do_job(mailing)
    assert mail_server.counts == dict.fromkeys(set(addresses(round_)) - {"mens3@example.test"}, 1)
    done = fresh(mailing)
    assert (done.state, done.total, done.sent, done.refused, done.uncertain) == ("done", None, 0, 0, 0)
    assert rows(mailing) == []


def test_an_uncertain_one_is_counted_not_named_and_not_sent_again(round_: Round, mail_server: MailServer) -> None:
    mail_server.at_content = ["250 OK", HANG_UP, "250 OK"]
    mailing = mailing_of(round_, "reminder")
    do_job(mailing)
    assert (fresh(mailing).uncertain, fresh(mailing).state) == (1, "done")
    assert len(mail_server.received) == 5
    assert not Delivery.objects.exists()


def test_one_that_is_refused_for_now_is_tried_again_only_while_it_has_not_been_answered(
    round_: Round, mail_server: MailServer
) -> None:
    for address in ("mens1@example.test", "mens2@example.test"):
        mail_server.answers[address] = ["450 later", "250 OK"]
    mailing = mailing_of(round_, "reminder")
    assert do_job(mailing).result == "later"
    answered(round_, "mens1@example.test")
    Mailing.objects.filter(pk=mailing.pk).update(waits_until=None)
    do_job(mailing)
    assert mail_server.counts == dict.fromkeys(set(addresses(round_)) - {"mens1@example.test"}, 1)
    assert not Delivery.objects.exists()


def test_two_workers_cannot_both_claim_one_delivery(round_: Round, mail_server: MailServer) -> None:
    mailing = mailing_of(round_, "reminder")
    assert deliveries.begin(mailing)
    assert not deliveries.begin(mailing)
    (first, *_rest) = rows(mailing)
    assert deliveries.claim(mailing, first)
    assert not deliveries.claim(mailing, first)


def test_a_worker_that_was_taken_over_writes_nothing_down_any_more(round_: Round, mail_server: MailServer) -> None:
    mailing = mailing_of(round_, "reminder")
    deliveries.begin(mailing)
    (first, *_rest) = rows(mailing)
    deliveries.claim(mailing, first)
    deliveries.settle_what_died(mailing)
    deliveries.delivered(mailing, first)
    deliveries.put_back(first)
    assert fresh(mailing).uncertain == 1
    assert first.pk not in {row.pk for row in rows(mailing)}


def test_the_queries_do_not_tell_either(round_: Round, mail_server: MailServer) -> None:
    """No counter of the mailing is touched for a reminder that was delivered."""
    mailing = mailing_of(round_, "reminder")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        do_job(mailing)
    written = [query["sql"] for query in queries if query["sql"].startswith('UPDATE "scan_mailing"')]
    assert len(written) == 2  # it began, it ended


def test_a_second_job_finds_nothing_to_do(round_: Round, mail_server: MailServer) -> None:
    mailing = mailing_of(round_, "reminder")
    job = do_job(mailing)
    run(job.pk)
    do_job(mailing)
    assert mail_server.counts == dict.fromkeys(addresses(round_), 1)
