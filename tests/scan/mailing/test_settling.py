"""A link that is sent once more takes the place of what is left of earlier mails: nobody gets a second one."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from organisations.commands import InputError
from organisations.models import Person, User
from reports.attention import attention
from scan.mailing.planning import send_refused_again, send_single
from scan.models import Delivery, Mailing, Round
from scan.people.changing import correct_address, send_again
from tests.cast import Cast
from tests.scan.mailing.conftest import Clock
from tests.scan.mailing.mail_server import HANG_UP, MailServer
from tests.scan.mailing.sending_out import addresses, asked_round, do_job, fresh, invitations, mailing_of, rows

FIRST, NEW = "mens0@example.test", "beter@example.test"


@pytest.fixture
def round_(in_scope: Cast, clock: Clock, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch) -> Round:
    """Four people; people and mails are looked at by the same clock."""
    monkeypatch.setattr("scan.mailing.planning.accepts_answers", lambda round_: True)
    monkeypatch.setattr("scan.people.changing.accepts_answers", lambda round_: True)
    return asked_round(in_scope, people=4)


def first(round_: Round) -> Person:
    return Person.objects.select_related("organisation").get(email=FIRST)


def test_a_corrected_address_is_no_longer_refused_and_gets_one_mail(round_: Round, mail_server: MailServer) -> None:
    mail_server.answers[FIRST] = ["550 5.1.1 unknown"]
    invitation = mailing_of(round_)
    do_job(invitation)
    assert fresh(invitation).refused == 1
    assert correct_address(round_, first(round_), NEW)
    assert (fresh(invitation).refused, fresh(invitation).total, fresh(invitation).sent) == (0, 3, 3)
    do_job(mailing_of(round_, "single"))
    assert mail_server.counts[NEW] == 1
    assert not Delivery.objects.exists()
    with pytest.raises(InputError):
        send_refused_again(fresh(invitation))
    assert mail_server.counts[NEW] == 1


def test_home_and_the_page_say_nothing_of_it_any_more(
    round_: Round, mail_server: MailServer, in_scope: Cast, as_user: Callable[[Any], Client]
) -> None:
    User.objects.update(language="en")
    mail_server.answers[FIRST] = ["550 5.1.1 unknown"]
    do_job(mailing_of(round_))
    client, page = as_user(in_scope.anna), f"/o/{round_.organisation.slug}/r/{round_.slug}/mail/"
    assert "Addresses that were refused" in client.get(page).content.decode()
    correct_address(round_, first(round_), NEW)
    assert "refused" not in client.get(page).content.decode()
    with translation.override("en"):
        todo = attention([(in_scope.organisation, [round_])])[in_scope.organisation.pk]
    assert not [item for item in todo if "refused" in item.text]


def test_sending_again_settles_what_was_uncertain(round_: Round, mail_server: MailServer) -> None:
    mail_server.at_content = [HANG_UP, "250 OK"]
    do_job(mailing_of(round_))
    (row,) = Delivery.objects.select_related("invitation__person__organisation")
    assert row.state == "uncertain"
    assert row.invitation is not None
    assert row.invitation.person is not None
    send_again(round_, row.invitation.person)
    assert fresh(mailing_of(round_)).uncertain == 0
    assert [left.mailing.kind for left in Delivery.objects.select_related("mailing")] == ["single"]


def test_a_single_mail_that_was_refused_is_settled_by_the_next(round_: Round, mail_server: MailServer) -> None:
    do_job(mailing_of(round_))
    mail_server.answers[FIRST] = ["550 unknown"]
    send_again(round_, first(round_))
    do_job(mailing_of(round_, "single"))
    assert len(rows(mailing_of(round_, "single"), "refused")) == 1
    correct_address(round_, first(round_), NEW)
    assert fresh(mailing_of(round_, "single")).refused == 0
    do_job(mailing_of(round_, "single", 2))
    assert not Delivery.objects.exists()


def test_who_still_waits_for_a_turn_gets_one_mail_at_the_new_address(round_: Round, mail_server: MailServer) -> None:
    """The invitation is stopped halfway; then it goes on."""
    invitation = mailing_of(round_)
    waiting = [Delivery(mailing=invitation, invitation=one) for one in invitations(round_)]
    Delivery.objects.bulk_create(waiting)
    Mailing.objects.filter(pk=invitation.pk).update(state="stopped", total=4)
    correct_address(round_, first(round_), NEW)
    assert (len(rows(invitation)), fresh(invitation).total) == (3, 3)
    do_job(mailing_of(round_, "single"))
    Mailing.objects.filter(pk=invitation.pk).update(state="running")
    do_job(invitation)
    assert mail_server.counts == dict.fromkeys(addresses(round_), 1)


def test_a_single_mail_that_waits_is_replaced(round_: Round, mail_server: MailServer) -> None:
    do_job(mailing_of(round_))
    (invitation, *_rest) = invitations(round_)
    send_single(round_, invitation)
    send_single(round_, invitation)
    for number in (1, 2):
        assert do_job(mailing_of(round_, "single", number)).state == "done"
    assert mail_server.counts[FIRST] == 2
    assert [mailing_of(round_, "single", number).sent for number in (1, 2)] == [0, 1]


def test_an_address_corrected_before_the_invitation_gets_only_that(
    round_: Round, mail_server: MailServer, in_scope: Cast, as_user: Callable[[Any], Client]
) -> None:
    User.objects.update(language="en")
    page = f"/o/{round_.organisation.slug}/r/{round_.slug}/people/{first(round_).pk}/"
    done = as_user(in_scope.anna).post(page, {"action": "address", "email": NEW}, follow=True)
    assert "The address has been saved. The link goes there with the invitations." in done.content.decode()
    assert not Mailing.objects.filter(kind="single").exists()
    do_job(mailing_of(round_))
    assert mail_server.counts[NEW] == 1
