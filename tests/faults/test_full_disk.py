"""The disk is full: nobody is told that something was saved that was not, and all goes on when there is room again."""

import re
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.urls import reverse

from jobs.models import Job, StoredFile
from jobs.running import request
from jobs.sweep import DAILY_TICK
from organisations.models import User
from questionnaires.versions import questionnaire_of
from scan.links import paper_jobs
from scan.models import Draft, OpenLink, Round
from tests import own_loop
from tests.cast import Cast
from tests.conftest import SAMPLES
from tests.faults.checking import (
    check_answers,
    check_closing,
    check_jobs,
    check_mails,
    check_no_secrets,
    wait_until_settled,
)
from tests.faults.conftest import OwnDatabase
from tests.faults.scene import Scene, close, scene
from tests.faults.small_disk import SmallDisk, may_mount, small_disk
from tests.faults.stubborn import Stubborn
from tests.faults.worker import running_worker
from tests.postgres import PrivatePostgres
from tests.scan.load.browser import Browser, Traffic
from tests.scan.load.crowd import everybody, let_answer
from tests.scan.mailing.mail_server import MailServer
from tests.serving.answering_server import AnsweringServer, answering_server
from tests.serving.http_messages import Answer

pytestmark = [
    pytest.mark.chaos,
    pytest.mark.skipif(not may_mount(), reason="needs the right to mount a small file system"),
]

FROM_A_FILE = "Uit een bestand"
PEOPLE, MAILS, RESPONSES = 24, 12, 300


@pytest.fixture
def folder() -> Iterator[Path]:
    """One that PostgreSQL's own account may enter too."""
    made = Path(tempfile.mkdtemp(prefix="full", dir="/tmp"))
    made.chmod(0o755)
    yield made
    shutil.rmtree(made)


def ask(server: AnsweringServer, do: Callable[[Browser], object], **cookies: str) -> Answer:
    async def visit() -> Answer:
        browser = Browser(server.port, Traffic())
        browser.cookies |= cookies
        try:
            return await do(browser)  # type: ignore[misc, no-any-return]
        finally:
            browser.hang_up()

    return own_loop.run(visit)


def session_of(user: User) -> str:
    store = SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.save()
    assert store.session_key is not None
    return store.session_key


def check_that_it_is_said(server: AnsweringServer, token: str) -> None:
    """Of what cannot be saved; the page keeps its answers then, and says "not yet sent" (e2e/test_saving.py)."""
    home = f"/a/{token}/"

    async def save(browser: Browser) -> Answer:
        await browser.get(home)
        await browser.get(f"{home}1/")
        return await browser.post_json(f"{home}save/", {"changes": {"q01": ["4", time.time_ns() // 1_000_000]}})

    async def post(browser: Browser) -> Answer:
        page = (await browser.get(f"{home}1/")).body.decode()
        return await browser.post_form(f"{home}1/", page, [("q01", "4"), ("go", "on")])

    assert ask(server, save).status == 500
    shown = ask(server, post)
    assert shown.status == 500
    assert "niet opgeslagen" in shown.body.decode()


def check_reading(server: AnsweringServer, cast: Cast, token: str, session: str) -> None:
    assert ask(server, lambda browser: browser.get("/healthz")).status == 200
    assert ask(server, lambda browser: browser.get(f"/a/{token}/")).status == 200
    home = reverse("organisation", args=[cast.organisation.slug])
    shown = ask(server, lambda browser: browser.get(home), sessionid=session)
    assert (shown.status, "Leerscan nu" in shown.body.decode()) == (200, True), shown.body[:500]


def ask_for_the_poster(there: Scene) -> None:
    link = OpenLink.objects.get(unit__round=there.answered)
    request(paper_jobs.POSTER, f"{there.answered.pk} {link.unit_id} nl")


def import_answers() -> None:
    call_command(
        "import_responses", "Zorggroep De Linde", SAMPLES / "responses-2026.csv", f"--round={FROM_A_FILE}", "--create"
    )


def check_that_an_import_fails_as_a_whole() -> None:
    with pytest.raises((DatabaseError, CommandError)):
        import_answers()
    assert not Round.objects.filter(title=FROM_A_FILE).exists()


def go_through_it(
    disk: SmallDisk, cast: Cast, mail_server: MailServer, tmp_path: Path, before_full: Callable[[], None]
) -> None:
    there = scene(cast, PEOPLE, MAILS, RESPONSES)
    questionnaire = questionnaire_of(there.answered.version_id)
    obstacles = [choice.code for choice in questionnaire.obstacles]
    parts = [
        [item.id for item in questionnaire.items_of_part(number)] for number in range(1, len(questionnaire.parts) + 1)
    ]
    crowd = everybody(there.answered, obstacles)
    own = next(one for one in crowd if not one.code and "/open/" not in one.way_in)
    token, session = own.way_in.split("/")[2], session_of(cast.anna)
    server_log, worker_log = tmp_path / "server.log", tmp_path / "worker.log"
    with answering_server(server_log, 2) as server:
        # What is asked for while there is room, and has to be done when there is none.
        close(there, cast)
        ask_for_the_poster(there)
        # Somebody has been reading: SQLite makes a file beside the database for whoever is the first to open it.
        check_reading(server, cast, token, session)
        before_full()
        filled = disk.fill()
        with running_worker(worker_log, LEERSCAN_SMTP_PORT=str(mail_server.port)) as one_worker:
            check_that_it_is_said(server, token)
            check_reading(server, cast, token, session)
            check_that_an_import_fails_as_a_whole()
            time.sleep(5)
            assert one_worker.poll() is None, worker_log.read_text()
            assert not Job.objects.exclude(kind=DAILY_TICK).filter(state=Job.State.DONE).exists()
            assert not mail_server.received
            check_reading(server, cast, token, session)
            assert disk.is_full
            assert not Draft.objects.exists()
            disk.make_room()
            course = let_answer(crowd, server.port, parts, 8, Stubborn)
            ask_for_the_poster(there)  # three tries, and it has failed: whoever waits for it asks again
            wait_until_settled(there, worker_log)
            import_answers()
    said = server_log.read_text() + worker_log.read_text()
    print(  # noqa: T201
        f"{connection.vendor}: full after {filled} bytes of ballast; {course.in_figures()}; "
        f"{len(mail_server.received)} mails"
    )
    assert re.search(r"disk is full|No space left|disk I/O error", said), said[-3000:]
    check_no_secrets(said)
    check_answers(there.answered, crowd, course, obstacles)
    check_mails(there.mailing, mail_server, MAILS, most_uncertain=1)
    check_closing(there, beside_its_twin=False)
    check_jobs()
    assert StoredFile.objects.exists()


def test_sqlite(own_database: OwnDatabase, mail_server: MailServer, folder: Path, tmp_path: Path) -> None:
    def empty_the_log() -> None:
        """Or there is room in it for a while."""
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            assert cursor.fetchone()[0] == 0

    with small_disk(folder / "disk", 48) as disk:
        cast = own_database(f"sqlite://{disk.folder}/leerscan.sqlite3")
        go_through_it(disk, cast, mail_server, tmp_path, empty_the_log)
        connection.close()


def test_postgresql(
    own_postgres: PrivatePostgres, own_database: OwnDatabase, mail_server: MailServer, folder: Path, tmp_path: Path
) -> None:
    """Its tables stand on the full disk, its log on another: a server whose log has no room stops as a whole."""
    own_postgres.start()
    with small_disk(folder / "disk", 64) as disk:
        own_postgres.make_database_on(disk.folder, "on_the_small_disk")
        cast = own_database("postgresql://leerscan@/on_the_small_disk")
        go_through_it(disk, cast, mail_server, tmp_path, lambda: None)
        connection.close()
