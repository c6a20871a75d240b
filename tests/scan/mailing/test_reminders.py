"""Who got a reminder, and how many did, is a secret: of that nothing is shown, counted or kept."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jobs.models import Job
from jobs.running import run
from organisations.models import LogEntry, Person
from scan.mailing import deliveries, sending, watching
from scan.mailing.pace import Pace
from scan.mailing.planning import send_single
from scan.models import Delivery, Invitation, Mailing, Round
from tests.cast import Cast
from tests.scan.mailing.conftest import Clock
from tests.scan.mailing.mail_server import HANG_UP, MailServer
from tests.scan.mailing.sending_out import addresses, answered, asked_round, do_job, fresh, mailing_of, rows

UNANSWERED = (6, 2, 0)


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
    report = watching.Watch.report

    def look(watch: watching.Watch) -> None:
        report(watch)
        job = Job.objects.get(pk=watch._progress.job_id)
        now = fresh(watch._mailing)
        seen.append((job.done, job.total, now.total, now.sent, now.refused))

    monkeypatch.setattr(watching.Watch, "report", look)
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


def test_one_that_is_refused_for_now_is_not_tried_again_and_nothing_shows(
    round_: Round, mail_server: MailServer
) -> None:
    """“The next try is at 10:10” would tell that this person, whose mailbox is busy, has not answered."""
    mail_server.answers["mens1@example.test"] = ["450 later", "250 OK"]
    mailing = mailing_of(round_, "reminder")
    do_job(mailing)
    do_job(mailing)
    assert mail_server.counts == dict.fromkeys(set(addresses(round_)) - {"mens1@example.test"}, 1)
    done = fresh(mailing)
    assert (done.state, done.waits_until, done.refused, done.uncertain) == ("done", None, 0, 0)
    assert not Delivery.objects.exists()


@pytest.mark.parametrize("answer", ["530 log in first", "535 no", "421 closing", HANG_UP])
@pytest.mark.parametrize("has_answered", [False, True])
def test_what_the_server_says_of_one_address_halts_nothing(
    has_answered: bool, answer: str, round_: Round, mail_server: MailServer
) -> None:
    """Somebody may have chosen that address so that it does: then a halt would tell that it got a reminder."""
    if has_answered:
        answered(round_, "mens2@example.test")
    mail_server.answers["mens2@example.test"] = [answer]
    mailing = mailing_of(round_, "reminder")
    job = do_job(mailing)
    done = fresh(mailing)
    assert (done.state, done.trouble, job.state) == ("done", "", "done")
    assert set(mail_server.counts) == {f"mens{number}@example.test" for number in (0, 1, 3, 4, 5)}


def test_no_report_comes_back_about_a_reminder(round_: Round, mail_server: MailServer) -> None:
    mail_server.knows_notices = True
    do_job(mailing_of(round_, "reminder"))
    assert mail_server.notices == [False] * 6
    send_single(round_, Invitation.objects.get(person__email="mens1@example.test"))
    do_job(mailing_of(round_, "single"))
    assert mail_server.notices == [False] * 6 + [True]
    assert len(mail_server.received) == 7


def test_everybody_has_a_row_and_takes_as_long(
    round_: Round, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    everybody = addresses(round_)
    for number, who in enumerate(UNANSWERED):
        mailing = prepared(round_, number, everybody[who:])
        waits: list[int] = []
        monkeypatch.setattr(Pace, "wait", lambda pace, waits=waits: waits.append(1))
        deliveries.begin(mailing)
        assert len(rows(mailing)) == 6
        mail_server.received.clear()
        do_job(mailing)
        assert len(mail_server.received) == who
        assert len(waits) == 6 + 1


def test_the_line_is_tested_again_and_again_also_when_nobody_is_left(
    round_: Round, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "TURNS_OF_ONE_CHECK", 2)
    do_job(prepared(round_, 0, addresses(round_)))
    assert mail_server.traffic == ["MAIL"] * 3  # and no RCPT


def test_trouble_that_is_over_is_forgotten_also_when_nobody_is_left(round_: Round, mail_server: MailServer) -> None:
    mail_server.at_sender = ["451 busy", "250 OK"]
    mailing = prepared(round_, 0, addresses(round_))
    job = do_job(mailing)
    assert fresh(mailing).trouble == "busy"
    run(job.pk)
    assert (fresh(mailing).state, fresh(mailing).trouble) == ("done", "")


def test_it_makes_way_after_as_many_rows_whoever_is_left(
    round_: Round, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "_another_job_waits", lambda: True)
    everybody = addresses(round_)
    for number, who in enumerate(UNANSWERED):
        mailing = prepared(round_, number, everybody[who:])
        assert [do_job(mailing).result for _turn in range(7)] == ["made way"] * 5 + ["pass is over"] * 2


TROUBLES = {
    "none": {},
    "refused for now": {"answers": "450 later"},
    "refused": {"answers": "550 unknown"},
    "sender": {"at_sender": "550 not you"},
    "sender for now": {"at_sender": "451 busy"},
    "hangs up": {"at_sender": HANG_UP},
}


@pytest.mark.parametrize("trouble", TROUBLES)
def test_page_log_and_job_are_the_same_whoever_is_left(
    round_: Round,
    mail_server: MailServer,
    as_user: Callable[[Any], Client],
    in_scope: Cast,
    caplog: pytest.LogCaptureFixture,
    trouble: str,
) -> None:
    caplog.set_level("INFO")
    caplog.set_level("CRITICAL", "mail.log")
    anna, everybody, seen = as_user(in_scope.anna), addresses(round_), []
    for number, who in enumerate(UNANSWERED):
        mailing = prepared(round_, number, everybody[who:])
        LogEntry.objects.all().delete()
        Job.objects.all().delete()
        caplog.clear()
        answer = TROUBLES[trouble]
        mail_server.answers = {address: [answer["answers"]] for address in everybody if "answers" in answer}
        mail_server.at_sender = [answer["at_sender"]] if "at_sender" in answer else []
        shown = [page_of(anna, round_, mailing)]
        job = do_job(mailing)
        shown.append(page_of(anna, round_, mailing))
        now = fresh(mailing)
        kept = (now.state, now.total, now.sent, now.refused, now.uncertain, now.trouble, now.waits_until is None)
        lines = [record.getMessage().replace(str(job.pk), "job") for record in caplog.records]
        log = list(LogEntry.objects.order_by("at").values_list("action", "subject"))
        work = (job.state, job.result, job.fault, job.tries, job.done, job.total)
        seen.append((shown, kept, lines, log, work, len(rows(mailing))))
    assert seen[0] == seen[1] == seen[2]
    assert seen[0][1][0] == ("running" if "at_sender" in TROUBLES[trouble] else "done")


def prepared(round_: Round, number: int, who_answered: list[str]) -> Mailing:
    """Today's reminder, anew, when these have answered."""
    Mailing.objects.filter(round=round_).delete()
    Invitation.objects.filter(round=round_).update(used=False)
    answered(round_, *who_answered)
    return Mailing.objects.create(round=round_, kind="reminder", number=number + 1, planned_on="2026-03-10")


def page_of(client: Client, round_: Round, mailing: Mailing) -> str:
    text = client.get(f"/o/{round_.organisation.slug}/r/{round_.slug}/mail/").content.decode()
    main = text[text.index("<main") : text.index("</main>")].replace(str(mailing.pk), "mailing")
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", main)


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
