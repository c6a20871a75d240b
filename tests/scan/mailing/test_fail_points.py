"""A worker that dies at the worst moments, and another one that goes on: nobody gets two, and nobody is forgotten."""

import signal
from collections.abc import Iterator
from typing import Any

import pytest

from jobs import fail_points
from scan.locks import use_once
from scan.models import Delivery, Invitation, Mailing
from tests.cast import Cast
from tests.scan.mailing.dying import (
    due_mailing,
    everybody,
    finish,
    job_of,
    round_that_may_mail_now,
    take_over,
    uncertain_addresses,
)
from tests.scan.mailing.mail_server import MailServer
from tests.scan.mailing.worker import start_worker

pytestmark = pytest.mark.django_db(transaction=True)

PEOPLE = 5
NOTHING_IN_HAND = (
    "before rows are committed",
    "after rows are committed",
    "before begin is committed",
    "after begin is committed",
    "before claim",
    "before claim is committed",
)
IN_HAND = (
    "before rows are committed",
    "after rows are committed",
    "before begin is committed",
    "after begin is committed",
    "before claim",
    "before claim is committed",
)
IN_HAND = (
    "after claim is committed",
    "before send",
    "before content",
    "after content",
    "after send",
    "before delivered is committed",
)
WRITTEN_DOWN = ("after delivered is committed",)
REFUSING = ("before refused is committed", "after refused is committed")
KINDS = (Mailing.Kind.INVITATION, Mailing.Kind.REMINDER)


def die(mailing: Mailing, server: MailServer, point: str) -> None:
    """Let a worker die there, and have its job wait for another one."""
    job = job_of(mailing)
    assert start_worker(job.pk, server, point).wait(60) == -signal.SIGKILL
    take_over(job.pk)


def at_each_point() -> Iterator[Any]:
    """Invitations and reminders in turn; the other half, with which the points are the same, is for `make chaos`."""
    for number, point in enumerate([*NOTHING_IN_HAND, *IN_HAND, *WRITTEN_DOWN]):
        for kind in KINDS:
            is_turn = kind == KINDS[number % 2]
            yield pytest.param(point, kind, marks=() if is_turn else pytest.mark.chaos, id=f"{point}-{kind}")


@pytest.mark.parametrize(("point", "kind"), list(at_each_point()))
def test_everybody_gets_one_but_for_one_that_is_uncertain(
    in_scope: Cast, mail_server: MailServer, point: str, kind: Mailing.Kind
) -> None:
    round_ = round_that_may_mail_now(in_scope, PEOPLE)
    mailing = due_mailing(round_, kind)
    die(mailing, mail_server, point)
    finish(mailing)
    mailing.refresh_from_db()
    assert mailing.state == Mailing.State.DONE
    assert mailing.uncertain == (1 if point in IN_HAND else 0)
    once = {address for address, count in mail_server.counts.items() if count == 1}
    assert sum(mail_server.counts.values()) == len(once)
    missing = everybody(round_) - once
    was_sent = point not in ("after claim is committed", "before send", "before content")
    assert len(missing) == (0 if was_sent else 1)
    if kind == Mailing.Kind.REMINDER:
        assert not Delivery.objects.exists()
        assert (mailing.total, mailing.sent, mailing.refused) == (None, 0, 0)
    else:
        assert len(uncertain_addresses(mailing)) == mailing.uncertain
        assert missing <= uncertain_addresses(mailing)
        assert (mailing.total, mailing.sent) == (PEOPLE, PEOPLE - mailing.uncertain)


@pytest.mark.parametrize("point", REFUSING)
def test_a_refusal_is_reported_as_such_or_as_uncertain(in_scope: Cast, mail_server: MailServer, point: str) -> None:
    round_ = round_that_may_mail_now(in_scope, PEOPLE)
    mailing = due_mailing(round_, Mailing.Kind.INVITATION)
    mail_server.answers["mens2@example.test"] = ["550 5.1.1 unknown"]
    die(mailing, mail_server, point)
    finish(mailing)
    mailing.refresh_from_db()
    (row,) = Delivery.objects.select_related("invitation__person")
    assert row.invitation is not None
    assert str(row.invitation.person) == "Mens 2"
    assert row.state == ("refused" if point.startswith("after") else "uncertain")
    assert (mailing.sent, mailing.refused + mailing.uncertain) == (PEOPLE - 1, 1)
    assert mail_server.counts == dict.fromkeys(everybody(round_) - {"mens2@example.test"}, 1)


def test_a_reminder_to_somebody_who_answers_while_the_worker_is_dead_is_dropped(
    in_scope: Cast, mail_server: MailServer
) -> None:
    round_ = round_that_may_mail_now(in_scope, PEOPLE)
    mailing = due_mailing(round_, Mailing.Kind.REMINDER)
    die(mailing, mail_server, "after begin is committed")
    invitation = Invitation.objects.select_related("person").get(person__email="mens1@example.test")
    assert use_once(invitation.pk)
    finish(mailing)
    assert mail_server.counts == dict.fromkeys(everybody(round_) - {"mens1@example.test"}, 1)
    assert not Delivery.objects.exists()


def test_without_the_environment_nothing_happens() -> None:
    assert not fail_points._left
    for point in (*NOTHING_IN_HAND, *IN_HAND, *WRITTEN_DOWN, *REFUSING, ""):
        fail_points.reached(point)
