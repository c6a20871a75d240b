"""What the mail server refuses: one address, a mail for now, or everything; and a line that breaks."""

import pytest
from django.utils import translation
from pytest_django import Settings

from jobs.models import Job
from jobs.running import run
from organisations.models import Organisation
from scan.mailing.planning import resume, send_again, send_refused_again
from scan.mailing.remedies import TROUBLES, remedy_of
from scan.mailing.starting import start_due
from scan.models import Delivery, Invitation, Mailing
from tests.cast import Cast
from tests.scan.mailing.conftest import Clock
from tests.scan.mailing.mail_server import HANG_UP, MailServer
from tests.scan.mailing.sending_out import addresses, asked_round, do_job, fresh, mailing_of, rows

FIRST = "mens0@example.test"


@pytest.fixture
def mailing(in_scope: Cast, clock: Clock, mail_server: MailServer) -> Mailing:
    """The invitation of four people."""
    return mailing_of(asked_round(in_scope, people=4))


def others(mailing: Mailing) -> dict[str, int]:
    return dict.fromkeys(set(addresses(mailing.round)) - {FIRST}, 1)


def test_a_refused_address_is_kept_with_the_servers_code_and_the_others_get_theirs(
    mailing: Mailing, mail_server: MailServer
) -> None:
    mail_server.answers[FIRST] = ["550 5.1.1 no such user"]
    assert do_job(mailing).state == "done"
    assert mail_server.counts == others(mailing)
    (row,) = rows(mailing)
    assert (row.state, row.code) == ("refused", "550 5.1.1")
    done = fresh(mailing)
    assert (done.state, done.sent, done.refused, done.total) == ("done", 3, 1, 4)


def test_a_server_that_hangs_up_with_its_refusal_holds_up_nobody_else(
    mailing: Mailing, mail_server: MailServer
) -> None:
    mail_server.answers[FIRST] = ["550 5.1.1 no such user"]
    mail_server.hangs_up_when_it_refuses = True
    assert do_job(mailing).state == "done"
    assert mail_server.counts == others(mailing)
    (row,) = rows(mailing)
    assert (row.state, row.code) == ("refused", "550 5.1.1")


@pytest.mark.parametrize(("answer", "state"), [("450 4.7.1 too many mails", "waiting"), ("554 5.7.1 no", "refused")])
def test_a_refusal_before_the_content_is_about_one_mail(
    answer: str, state: str, mailing: Mailing, mail_server: MailServer
) -> None:
    mail_server.at_data = [answer, "354 go on"]
    do_job(mailing)
    assert fresh(mailing).trouble == ""
    (row,) = rows(mailing)
    assert (row.state, row.code) == (state, answer[:9])
    assert len(mail_server.received) == 3


def test_content_that_is_refused_counts_as_a_refusal(mailing: Mailing, mail_server: MailServer) -> None:
    mail_server.at_content = ["554 5.7.1 looks like spam", "250 OK"]
    do_job(mailing)
    (row,) = rows(mailing)
    assert (row.state, row.code) == ("refused", "554 5.7.1")
    assert len(mail_server.received) == 3


def later(mailing: Mailing) -> None:
    """Ten minutes pass."""
    assert fresh(mailing).waits_until is not None
    start_due()
    assert not Job.objects.filter(key=str(mailing.pk), state__in=Job.UNFINISHED).exists()
    Mailing.objects.filter(pk=mailing.pk).update(waits_until="2026-01-01T00:00Z")


def again(mailing: Mailing) -> None:
    start_due()
    run(Job.objects.get(key=str(mailing.pk), state__in=Job.UNFINISHED).pk)


def test_who_is_refused_for_now_gets_it_at_a_later_try(mailing: Mailing, mail_server: MailServer) -> None:
    mail_server.answers[FIRST] = ["451 4.7.1 greylisted", "451 4.7.1 greylisted", "250 OK"]
    assert do_job(mailing).result == "later"
    assert mail_server.counts == others(mailing)
    assert fresh(mailing).state == "running"
    later(mailing)
    again(mailing)
    later(mailing)
    again(mailing)
    assert mail_server.counts == others(mailing) | {FIRST: 1}
    assert fresh(mailing).state == "done"
    assert rows(mailing) == []


def test_after_three_times_for_now_is_a_refusal(mailing: Mailing, mail_server: MailServer) -> None:
    mail_server.answers[FIRST] = ["451 4.7.1 greylisted"]
    do_job(mailing)
    for _try in range(2):
        later(mailing)
        again(mailing)
    (row,) = rows(mailing)
    assert (row.state, row.code) == ("refused", "451 4.7.1")
    assert fresh(mailing).state == "done"


@pytest.mark.parametrize(
    ("answer", "trouble"),
    [("550 sender not allowed", "sender"), ("530 log in first", "login"), ("451 too many", "busy")],
)
def test_a_refused_sender_stops_the_mailing_and_nothing_is_lost(
    mailing: Mailing, mail_server: MailServer, answer: str, trouble: str
) -> None:
    mail_server.at_sender = ["250 OK", answer]
    job = do_job(mailing)
    assert (job.state, job.fault) == ("waiting", "TroubleError")
    assert (fresh(mailing).state, fresh(mailing).trouble) == ("running", trouble)
    assert {row.state for row in rows(mailing)} == {"waiting"}
    for _try in range(2):
        run(job.pk)
    job.refresh_from_db()
    assert job.state == "failed"
    start_due()
    assert not Job.objects.filter(state__in=Job.UNFINISHED).exists()
    mail_server.at_sender = []
    resume(fresh(mailing))
    again(mailing)
    assert mail_server.counts == dict.fromkeys(addresses(mailing.round), 1)
    assert (fresh(mailing).state, fresh(mailing).trouble) == ("done", "")


def test_trouble_that_is_over_at_the_next_try_is_forgotten(mailing: Mailing, mail_server: MailServer) -> None:
    mail_server.at_sender = ["451 too many", "250 OK"]
    job = do_job(mailing)
    run(job.pk)
    assert (fresh(mailing).state, fresh(mailing).trouble) == ("done", "")


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
@pytest.mark.filterwarnings("ignore:auth_required == True but auth_require_tls == False")
def test_a_refused_login_is_said(mailing: Mailing, settings: Settings) -> None:
    strict = MailServer(login=("leerscan", "wrong"))
    strict.start()
    settings.MAILERS = strict.settings
    assert do_job(mailing).fault == "TroubleError"
    strict.stop()
    assert fresh(mailing).trouble == "login"
    assert len(rows(mailing, "waiting")) == 4


def test_a_server_that_is_not_there_is_said(mailing: Mailing, mail_server: MailServer) -> None:
    mail_server.stop()
    assert do_job(mailing).fault == "TroubleError"
    assert fresh(mailing).trouble == "connection"
    assert len(rows(mailing, "waiting")) == 4
    mail_server.start()
    run(Job.objects.get().pk)
    assert fresh(mailing).state == "done"
    assert mail_server.counts == dict.fromkeys(addresses(mailing.round), 1)


def test_every_trouble_has_words(mailing: Mailing) -> None:
    assert {"connection", "login", "encryption", "sender", "busy", "fault"} == set(TROUBLES)


def test_a_server_that_hangs_up_before_a_mail_is_dialled_again(mailing: Mailing, mail_server: MailServer) -> None:
    mail_server.at_sender = ["250 OK", "250 OK", HANG_UP, "250 OK"]
    assert do_job(mailing).state == "done"
    assert mail_server.counts == dict.fromkeys(addresses(mailing.round), 1)
    assert mail_server.connections == 2
    assert fresh(mailing).uncertain == 0


def test_a_server_that_says_421_is_dialled_again(mailing: Mailing, mail_server: MailServer) -> None:
    mail_server.at_sender = ["250 OK", "421 4.3.2 shutting down", "250 OK"]
    assert do_job(mailing).state == "done"
    assert mail_server.counts == dict.fromkeys(addresses(mailing.round), 1)


@pytest.mark.parametrize("is_taken", [True, False])
def test_a_line_that_breaks_while_the_mail_is_taken_leaves_one_uncertain(
    mailing: Mailing, mail_server: MailServer, is_taken: bool
) -> None:
    mail_server.takes_content_before_hanging_up = is_taken
    mail_server.at_content = ["250 OK", HANG_UP, "250 OK"]
    assert do_job(mailing).state == "done"
    (row,) = rows(mailing)
    assert row.state == "uncertain"
    assert max(mail_server.counts.values()) == 1
    assert len(mail_server.received) == (4 if is_taken else 3)
    assert (fresh(mailing).uncertain, fresh(mailing).sent) == (1, 3)


def test_an_address_that_is_none_is_refused_without_asking_the_server(
    mailing: Mailing, mail_server: MailServer
) -> None:
    Invitation.objects.filter(address=FIRST).update(address="zoë@example.test")
    do_job(mailing)
    (row,) = rows(mailing)
    assert (row.state, row.code) == ("refused", "address")
    assert len(mail_server.received) == 3


@pytest.mark.parametrize("kind", ["invitation", "reminder"])
def test_a_sender_that_is_none_is_trouble_and_no_fault_of_the_addresses(
    mailing: Mailing, clock: Clock, mail_server: MailServer, kind: str
) -> None:
    Organisation.objects.update(sender_name="Zorggroep\nDe Linde", sender_address="scan@delinde.test")
    if kind == "reminder":
        clock.set("2026-03-10T10:00")
        mailing.delete()
    asking = mailing_of(mailing.round, kind)
    assert do_job(asking).fault == "TroubleError"
    assert fresh(asking).trouble == "sender"
    assert {row.state for row in rows(asking)} == {"waiting"}
    Organisation.objects.update(sender_name="Zorggroep De Linde")
    resume(fresh(asking))
    again(asking)
    assert mail_server.counts == dict.fromkeys(addresses(mailing.round), 1)


def test_a_fault_of_our_own_is_said_too(mailing: Mailing, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scan.mailing.sending.mail_for", lambda *arguments: 1 / 0)
    assert do_job(mailing).fault == "ZeroDivisionError"
    assert fresh(mailing).trouble == "fault"
    assert len(rows(mailing, "waiting")) == 4


def test_one_refused_address_is_sent_again_by_itself(mailing: Mailing, mail_server: MailServer) -> None:
    mail_server.answers[FIRST] = ["550 no such user", "250 OK"]
    do_job(mailing)
    (row,) = rows(mailing)
    single = send_again(row)
    assert (fresh(mailing).refused, fresh(mailing).total, single.kind) == (0, 3, "single")
    do_job(single)
    assert mail_server.counts == others(mailing) | {FIRST: 1}
    assert not Delivery.objects.exists()


def test_all_refused_addresses_are_sent_again_at_once(mailing: Mailing, mail_server: MailServer) -> None:
    for address in addresses(mailing.round):
        mail_server.answers[address] = ["554 5.7.1 relay access denied", "250 OK"]
    do_job(mailing)
    assert fresh(mailing).refused == 4
    send_refused_again(mailing)
    again(mailing)
    assert mail_server.counts == dict.fromkeys(addresses(mailing.round), 1)
    done = fresh(mailing)
    assert (done.state, done.sent, done.refused) == ("done", 4, 0)


@pytest.mark.parametrize(
    ("code", "word"),
    [
        ("550", "does not know"),
        ("550 5.1.1", "does not know"),
        ("553", "does not know"),
        ("552", "full"),
        ("550 5.2.2", "full"),
        ("554", "rules"),
        ("550 5.7.1", "rules"),
        ("451 4.7.1", "three times"),
        ("address", "not a valid"),
        ("599", "refused this mail"),
    ],
)
def test_a_code_has_a_remedy_in_plain_words(code: str, word: str) -> None:
    with translation.override("en"):
        assert word in str(remedy_of(code).what)
        assert str(remedy_of(code).then)
