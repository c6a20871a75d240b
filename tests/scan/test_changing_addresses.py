"""Another address while a scan is open: nobody may read at it what somebody filled in, or whether somebody answered."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from jobs.models import Job
from organisations.commands import InputError
from organisations.models import Person
from reports.attention import attention
from reports.closing import close_here
from scan.answering import drafts
from scan.answering.boxes import Sheet
from scan.answering.submitting import submit
from scan.locks import use_once
from scan.mailing import deliveries, recipients
from scan.mailing.starting import start_due
from scan.models import Delivery, Draft, Invitation, Mailing, Plan, Round
from scan.participants import LinkError, find_participant
from scan.people.changing import add_person, correct_address, send_again
from scan.tokens import token_of
from tests.cast import Cast
from tests.scan.asking import ITEM_IDS
from tests.scan.changes import Running, running_round
from tests.scan.mailing.conftest import mail_server  # noqa: F401 -- a fixture
from tests.scan.mailing.mail_server import MailServer
from tests.scan.mailing.sending_out import do_job

AsUser = Callable[[Any], Client]
NEW = "nieuw@linde.test"


@pytest.fixture
def running(in_scope: Cast) -> Running:
    return running_round(in_scope)


def link(invitation: Invitation) -> str:
    return f"/a/{token_of(invitation.pk)}/"


@pytest.mark.parametrize("has_answered", [False, True])
def test_a_link_that_is_out_is_replaced_by_another(has_answered: bool, running: Running, as_user: AsUser) -> None:
    jan = running.east[3]
    before = running.invitation(jan)
    if has_answered:
        assert use_once(before.pk)
    else:
        drafts.save(find_participant(token_of(before.pk)), Sheet(dict.fromkeys(ITEM_IDS[:7], 1)))
    correct_address(running.round, jan, NEW)
    after = running.invitation(jan)
    assert after.pk != before.pk
    assert (after.address, after.used, after.unit_id, after.gets_reminders) == (
        NEW,
        has_answered,
        before.unit_id,
        False,
    )
    assert not Draft.objects.exists()
    nobody = as_user(None)
    assert nobody.get(link(before)).status_code == 404
    page = nobody.get(f"{link(after)}1/")
    assert page.status_code == (410 if has_answered else 200)
    assert " checked" not in page.content.decode()
    assert Invitation.objects.filter(round=running.round, person=jan).count() == 1


def test_the_former_address_is_told_and_gets_no_link(
    running: Running,
    mail_server: MailServer,  # noqa: F811 -- the fixture
) -> None:
    jan = running.east[3]
    correct_address(running.round, jan, NEW)
    do_job(Mailing.objects.get(kind=Mailing.Kind.NOTICE))
    do_job(Mailing.objects.get(kind=Mailing.Kind.SINGLE))
    notice, single = mail_server.received
    assert (notice.recipient, single.recipient) == ("mens3@example.test", NEW)
    assert "/a/" not in notice.text
    assert "/a/" not in notice.html
    assert token_of(running.invitation(jan).pk) in single.text
    assert "werkt niet meer" in notice.text


def test_a_former_address_that_does_not_exist_shows_nowhere(
    running: Running,
    as_user: AsUser,
    mail_server: MailServer,  # noqa: F811 -- the fixture
) -> None:
    mail_server.answers["mens3@example.test"] = ["550 unknown"]
    correct_address(running.round, running.east[3], NEW)
    do_job(Mailing.objects.get(kind=Mailing.Kind.NOTICE))
    page = as_user(running.cast.anna).get(f"/o/{running.cast.organisation.slug}/r/{running.round.slug}/mail/")
    assert "mens3@example.test" not in page.content.decode()
    assert page.context["page"].refused == []


@pytest.mark.parametrize("has_answered", [False, True])
def test_no_reminder_goes_to_whoever_reads_at_another_address(
    has_answered: bool,
    running: Running,
    mail_server: MailServer,  # noqa: F811 -- the fixture
) -> None:
    """Otherwise a reminder, or none, would tell there whether this person has answered."""
    for person in running.east:
        correct_address(running.round, person, f"spy+{person.number}@linde.test")
    if has_answered:
        assert use_once(running.invitation(running.east[3]).pk)
    do_job(reminder_of(running))
    assert set(mail_server.counts) == {person.email for person in running.night}


def test_who_is_added_gets_the_invitation_itself_and_later_on_the_link_once_more(
    running: Running,
    mail_server: MailServer,  # noqa: F811 -- the fixture
) -> None:
    new = running.new_person()
    add_person(running.round, new, running.unit("Zorg / Wijkteam Oost"), as_leader=False)
    do_job(Mailing.objects.get(kind=Mailing.Kind.SINGLE))
    send_again(running.round, new)
    do_job(Mailing.objects.get(kind=Mailing.Kind.SINGLE, number=2))
    first, second = mail_server.received
    assert first.mail["Subject"] == "Hoe leren we hier? Vul de Leerscan in (8 minuten)"
    assert second.mail["Subject"] != first.mail["Subject"]


@pytest.mark.parametrize("has_answered", [False, True])
def test_the_staff_list_moves_no_link(
    has_answered: bool,
    running: Running,
    mail_server: MailServer,  # noqa: F811 -- the fixture
) -> None:
    """An import, or the staff list page, may give everybody the address of somebody who is curious."""
    jan = running.east[3]
    if has_answered:
        assert use_once(running.invitation(jan).pk)
    for person in running.east:
        Person.objects.filter(pk=person.pk).update(email=f"spy+{person.number}@linde.test")
    send_again(running.round, jan)
    do_job(Mailing.objects.get(kind=Mailing.Kind.SINGLE))
    do_job(reminder_of(running))
    assert not any("spy" in address for address in mail_server.counts)
    assert mail_server.received[0].recipient == "mens3@example.test"


def test_the_page_says_that_the_staff_list_has_another_address_by_now(running: Running, as_user: AsUser) -> None:
    jan = running.east[3]
    Person.objects.filter(pk=jan.pk).update(email=NEW)
    page = as_user(running.cast.anna).get(
        f"/o/{running.cast.organisation.slug}/r/{running.round.slug}/people/{jan.pk}/"
    )
    text = page.content.decode()
    assert "mens3@example.test" in text
    assert f"Op de personeelslijst staat inmiddels {NEW}" in text


def test_an_address_that_never_worked_keeps_its_link_and_its_reminders(in_scope: Cast) -> None:
    """Refused at once: nobody had the link, so there is nothing to learn."""
    running = running_round(in_scope, is_mailed=False)
    Mailing.objects.filter(kind=Mailing.Kind.INVITATION).update(state=Mailing.State.DONE)
    jan = running.east[3]
    before = running.invitation(jan)
    correct_address(running.round, jan, NEW)
    after = running.invitation(jan)
    assert (after.pk, after.address, after.gets_reminders) == (before.pk, NEW, True)
    assert not Mailing.objects.filter(kind=Mailing.Kind.NOTICE).exists()


@pytest.mark.parametrize("state", [Mailing.State.RUNNING, Mailing.State.DONE])
def test_once_a_reminder_has_begun_every_link_is_out(state: str, in_scope: Cast) -> None:
    """An invitation that was refused or ended: then a reminder brings the link, and nobody may know to whom."""
    running = running_round(in_scope, is_mailed=False)
    Mailing.objects.filter(kind=Mailing.Kind.INVITATION).update(state=Mailing.State.DONE)
    jan = running.east[3]
    before = running.invitation(jan)
    drafts.save(find_participant(token_of(before.pk)), Sheet(dict.fromkeys(ITEM_IDS[:7], 1)))
    Mailing.objects.filter(pk=reminder_of(running).pk).update(state=state)
    correct_address(running.round, jan, NEW)
    assert running.invitation(jan).pk != before.pk
    assert not Draft.objects.exists()


@pytest.mark.parametrize("then", ["corrected again", "closed"])
def test_the_former_address_is_told_whatever_happens_next(
    then: str,
    running: Running,
    mail_server: MailServer,  # noqa: F811 -- the fixture
) -> None:
    jan = running.east[3]
    correct_address(running.round, jan, NEW)
    notice = Mailing.objects.get(kind=Mailing.Kind.NOTICE)
    if then == "closed":
        close_here(running.round)
    else:
        correct_address(running.round, jan, "mens3@example.test")
    do_job(notice)
    assert mail_server.mail_to("mens3@example.test").mail["Subject"].startswith("Je link voor")
    notice.refresh_from_db()
    assert notice.state == Mailing.State.DONE


def test_a_notice_in_trouble_is_swept_and_shows_nowhere(running: Running) -> None:
    correct_address(running.round, running.east[3], NEW)
    Mailing.objects.filter(kind=Mailing.Kind.SINGLE).delete()
    Job.objects.all().delete()
    notice = Mailing.objects.get(kind=Mailing.Kind.NOTICE)
    Mailing.objects.filter(pk=notice.pk).update(trouble="sender", uncertain=1)
    rounds = list(Round.objects.all())
    found = attention([(running.cast.organisation, rounds)])[running.cast.organisation.pk]
    assert not [item for item in found if item.address.endswith("/mail/")]
    start_due()
    assert Job.objects.filter(key=str(notice.pk)).exists()


def test_answers_by_a_link_that_was_just_replaced_are_not_said_to_have_arrived(running: Running) -> None:
    jan = running.east[3]
    participant = find_participant(token_of(running.invitation(jan).pk))
    correct_address(running.round, jan, NEW)
    with pytest.raises(LinkError):
        submit(participant, Sheet(dict.fromkeys(ITEM_IDS, 4)))
    with pytest.raises(LinkError):
        drafts.save(participant, Sheet(dict.fromkeys(ITEM_IDS, 4)))


def test_a_mailing_that_begins_copes_with_links_that_are_replaced_and_people_who_are_added(
    in_scope: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both happen after it has listed whom to send to."""
    running = running_round(in_scope)
    reminder = reminder_of(running)
    Mailing.objects.filter(kind=Mailing.Kind.INVITATION).update(state=Mailing.State.PLANNED)
    jan, new = running.east[3], running.new_person()
    listed = recipients.deliveries_for

    def and_then_things_change(mailing: Mailing) -> list[Delivery]:
        rows = listed(mailing)
        monkeypatch.setattr(recipients, "deliveries_for", listed)
        correct_address(running.round, jan, f"nieuw.{jan.email}")
        add_person(running.round, new, running.unit("Zorg / Wijkteam Oost"), as_leader=False)
        return rows

    for mailing in (Mailing.objects.get(kind=Mailing.Kind.INVITATION), reminder):
        Mailing.objects.filter(pk=mailing.pk).update(state=Mailing.State.PLANNED)
        monkeypatch.setattr(recipients, "deliveries_for", and_then_things_change)
        assert deliveries.begin(mailing)
        asked = set(Delivery.objects.filter(mailing=mailing).values_list("invitation_id", flat=True))
        wanted = Invitation.objects.filter(round=running.round).exclude(address="")
        if mailing.kind == Mailing.Kind.REMINDER:
            wanted = wanted.filter(gets_reminders=True)
        assert asked == set(wanted.values_list("pk", flat=True))
        jan, new = running.east[4], running.new_person("facilitair / keuken")


def test_a_refused_one_that_is_sent_again_from_the_list_counts_and_has_its_limit(
    running: Running, as_user: AsUser
) -> None:
    mailing = Mailing.objects.get(kind=Mailing.Kind.INVITATION)
    client = as_user(running.cast.anna)
    for _time in range(4):
        row = Delivery.objects.create(
            mailing=mailing, invitation=running.invitation(running.east[3]), state=Delivery.State.REFUSED
        )
        client.post(reverse("mailing_send_again", args=[running.cast.organisation.slug, running.round.slug, row.pk]))
        Delivery.objects.all().delete()
    assert Plan.objects.get(round=running.round).links_sent_again == 3


def test_what_was_done_is_counted(running: Running) -> None:
    correct_address(running.round, running.east[3], NEW)
    correct_address(running.round, running.east[3], NEW)  # the same once more
    send_again(running.round, running.east[4])
    plan = Plan.objects.get(round=running.round)
    assert (plan.addresses_changed, plan.links_sent_again) == (1, 2)


def test_nobody_is_sent_the_link_more_than_three_times_a_day(running: Running) -> None:
    jan = running.east[3]
    for _time in range(3):
        send_again(running.round, jan)
    with pytest.raises(InputError, match="Mens 3"):
        send_again(running.round, jan)
    with pytest.raises(InputError, match="Mens 3"):
        correct_address(running.round, jan, NEW)
    send_again(running.round, running.east[4])


def reminder_of(running: Running) -> Mailing:
    Job.objects.all().delete()  # a mailing makes way for jobs that wait
    today = running.round.opens_on
    Plan.objects.filter(round=running.round).update(first_hour=0, last_hour=24, on_any_day=True)
    return Mailing.objects.create(round=running.round, kind=Mailing.Kind.REMINDER, planned_on=today)
