"""The page of mailings: what it shows, what can be done there, and what it keeps to itself."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from jobs.models import Job
from organisations.models import LogEntry, Organisation, User
from scan.mailing.planning import send_single
from scan.mailing.starting import start_due
from scan.mailing.texts import DEFAULTS
from scan.models import Delivery, Invitation, Mailing, Plan, Round
from scan.rounds import create_round
from scan.tokens import link_of
from tests.cast import Cast
from tests.scan.mailing.conftest import Clock
from tests.scan.mailing.mail_server import HANG_UP, MailServer
from tests.scan.mailing.sending_out import (
    CLOSES,
    OPENS,
    asked_round,
    do_job,
    fresh,
    invitations,
    mailing_of,
)

LogIn = Callable[[Any], Client]


@pytest.fixture
def round_(in_scope: Cast, clock: Clock, mail_server: MailServer) -> Round:
    User.objects.update(language="en")
    return asked_round(in_scope, people=12)


@pytest.fixture
def anna(in_scope: Cast, as_user: LogIn) -> Client:
    return as_user(User.objects.get(email="anna@example.test"))


def address(round_: Round, *rest: object) -> str:
    tail = "".join(f"{part}/" for part in rest)
    return f"/o/{round_.organisation.slug}/r/{round_.slug}/mail/{tail}"


def page(client: Client, round_: Round) -> str:
    response = client.get(address(round_))
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_it_shows_what_is_planned_with_the_hours(anna: Client, round_: Round) -> None:
    text = page(anna, round_)
    assert "Mails are sent on working days, between 9:00 and 16:00." in text
    for day in ("Tuesday 3 March 2026", "Tuesday 10 March 2026", "Tuesday 17 March 2026", "Tuesday 14 April 2026"):
        assert day in text


def test_it_warns_for_weekends_holidays_and_school_holidays(anna: Client, round_: Round) -> None:
    Mailing.objects.filter(kind="reminder", number=1).update(planned_on="2026-03-14")
    Mailing.objects.filter(kind="reminder", number=2).update(planned_on="2026-03-28")
    Mailing.objects.filter(kind="managers").update(planned_on="2026-04-03")
    Mailing.objects.filter(kind="results").update(planned_on="2026-04-28")
    text = page(anna, round_)
    assert "That day is not a working day (Saturday). The mails are sent on Monday 16 March 2026." in text
    assert "That is after the last day of the scan, so it will not be sent." in text
    assert "not a working day (Good Friday). The mails are sent on Tuesday 7 April 2026." in text
    assert "Schools are closed then: May Break (Noord, Midden, Zuid)." in text


def test_a_running_invitation_shows_how_far_it_is(anna: Client, round_: Round) -> None:
    Mailing.objects.filter(kind="invitation").update(state="running", total=12, sent=7)
    text = page(anna, round_)
    assert "7 of 12 mails have been sent." in text
    assert '<progress class="mail-progress" max="12" value="7"' in text
    assert "data-busy" in text


@pytest.mark.parametrize("state", ["running", "stopped", "done"])
def test_a_reminder_shows_no_number_whatever_its_state(anna: Client, round_: Round, state: str) -> None:
    reminder = mailing_of(round_, "reminder")
    Mailing.objects.exclude(pk=reminder.pk).delete()
    Mailing.objects.filter(pk=reminder.pk).update(state=state, finished_on="2026-03-10", total=7, sent=7, refused=7)
    Delivery.objects.create(mailing=reminder, invitation=invitations(round_)[0], state="refused", code="550")
    text = page(anna, round_)
    main = text[text.index("<main") : text.index("</main>")]
    main = re.sub(r"<input[^>]*>|27 March|/7", "", main.replace(str(reminder.pk), ""))
    assert "7" not in main
    assert "<progress" not in main
    assert "Mens" not in main
    words = {"done": "to everybody who had not answered by then.", "running": "has not answered at that moment."}
    assert words.get(state, "Choose Resume") in main


def test_an_uncertain_reminder_is_a_number_and_an_uncertain_invitation_a_name(
    anna: Client, round_: Round, mail_server: MailServer, clock: Clock
) -> None:
    mail_server.at_content = [HANG_UP, "250 OK"]
    do_job(mailing_of(round_))
    (row,) = Delivery.objects.select_related("invitation__person")
    assert row.invitation is not None
    text = page(anna, round_)
    assert "It is not certain whether 1 mail was sent." in text
    assert str(row.invitation.person) in text
    assert address(round_, "delivery", row.pk, "again") in text
    clock.set("2026-03-10T10:00")
    mail_server.at_content = [HANG_UP, "250 OK"]
    Delivery.objects.all().delete()
    do_job(mailing_of(round_, "reminder"))
    text = page(anna, round_)
    assert "To keep secret who gets a reminder, it is not sent again." in text
    assert "Mens" not in text


def test_refused_addresses_stand_there_with_the_remedy(anna: Client, round_: Round, mail_server: MailServer) -> None:
    mail_server.answers["mens1@example.test"] = ["550 5.1.1 unknown", "250 OK"]
    mail_server.answers["mens2@example.test"] = ["550 5.7.1 not allowed"]
    do_job(mailing_of(round_))
    text = page(anna, round_)
    assert "The mail server refused 2 addresses." in text
    assert "mens1@example.test" in text
    assert "The server does not know this address. Correct the address and send it again." in text
    assert "Ask IT to let mail from our sender through" in text
    assert "(550 5.7.1)" in text


def test_a_refused_one_is_sent_again_by_a_button(anna: Client, round_: Round, mail_server: MailServer) -> None:
    mail_server.answers["mens1@example.test"] = ["550 5.1.1 unknown", "250 OK"]
    do_job(mailing_of(round_))
    (row,) = Delivery.objects.all()
    response = anna.post(address(round_, "delivery", row.pk, "again"))
    assert response.headers["Location"] == address(round_)
    do_job(mailing_of(round_, "single"))
    assert mail_server.counts["mens1@example.test"] == 1
    assert "1 link sent to one person." in page(anna, round_)
    assert LogEntry.objects.filter(action="send_again", subject__startswith="Leerscan: Mens").exists()


def test_trouble_is_said_with_what_helps_and_can_be_resumed(
    anna: Client, round_: Round, mail_server: MailServer
) -> None:
    mail_server.at_sender = ["550 not you"]
    mailing = mailing_of(round_)
    do_job(mailing)
    text = page(anna, round_)
    assert "The mail server refused our sender address." in text
    assert "data-busy" not in text
    anna.post(address(round_, mailing.pk, "resume"))
    assert fresh(mailing).trouble == ""


def test_stop_and_resume_by_button(anna: Client, round_: Round) -> None:
    mailing = mailing_of(round_)
    Mailing.objects.filter(pk=mailing.pk).update(state="running", total=12, sent=3)
    anna.post(address(round_, mailing.pk, "stop"))
    assert fresh(mailing).state == "stopped"
    text = page(anna, round_)
    assert "Stopped. Choose Resume to go on with who has not had it, or end it." in text
    anna.post(address(round_, mailing.pk, "resume"))
    assert fresh(mailing).state == "running"
    actions = list(LogEntry.objects.filter(user__name="Anna").order_by("at").values_list("action", flat=True))
    assert actions[-2:] == ["stop_mailing", "resume_mailing"]


def test_a_reminder_can_be_planned_moved_and_taken_off(anna: Client, round_: Round) -> None:
    response = anna.post(address(round_, "reminder"), {"day": "2026-03-24"}, follow=True)
    assert "A reminder is planned on Tuesday 24 March 2026." in response.content.decode()
    mailing = mailing_of(round_, "reminder", 3)
    assert "Plan a reminder" not in page(anna, round_)
    anna.post(address(round_, mailing.pk, "move"), {f"{mailing.pk}-day": "2026-03-25"})
    assert fresh(mailing).planned_on.day == 25
    anna.post(address(round_, mailing.pk, "cancel"))
    assert not Mailing.objects.filter(pk=mailing.pk).exists()


def test_a_wrong_day_comes_back_with_what_would_be_right(anna: Client, round_: Round) -> None:
    mailing = mailing_of(round_, "reminder", 2)
    for response in (
        anna.post(address(round_, "reminder"), {"day": "2026-03-30"}),
        anna.post(address(round_, mailing.pk, "move"), {f"{mailing.pk}-day": "2026-03-30"}),
    ):
        assert response.status_code == 422
        text = response.content.decode()
        assert text.count("Choose a day from 4 March 2026 to 27 March 2026.") == 1
        assert 'value="2026-03-30"' in text
    response = anna.post(address(round_, "reminder"), {"day": "morgen"})
    assert response.status_code == 422
    assert "This is not a date." in response.content.decode()


def test_the_hours_can_be_changed_and_what_is_due_starts_at_the_next_sweep(
    anna: Client, round_: Round, clock: Clock
) -> None:
    clock.set("2026-03-07T18:00")  # a Saturday evening
    start_due()
    assert not Job.objects.exists()
    assert address(round_, "hours") in page(anna, round_)
    Plan.objects.update(added_by_hand=3)
    data = {"first_hour": "8", "last_hour": "20", "on_any_day": "on"}
    response = anna.post(address(round_, "hours"), data, follow=True)
    assert "Mails that may go out by these hours start within a minute." in response.content.decode()
    assert "Mails are sent on any day, between 8:00 and 20:00." in page(anna, round_)
    start_due()
    assert [job.key for job in Job.objects.all()] == [str(mailing_of(round_).pk)]
    assert Plan.objects.get(round=round_).added_by_hand == 3
    assert LogEntry.objects.filter(action="change_mail_hours", subject="Leerscan").exists()


def test_hours_that_cannot_be_come_back_with_what_would_be_right(anna: Client, round_: Round) -> None:
    response = anna.post(address(round_, "hours"), {"first_hour": "16", "last_hour": "9"})
    assert response.status_code == 422
    assert "The last hour must come after the first, and be at most 24." in response.content.decode()
    assert Plan.objects.get(round=round_).first_hour == 9


def test_the_hours_of_a_closed_round_stay(anna: Client, round_: Round) -> None:
    Round.objects.filter(pk=round_.pk).update(state="closed")
    assert address(round_, "hours") not in page(anna, round_)
    response = anna.post(address(round_, "hours"), {"first_hour": "8", "last_hour": "20"})
    assert response.status_code == 302
    assert Plan.objects.get(round=round_).first_hour == 9


def test_a_reminder_never_waits_for_a_later_try(anna: Client, round_: Round) -> None:
    later = "2026-03-03T10:10+00:00"
    Mailing.objects.filter(round=round_, kind="reminder", number=1).update(state="running", waits_until=later)
    assert "come back later" not in page(anna, round_)
    Mailing.objects.filter(round=round_, kind="invitation").update(state="running", waits_until=later)
    assert "come back later" in page(anna, round_)


def test_a_reminder_row_can_never_be_sent_again(anna: Client, round_: Round) -> None:
    reminder = mailing_of(round_, "reminder")
    row = Delivery.objects.create(mailing=reminder, invitation=invitations(round_)[0], state="uncertain")
    assert anna.post(address(round_, "delivery", row.pk, "again")).status_code == 404


def test_mailings_of_another_round_or_organisation_are_not_found(
    anna: Client, round_: Round, in_scope: Cast, as_user: LogIn
) -> None:
    other = asked_round(in_scope, title="Andere")
    mailing = mailing_of(other)
    Mailing.objects.filter(pk=mailing.pk).update(state="running")
    assert anna.post(address(round_, mailing.pk, "stop")).status_code == 404
    assert as_user(in_scope.otto).post(address(other, mailing.pk, "stop")).status_code == 404
    assert fresh(mailing).state == "running"


def test_a_draft_has_only_examples(anna: Client, round_: Round, in_scope: Cast) -> None:
    draft = create_round(in_scope.organisation, "Volgend jaar", OPENS, CLOSES)
    text = page(anna, draft)
    assert "until then you can send yourself an example" in text
    assert "Plan a reminder" not in text


@pytest.mark.parametrize("kind", DEFAULTS)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_an_example_goes_to_who_asks_and_opens_nobodys_questionnaire(
    anna: Client, round_: Round, in_scope: Cast, mail_server: MailServer, kind: str, language: str
) -> None:
    draft = create_round(in_scope.organisation, "Volgend jaar", OPENS, CLOSES)
    for shown in (draft, round_):
        mail_server.received.clear()
        response = anna.post(address(shown, "example"), {"kind": kind, "language": language}, follow=True)
        assert "An example is on its way to anna@example.test." in response.content.decode()
        (mail,) = mail_server.received
        assert mail.recipient == "anna@example.test"
        assert mail.mail["Subject"].strip().startswith("Example: ")
        assert ("Beste Anna," if language == "nl" else "Dear Anna,") in mail.text
        assert "{" not in mail.text
        assert not [invitation for invitation in invitations(round_) if link_of(invitation.pk) in mail.text]
    assert not Delivery.objects.exists()


def test_an_example_says_what_is_wrong_with_the_mail_server(
    anna: Client, round_: Round, mail_server: MailServer, settings: Settings
) -> None:
    mail_server.at_sender = ["550 no"]
    response = anna.post(address(round_, "example"), {"kind": "invitation", "language": "nl"})
    assert response.status_code == 422
    assert "The mail server refused our sender address." in response.content.decode()


def test_the_number_of_queries_does_not_grow(anna: Client, round_: Round, mail_server: MailServer) -> None:
    counts = []
    for number in (1, 3):
        for person in range(number):
            mail_server.answers[f"mens{person}@example.test"] = ["550 unknown"]
        Mailing.objects.filter(kind="invitation").update(state="planned")
        Delivery.objects.all().delete()
        do_job(mailing_of(round_))
        assert Delivery.objects.count() == number
        with CaptureQueriesContext(connection) as queries:
            page(anna, round_)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def masked(text: str, *rounds: Round) -> str:
    """Without ids and tokens."""
    for round_ in reversed(rounds):
        for mailing in Mailing.objects.filter(round=round_).order_by("planned_on", "kind", "number"):
            text = text.replace(str(mailing.pk), f"{mailing.kind}{mailing.number}")
        text = text.replace(round_.slug, "slug")
    return "".join(part for part in text.split() if "csrfmiddlewaretoken" not in part and "value=" not in part)


def test_twins_with_other_people_who_answered_look_the_same(
    anna: Client, in_scope: Cast, clock: Clock, mail_server: MailServer, caplog: pytest.LogCaptureFixture
) -> None:
    """As many answered in both; page, log, counters and what the mail server sees are the same but for the names."""
    caplog.set_level("INFO")
    caplog.set_level("CRITICAL", "mail.log")
    first = asked_round(in_scope, people=20)
    twin = asked_round(in_scope, people=0)
    Organisation.objects.update(reply_address="hr@delinde.test")
    seen = []
    people = [f"mens{number}@example.test" for number in range(20)]
    for round_, who in ((first, people[:6]), (twin, people[9:15])):
        mail_server.received.clear()
        mail_server.traffic.clear()
        caplog.clear()
        LogEntry.objects.all().delete()
        clock.set("2026-03-03T10:00")
        shown = []
        for mailing in Mailing.objects.filter(round=round_, kind__in=("invitation", "reminder")).order_by("planned_on"):
            if mailing.kind == "reminder":
                Invitation.objects.filter(round=round_, person__email__in=who).update(used=True)
            clock.set(f"{mailing.planned_on}T10:00")
            shown.append(masked(page(anna, round_), first, twin))
            do_job(mailing)
        send_single(round_, invitations(round_)[0])
        do_job(mailing_of(round_, "single"))
        shown.append(masked(page(anna, round_), first, twin))
        mailings = Mailing.objects.filter(round=round_).order_by("kind", "number")
        counters = list(mailings.values_list("kind", "number", "state", "total", "sent", "refused", "uncertain"))
        log = list(LogEntry.objects.order_by("at").values_list("action", "subject"))
        sizes = [len(mail.text) for mail in sorted(mail_server.received[:20], key=lambda mail: mail.recipient)]
        lines = [record.getMessage() for record in caplog.records]
        seen.append((shown, counters, log, sizes, list(mail_server.traffic), lines, len(mail_server.received)))
    assert seen[0][-1] == 20 + 14 + 14 + 1
    for one, other in zip(*seen, strict=True):
        assert one == other
