"""Mailings of 2,000 whose workers are killed at random moments (`make chaos`; MAILS and KILLS make it longer)."""

import os
import random
import signal
import time

import pytest

from scan.models import Delivery, Mailing
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

pytestmark = [pytest.mark.chaos, pytest.mark.django_db(transaction=True)]

MAILS = int(os.environ.get("CHAOS_MAILS", "2000"))
KILLS = int(os.environ.get("CHAOS_KILLS", "6"))
SEEDS = range(int(os.environ.get("CHAOS_SEEDS", "3")))
PATIENCE_SECONDS = 300


def kill_at(mailing: Mailing, server: MailServer, count: int, chance: random.Random) -> None:
    """Start a worker, and kill it when this many mails have come in and a moment has passed."""
    job = job_of(mailing)
    worker = start_worker(job.pk, server)
    deadline = time.monotonic() + PATIENCE_SECONDS
    while len(server.received) < count and worker.poll() is None:
        assert time.monotonic() < deadline
        time.sleep(0.002)
    time.sleep(chance.uniform(0, 0.02))  # any step of a delivery, not only the one after a mail came in
    worker.send_signal(signal.SIGKILL)
    assert worker.wait(60) == -signal.SIGKILL
    take_over(job.pk)


@pytest.mark.parametrize("kind", [Mailing.Kind.INVITATION, Mailing.Kind.REMINDER])
@pytest.mark.parametrize("seed", SEEDS)
def test_everybody_gets_exactly_one_but_for_one_uncertain_per_kill(
    in_scope: Cast, mail_server: MailServer, kind: Mailing.Kind, seed: int
) -> None:
    chance = random.Random(f"{kind} {seed}")  # noqa: S311 -- to be repeated
    round_ = round_that_may_mail_now(in_scope, MAILS)
    mailing = due_mailing(round_, kind)
    for share in sorted(chance.uniform(0.05, 0.95) for _kill in range(KILLS)):
        kill_at(mailing, mail_server, int(share * MAILS), chance)
    finish(mailing)
    mailing.refresh_from_db()
    assert mailing.state == Mailing.State.DONE
    assert set(mail_server.counts.values()) == {1}
    missing = everybody(round_) - set(mail_server.counts)
    assert mailing.uncertain <= KILLS
    assert len(missing) <= mailing.uncertain
    print(f"{kind} {seed}: {KILLS} kills, {len(mail_server.received)} mails, {mailing.uncertain} uncertain")  # noqa: T201
    if kind == Mailing.Kind.REMINDER:
        assert not Delivery.objects.exists()
    else:
        assert missing <= uncertain_addresses(mailing)
        assert len(uncertain_addresses(mailing)) == mailing.uncertain
        assert mailing.sent + mailing.uncertain == mailing.total == MAILS
