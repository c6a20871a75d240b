"""A mailing that was stopped can be ended: who has not had it does not get it any more."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from jobs.models import Job
from jobs.running import run
from organisations.commands import InputError
from organisations.models import LogEntry, User
from scan.mailing import deliveries
from scan.mailing.planning import end, send_refused_again
from scan.mailing.starting import is_due
from scan.models import Delivery, Mailing, Round
from tests.cast import Cast
from tests.scan.mailing.conftest import Clock
from tests.scan.mailing.mail_server import MailServer
from tests.scan.mailing.sending_out import answered, asked_round, do_job, fresh, invitations, mailing_of, rows


@pytest.fixture
def round_(in_scope: Cast, clock: Clock, mail_server: MailServer) -> Round:
    User.objects.update(language="en")
    return asked_round(in_scope, people=4)


def halfway(round_: Round, kind: str = "invitation") -> Mailing:
    """Stopped with three of four people still waiting."""
    mailing = mailing_of(round_, kind)
    waiting = [Delivery(mailing=mailing, invitation=one) for one in invitations(round_)[1:]]
    Delivery.objects.bulk_create(waiting)
    counts = {} if kind == "reminder" else {"total": 4, "sent": 1}
    Mailing.objects.filter(pk=mailing.pk).update(state="stopped", **counts)
    return fresh(mailing)


def address(round_: Round) -> str:
    return f"/o/{round_.organisation.slug}/r/{round_.slug}/mail/"


def page(client: Client, round_: Round) -> str:
    text = client.get(address(round_)).content.decode()
    return " ".join(text[text.index("<main") : text.index("</main>")].split())


def test_it_is_done_today_and_nobody_waits_any_more(round_: Round, clock: Clock, mail_server: MailServer) -> None:
    mailing = halfway(round_)
    end(mailing)
    ended = fresh(mailing)
    assert (ended.state, ended.finished_on, ended.sent, ended.total) == ("done", clock.moment.date(), 1, 4)
    assert rows(mailing) == []
    run(Job.objects.get().pk)
    assert mail_server.received == []
    assert fresh(mailing).state == "done"


@pytest.mark.parametrize("state", ["planned", "running", "done"])
def test_only_what_was_stopped_is_ended(round_: Round, state: str) -> None:
    mailing = halfway(round_)
    Mailing.objects.filter(pk=mailing.pk).update(state=state)
    with pytest.raises(InputError):
        end(mailing)
    assert (fresh(mailing).state, len(rows(mailing))) == (state, 3)


def test_the_page_says_before_and_after_how_many_have_not_had_the_invitation(
    round_: Round, in_scope: Cast, as_user: Callable[[Any], Client]
) -> None:
    anna, mailing = as_user(in_scope.anna), halfway(round_)
    text = page(anna, round_)
    assert "3 people have not had this mail, and will not get it any more. They do get the reminders" in text
    anna.post(f"{address(round_)}{mailing.pk}/end/")
    text = page(anna, round_)
    assert "It ended early: 3 people have not had it." in text
    assert "End it here" not in text
    assert LogEntry.objects.filter(action="end_mailing", subject="Leerscan", user=in_scope.anna).exists()


def test_of_a_reminder_no_number_is_said_and_nothing_tells_who_is_left(
    round_: Round, in_scope: Cast, as_user: Callable[[Any], Client], clock: Clock
) -> None:
    Mailing.objects.filter(kind="invitation").delete()
    clock.set("2026-03-10T10:00")
    anna, seen = as_user(in_scope.anna), []
    for who in ((), ("mens1@example.test", "mens2@example.test", "mens3@example.test")):
        Delivery.objects.all().delete()
        Job.objects.all().delete()
        answered(round_, *who)
        mailing = halfway(round_, "reminder")
        shown = [_masked(page(anna, round_))]
        end(mailing)
        shown.append(_masked(page(anna, round_)))
        ended = fresh(mailing)
        assert (ended.total, ended.sent, ended.refused, ended.uncertain, rows(mailing)) == (None, 0, 0, 0, [])
        seen.append((shown, Job.objects.count()))
    assert seen[0] == seen[1]
    assert "Whoever has not had this reminder will not get it any more." in seen[0][0][0]
    assert "Ended on Tuesday 10 March 2026, before it had gone to everybody it was meant for." in seen[0][0][1]
    assert "have not had" not in seen[0][0][0] + seen[0][0][1]


def _masked(text: str) -> str:
    return re.sub(r'value="[^"]*"', "", text)


def test_the_next_reminder_goes_out_after_one_that_was_ended(round_: Round, clock: Clock) -> None:
    Mailing.objects.filter(kind="invitation").update(state="done", finished_on="2026-03-03")
    clock.set("2026-03-16T10:00")
    end(halfway(round_, "reminder"))
    clock.set("2026-03-17T10:00")
    assert is_due(fresh(mailing_of(round_, "reminder", 2)))


def test_what_a_dead_worker_had_in_hand_is_settled(round_: Round) -> None:
    mailing = halfway(round_)
    (first, *_rest) = rows(mailing)
    Delivery.objects.filter(pk=first.pk).update(state="sending")
    end(mailing)
    run(Job.objects.get().pk)
    assert fresh(mailing).uncertain == 1
    assert [row.state for row in rows(mailing)] == ["uncertain"]


def test_refused_addresses_of_an_ended_mailing_can_be_sent_again(round_: Round, mail_server: MailServer) -> None:
    mailing = halfway(round_)
    row = rows(mailing)[0]
    deliveries.refused(mailing, row, "554")
    end(mailing)
    send_refused_again(mailing)
    assert (fresh(mailing).state, fresh(mailing).trouble) == ("running", "")
    do_job(mailing)
    assert (len(mail_server.received), fresh(mailing).state, fresh(mailing).trouble) == (1, "done", "")
