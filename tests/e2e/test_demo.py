"""The demo as a newcomer starts it: real server, real worker, a PDF by clicking, stopped by one signal."""

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.conftest import ROOT
from tests.e2e.conftest import DESK


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running_demo(home: Path, port: int) -> Iterator[str]:
    """What the demo printed, once it serves. Afterwards it is stopped with SIGTERM, and nothing is left running."""
    environment = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "PGHOST")}
    environment |= {
        "LEERSCAN_HOME": str(home),
        "LEERSCAN_BASE_URL": f"http://127.0.0.1:{port}",
        "LEERSCAN_SMTP_PORT": str(free_port()),
        "LANG": "nl_NL.UTF-8",
    }
    command = [sys.executable, "manage.py", "demo", "--port", str(port)]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield _until_link(process)
        finally:
            process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0, "the web server is still there"


def _until_link(process: "subprocess.Popen[str]") -> str:
    printed = ""
    for line in process.stdout or ():
        printed += line
        if "/a/" in line:
            return printed
    raise AssertionError(f"the demo stopped by itself:\n{printed}")


def log_in(page: Page, address: str, email: str, password: str) -> None:
    page.goto(f"{address}/")
    page.locator("input[name=login]").fill(email)
    page.locator("input[name=password]").fill(password)
    page.locator("main form button").click()


def test_the_demo_serves_logs_in_and_makes_a_pdf(browser: Browser, tmp_path: Path) -> None:
    home, port = tmp_path / "home", free_port()
    address = f"http://127.0.0.1:{port}"
    with running_demo(home, port) as printed:
        assert address in printed
        emails = re.findall(r"\S+@\S+", printed)
        assert len(emails) == 5
        password = re.search(r"wachtwoord (\S+)", printed)
        link = re.search(r"http\S+/a/\S+", printed)
        assert password
        assert link
        with urllib.request.urlopen(link.group()) as answer:  # noqa: S310 -- our own server
            assert answer.status == 200
        context = browser.new_context(viewport=DESK, accept_downloads=True, locale="nl-NL")
        page = context.new_page()
        log_in(page, address, emails[0], password.group(1))
        expect(page.locator(".round-card")).to_have_count(3)
        page.get_by_role("link", name="Leerscan 2026").click()
        page.get_by_role("link", name="Wijkteam Oost").click()
        with page.expect_download(timeout=30_000) as download:
            page.locator(".actions-row button").first.click()
        file = download.value.path()
        assert file.read_bytes().startswith(b"%PDF")
        assert download.value.suggested_filename == "zorggroep-de-linde-leerscan-2026-zorg-wijkteam-oost-nl.pdf"
        context.close()
    with running_demo(home, port) as again:
        assert re.findall(r"\S+@\S+", again) == emails
        context = browser.new_context(locale="nl-NL")
        page = context.new_page()
        log_in(page, address, emails[0], password.group(1))
        expect(page.locator(".round-card")).to_have_count(3)
        context.close()
