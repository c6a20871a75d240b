"""From an empty installation to a launched scan, as the README says: real server, real worker, real mails, a browser.

Every click and every field that is filled in counts as one action; at most forty may be needed.
"""

import email
import email.policy
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from pathlib import Path

from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from tests.conftest import ROOT, SAMPLES
from tests.e2e.conftest import DESK
from tests.e2e.test_demo import free_port
from tests.waiting import wait_until

MOST_ACTIONS = 40
PEOPLE = 245
PATIENCE_SECONDS = 90


class Hands:
    """Does what a person does on a page, and counts it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.actions = 0

    def go(self, address: str) -> None:
        self.actions += 1
        self.page.goto(address)

    def click(self, role: str, name: str) -> None:
        self.actions += 1
        self.page.get_by_role(role, name=name).first.click()  # type: ignore[arg-type]

    def fill(self, label: str, text: str) -> None:
        self.actions += 1
        self.page.get_by_label(label).first.fill(text)

    def tick(self, label: str) -> None:
        self.actions += 1
        self.page.get_by_label(label).check()

    def choose_file(self, file: Path) -> None:
        self.actions += 1
        self.page.locator("input[type=file]").set_input_files(file)


def manage(environment: dict[str, str], *arguments: str) -> str:
    command = [sys.executable, "manage.py", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@contextmanager
def serving(environment: dict[str, str], port: int, mails: Path) -> Iterator[None]:
    command = [sys.executable, "manage.py", "serve", "--port", str(port), "--mail-folder", str(mails)]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            assert "127.0.0.1" in process.stdout.readline()
            yield
        finally:
            process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0


def received(mails: Path) -> list[EmailMessage]:
    found = []
    for file in sorted(mails.glob("*.eml")):
        mail = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
        assert isinstance(mail, EmailMessage)
        found.append(mail)
    return found


def wait_for_mails(mails: Path, count: int) -> list[EmailMessage]:
    def come() -> int:
        return len(list(mails.glob("*.eml")))

    wait_until(f"{count} mails come", lambda: come() >= count, PATIENCE_SECONDS, lambda: f"{come()} came")
    return received(mails)


def text_of(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def launch_by_hand(hands: Hands, password_address: str) -> None:
    hands.go(password_address)
    hands.page.locator("input[type=password]").nth(0).fill("een lange zin voor de scan")
    hands.page.locator("input[type=password]").nth(1).fill("een lange zin voor de scan")
    hands.page.locator("main form button").first.click()
    hands.actions += 3
    expect(hands.page.get_by_role("heading", name="Hanneke")).to_be_visible()
    upload_staff_list(hands)
    prepare(hands)
    hands.click("link", "Naar de laatste stap: starten")
    hands.click("button", "Deze scan starten")
    expect(hands.page.get_by_role("heading", name="Leerscan")).to_be_visible()


def upload_staff_list(hands: Hands) -> None:
    hands.click("link", "Upload een personeelslijst")
    hands.choose_file(SAMPLES / "staff-list.xlsx")
    hands.click("button", "Lees dit bestand")
    apply = hands.page.get_by_role("button", name="Verwerk deze personeelslijst")
    expect(apply).to_be_visible(timeout=60_000)
    hands.click("button", "Verwerk deze personeelslijst")
    expect(hands.page.get_by_role("link", name="Bereid een scan voor")).to_be_visible(timeout=60_000)


def prepare(hands: Hands) -> None:
    hands.click("link", "Bereid een scan voor")
    hands.fill("Eerste dag", timezone.localdate().isoformat())
    hands.click("button", "Bereid deze scan voor")
    hands.click("link", "Wat je medewerkers belooft")
    hands.fill("Functionaris gegevensbescherming", "Iris Peeters, fg@delinde.example")
    hands.fill("Hoe ze die horen", "Op intranet en in elk teamoverleg.")
    hands.click("button", "Opslaan")
    hands.click("link", "Mails en herinneringen")
    hands.fill("Verstuur vanaf (uur)", "0")
    hands.fill("Verstuur tot (uur)", "24")
    hands.tick("Verstuur ook in het weekend en op feestdagen")
    hands.click("button", "Opslaan")
    hands.click("link", "Welke rapporten je kunt verwachten")
    hands.click("button", "Maak één groep van Nachtdienst en Wijkteam Oost")
    hands.click("link", "Terug naar de lijst")


def test_from_an_empty_installation_to_a_launched_scan(browser: Browser, tmp_path: Path) -> None:
    port, home = free_port(), tmp_path / "home"
    environment = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "PGHOST")}
    environment |= {
        "LEERSCAN_HOME": str(home),
        "LEERSCAN_BASE_URL": f"http://127.0.0.1:{port}",
        "LEERSCAN_SMTP_PORT": str(free_port()),
        "LEERSCAN_MAILS_PER_MINUTE": "60000",
        "LEERSCAN_REMINDERS_PER_MINUTE": "60000",
        "LANG": "nl_NL.UTF-8",
    }
    manage(environment, "migrate", "--verbosity", "0")
    printed = manage(
        environment, "create_organisation", "Zorggroep De Linde", "--advisor", "hr@delinde.example", "--name", "Hanneke"
    )
    address = re.search(r"http://\S+", printed)
    assert address is not None
    context = browser.new_context(viewport=DESK, locale="nl-NL")
    with serving(environment, port, tmp_path / "mail"):
        hands = Hands(context.new_page())
        launch_by_hand(hands, address.group())
        mails = wait_for_mails(tmp_path / "mail", PEOPLE)
        assert hands.actions <= MOST_ACTIONS, f"{hands.actions} actions"
        assert len({mail["To"] for mail in mails}) == PEOPLE
        follow_a_link(browser, mails)
    context.close()


def follow_a_link(browser: Browser, mails: list[EmailMessage]) -> None:
    """As somebody who got the mail, in a browser that knows nothing."""
    dutch = next(mail for mail in mails if "personeel" in text_of(mail) or "Beste" in text_of(mail))
    link = re.search(r"http://\S+/a/\S+", text_of(dutch))
    assert link is not None
    context = browser.new_context(locale="nl-NL")
    page = context.new_page()
    page.goto(link.group())
    expect(page.get_by_role("heading", name="Hoe leren we hier?")).to_be_visible()
    page.get_by_role("link", name="Naar de vragen").click()
    expect(page.locator("fieldset:visible").first).to_be_visible()
    context.close()
