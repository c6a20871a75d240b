"""The mail server is away when a mailing begins, and goes away once more in its middle: everybody gets one mail."""

import time
from pathlib import Path

import pytest
from django_scopes import scopes_disabled

from scan.models import Mailing
from tests.cast import Cast
from tests.faults.checking import check_jobs, check_mails, told
from tests.faults.scene import mailing_of_many
from tests.faults.worker import running_worker
from tests.scan.mailing.mail_server import MailServer
from tests.waiting import wait_until

pytestmark = pytest.mark.django_db(transaction=True)

MAILS = 12


def test_everybody_gets_one_when_it_is_back(cast: Cast, mail_server: MailServer, tmp_path: Path) -> None:
    mailing = mailing_of_many(cast, MAILS)

    def fresh() -> Mailing:
        with scopes_disabled():
            return Mailing.objects.get(pk=mailing.pk)

    log = tmp_path / "worker.log"
    mail_server.stop()
    with running_worker(log, LEERSCAN_SMTP_PORT=str(mail_server.port), LEERSCAN_MAILS_PER_MINUTE="300") as worker:
        wait_until("it is noticed", lambda: fresh().trouble == "connection", told=told)
        assert fresh().waits_until is not None
        assert not mail_server.received
        mail_server.start()
        wait_until("mails come", lambda: len(mail_server.received) >= MAILS // 3, told=told)
        mail_server.stop()
        sent = len(mail_server.received)
        assert sent < MAILS
        wait_until("it is noticed", lambda: fresh().trouble == "connection", told=told)
        time.sleep(1)
        mail_server.start()
        wait_until("it is done", lambda: fresh().state == Mailing.State.DONE and fresh().trouble == "", told=told)
        assert worker.poll() is None, log.read_text()
        time.sleep(1)
    print(f"{len(mail_server.received)} mails, {sent} of them before it went away again")  # noqa: T201
    check_mails(fresh(), mail_server, MAILS, most_uncertain=1)
    check_jobs()
