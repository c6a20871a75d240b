"""Everybody gets exactly one mail, in the own language, from the organisation's sender."""

import logging
import re

import pytest
from django.test import Client

from organisations.models import Organisation, Person
from scan.mailing.planning import send_single
from scan.models import Delivery, Invitation, Mailing, Round
from scan.tokens import link_of
from tests.cast import Cast
from tests.scan.mailing.conftest import Clock
from tests.scan.mailing.mail_server import MailServer
from tests.scan.mailing.sending_out import addresses, asked_round, do_job, fresh, invitations, mailing_of, rows


def test_everybody_with_an_address_gets_exactly_one(in_scope: Cast, clock: Clock, mail_server: MailServer) -> None:
    round_ = asked_round(in_scope, people=12)
    Person.objects.filter(email="mens3@example.test").update(email="")
    Person.objects.filter(email="mens5@example.test").update(left_on=clock.moment.date())
    mailing = mailing_of(round_)
    job = do_job(mailing)
    wanted = {f"mens{number}@example.test" for number in range(12)} - {"mens3@example.test", "mens5@example.test"}
    assert mail_server.counts == dict.fromkeys(wanted, 1)
    assert (job.state, job.done, job.total) == ("done", 10, 10)
    done = fresh(mailing)
    assert (done.state, done.sent, done.total, done.refused, done.uncertain) == ("done", 10, 10, 0, 0)
    assert done.finished_on == clock.moment.date()
    assert not Delivery.objects.exists()


def test_all_mails_go_over_one_connection(in_scope: Cast, clock: Clock, mail_server: MailServer) -> None:
    do_job(mailing_of(asked_round(in_scope, people=6)))
    assert mail_server.connections == 1


def test_the_order_of_sending_is_not_that_of_the_staff_list(
    in_scope: Cast, clock: Clock, mail_server: MailServer
) -> None:
    do_job(mailing_of(asked_round(in_scope, people=40)))
    order = [int(re.sub(r"\D", "", mail.recipient)) for mail in mail_server.received]
    assert sorted(order) == list(range(40))
    assert order != sorted(order)


def test_doing_it_once_more_sends_nothing(in_scope: Cast, clock: Clock, mail_server: MailServer) -> None:
    mailing = mailing_of(asked_round(in_scope))
    do_job(mailing)
    do_job(mailing)
    assert len(mail_server.received) == 4


def test_each_link_is_the_own_one_and_stands_in_both_parts(
    in_scope: Cast, clock: Clock, mail_server: MailServer
) -> None:
    round_ = asked_round(in_scope)
    do_job(mailing_of(round_))
    for invitation in invitations(round_):
        assert invitation.person is not None
        mail = mail_server.mail_to(invitation.person.email)
        link = link_of(invitation.pk)
        assert link in mail.text.splitlines()
        assert mail.html.count(f'href="{link}"') == 1


def test_the_mail_is_in_the_language_of_the_person_as_far_as_the_round_has_it(
    in_scope: Cast, clock: Clock, mail_server: MailServer
) -> None:
    round_ = asked_round(in_scope, people=2)
    Invitation.objects.filter(person__email="mens1@example.test").update(language="en")
    do_job(mailing_of(round_))
    dutch, english = (mail_server.mail_to(f"mens{number}@example.test") for number in (0, 1))
    assert "Invullen kan tot en met 27 maart 2026" in dutch.text
    assert '<html lang="nl">' in dutch.html
    assert "You can answer until 27 March 2026" in english.text
    assert '<html lang="en">' in english.html
    assert english.mail["Subject"] == "How do we learn here? Fill in the learning scan (8 minutes)"


def test_a_language_that_the_round_does_not_have_is_not_used(
    in_scope: Cast, clock: Clock, mail_server: MailServer
) -> None:
    round_ = asked_round(in_scope, people=1)
    Round.objects.filter(pk=round_.pk).update(languages=["nl"])
    Invitation.objects.update(language="en")
    do_job(mailing_of(round_))
    assert "Beste Mens 0," in mail_server.received[0].text


def test_the_head_of_a_mail(in_scope: Cast, clock: Clock, mail_server: MailServer) -> None:
    Organisation.objects.filter(pk=in_scope.organisation.pk).update(
        sender_name="Zoë van HR", sender_address="hr@delinde.test", reply_address="vragen@delinde.test"
    )
    in_scope.organisation.refresh_from_db()
    do_job(mailing_of(asked_round(in_scope, people=1)))
    (received,) = mail_server.received
    head = received.mail
    assert head["From"] == "Zoë van HR <hr@delinde.test>"
    assert received.sender == "hr@delinde.test"
    assert head["Reply-To"] == "vragen@delinde.test"
    assert head["Auto-Submitted"] == "auto-generated"
    assert head["X-Auto-Response-Suppress"] == "All"
    assert head["Message-ID"].endswith("@delinde.test>")
    assert head["List-Unsubscribe"] is None
    assert "<img" not in received.html
    assert len(re.findall(r"https?://", received.html)) == 2


def test_without_a_sender_of_its_own_the_installation_sends(
    in_scope: Cast, clock: Clock, mail_server: MailServer
) -> None:
    do_job(mailing_of(asked_round(in_scope, people=1)))
    assert "<leerscan@localhost>" in mail_server.received[0].mail["From"]


def test_own_texts_are_filled_in_and_what_people_write_is_escaped(
    in_scope: Cast, clock: Clock, mail_server: MailServer
) -> None:
    round_ = asked_round(in_scope, people=1)
    Person.objects.update(given_name="<b>Bo</b> {link}")
    text = {"subject": "Voor {first_name}\nX: y", "body": "Dag {first_name} & {manager},\n{link}\nTot {closes}."}
    Round.objects.filter(pk=round_.pk).update(mail_texts={"invitation": {"nl": text}})
    do_job(mailing_of(round_))
    mail = mail_server.received[0]
    link = link_of(Invitation.objects.get().pk)
    assert mail.mail["Subject"] == "Voor <b>Bo</b> {link} X: y"
    assert mail.text == f"Dag <b>Bo</b> {{link}} & leidinggevende,\n{link}\nTot 27 maart 2026.\n"
    assert "&lt;b&gt;Bo&lt;/b&gt; {link} &amp; leidinggevende" in mail.html
    assert "<b>" not in mail.html
    assert mail.html.count(link) == 2  # the button, and the address below it


def test_no_token_is_in_the_log(
    in_scope: Cast, clock: Clock, mail_server: MailServer, caplog: pytest.LogCaptureFixture
) -> None:
    round_ = asked_round(in_scope, people=2)
    mail_server.answers["mens0@example.test"] = ["550 no such user"]
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.CRITICAL, "mail.log")  # the test's own server
    do_job(mailing_of(round_))
    for invitation in invitations(round_):
        assert link_of(invitation.pk).split("/a/")[1].strip("/") not in caplog.text
    assert "mens0@" not in caplog.text


def test_who_left_since_it_began_is_not_sent_to(in_scope: Cast, clock: Clock, mail_server: MailServer) -> None:
    round_ = asked_round(in_scope)
    mailing = mailing_of(round_)
    mail_server.at_sender = ["250 OK", "451 come back"]
    do_job(mailing)
    Person.objects.filter(email__in=addresses(round_)).exclude(email=mail_server.received[0].recipient).update(email="")
    mail_server.at_sender = []
    do_job(mailing)
    done = fresh(mailing)
    assert (done.state, done.sent, done.total) == ("done", 1, 1)


def test_a_single_mail_goes_out_at_any_hour_whether_it_was_used_or_not(
    in_scope: Cast, clock: Clock, mail_server: MailServer
) -> None:
    round_ = asked_round(in_scope, people=2)
    clock.set("2026-03-07T23:10")  # a Saturday
    first, second = invitations(round_)
    Invitation.objects.filter(pk=first.pk).update(used=True)
    mailings = [send_single(round_, invitation) for invitation in (first, second)]
    assert [mailing.number for mailing in mailings] == [1, 2]
    for mailing in mailings:
        assert do_job(mailing).state == "done"
        assert rows(mailing) == []
    assert mail_server.counts == {"mens0@example.test": 1, "mens1@example.test": 1}
    assert "Dit is je eigen link" in mail_server.received[0].text
    shown = [Mailing.objects.filter(pk=mailing.pk).values("state", "sent", "total").get() for mailing in mailings]
    assert shown[0] == shown[1]


def test_a_received_link_opens_the_questionnaire(
    in_scope: Cast, clock: Clock, mail_server: MailServer, client: Client
) -> None:
    do_job(mailing_of(asked_round(in_scope, people=1)))
    (link,) = re.findall(r"/a/\S+", mail_server.received[0].text)
    assert client.get(link).status_code == 200
