"""PostgreSQL crashes and comes back while people answer, a mailing goes out and a round is closed.

Web and worker live on: their lines are made anew, what was not confirmed is tried again, and nothing counts twice.
"""

import threading
import time
from pathlib import Path

import pytest
from django.db import connection

from questionnaires.versions import questionnaire_of
from tests.faults.checking import (
    check_answers,
    check_closing,
    check_jobs,
    check_mails,
    check_no_secrets,
    wait_until_settled,
)
from tests.faults.conftest import OwnDatabase
from tests.faults.scene import close, scene
from tests.faults.stubborn import Stubborn
from tests.faults.worker import running_worker
from tests.postgres import PrivatePostgres
from tests.scan.load.crowd import everybody, let_answer
from tests.scan.mailing.mail_server import MailServer
from tests.serving.answering_server import answering_server

DOWN_SECONDS = 1.5
GAP_SECONDS = 3.0


class Restarts:
    """The database is taken away and comes back, so many times."""

    def __init__(self, server: PrivatePostgres, count: int) -> None:
        self.begun, self.done, self.count = 0, 0, count
        self._server = server
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        while self.done < self.count:
            time.sleep(GAP_SECONDS)
            self._server.crash()
            self.begun += 1
            time.sleep(DOWN_SECONDS)
            self._server.start_again()
            self.done += 1

    def wait(self) -> None:
        self._thread.join(120)
        assert self.done == self.count


@pytest.mark.parametrize(
    ("people", "restarts"),
    [
        pytest.param(24, 2, id="short", marks=pytest.mark.chaos),
        pytest.param(300, 12, id="long", marks=pytest.mark.chaos),
    ],
)
def test_web_and_worker_live_through_it(
    own_postgres: PrivatePostgres,
    own_database: OwnDatabase,
    mail_server: MailServer,
    tmp_path: Path,
    people: int,
    restarts: int,
) -> None:
    cast = own_database(own_postgres.start())
    mails = people
    there = scene(cast, people, mails, responses=10 * people)
    questionnaire = questionnaire_of(there.answered.version_id)
    obstacles = [choice.code for choice in questionnaire.obstacles]
    parts = [
        [item.id for item in questionnaire.items_of_part(number)] for number in range(1, len(questionnaire.parts) + 1)
    ]
    crowd = everybody(there.answered, obstacles)
    worker_log, server_log = tmp_path / "worker.log", tmp_path / "server.log"
    settings = {
        "LEERSCAN_SMTP_PORT": str(mail_server.port),
        "LEERSCAN_MAILS_PER_MINUTE": str(int(60 * mails / (restarts * (GAP_SECONDS + DOWN_SECONDS)))),
    }
    Stubborn.faults_seen = 0
    with answering_server(server_log, 2) as server, running_worker(worker_log, **settings) as one_worker:
        processes = server.children()
        close(there, cast)
        crashes = Restarts(own_postgres, restarts)

        class Paced(Stubborn):
            """Each time some begin while the database is away, however quick those before were."""

            gate = staticmethod(lambda number: number / people <= (crashes.begun + 0.5) / restarts)

        course = let_answer(crowd, server.port, parts, 8, Paced)
        crashes.wait()
        connection.close()
        wait_until_settled(there, worker_log)
        assert one_worker.poll() is None, worker_log.read_text()
        assert server.children() == processes
    said = worker_log.read_text() + server_log.read_text()
    print(  # noqa: T201
        f"{crashes.done} crashes of the database; {course.in_figures()}; {Stubborn.faults_seen} answers of 500; "
        f"{len(mail_server.received)} mails; the worker noticed {said.count('the database cannot be used')} times"
    )
    check_answers(there.answered, crowd, course, obstacles)
    check_mails(there.mailing, mail_server, mails, most_uncertain=restarts)
    check_closing(there, beside_its_twin=people > 100)
    check_jobs()
    assert Stubborn.faults_seen, "nobody noticed that the database was away"
    assert "the database cannot be used" in said, "the worker did not notice that the database was away"
    check_no_secrets(said)
