"""What answering costs on a phone's line, by the browser's own log, on the server as it is run."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from scan.models import Round
from tests.cast import Cast
from tests.e2e.answering import answer_all, begin, send, to_the_check
from tests.rounds import open_round, tokens
from tests.serving.answering_server import AnsweringServer, answering_server

FIRST_PAGE_BYTES = 60_000
MOST_REQUESTS = 30


@pytest.fixture
def running(transactional_db: None, cast: Cast) -> Round:
    return open_round(cast)


@pytest.fixture
def server(running: Round, tmp_path: Path) -> Iterator[AnsweringServer]:
    with answering_server(tmp_path / "server.log") as server:
        yield server


class NetworkLog:
    """Every request that went over the line (not what the browser still had), and the bytes that came, with headers."""

    def __init__(self, page: Page) -> None:
        self._urls: dict[str, str] = {}
        self.bytes = 0
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.requestWillBeSent", self._on_request)
        session.on("Network.requestServedFromCache", self._forget)
        session.on("Network.responseReceived", self._on_response)
        session.on("Network.loadingFinished", self._on_finished)

    @property
    def urls(self) -> list[str]:
        return list(self._urls.values())

    def _on_request(self, event: dict[str, Any]) -> None:
        if not event["request"]["url"].startswith("data:"):
            self._urls[event["requestId"]] = event["request"]["url"]

    def _on_response(self, event: dict[str, Any]) -> None:
        if event["response"].get("fromDiskCache"):
            self._forget(event)

    def _forget(self, event: dict[str, Any]) -> None:
        self._urls.pop(event["requestId"], None)

    def _on_finished(self, event: dict[str, Any]) -> None:
        self.bytes += event["encodedDataLength"]


def is_the_icon_of_the_tab(url: str) -> bool:
    """Chromium fetches it of its own accord, once, when it has the time: "networkidle" does not wait for it."""
    return "/static/icon." in url


@pytest.fixture
def fresh(browser: Any) -> Iterator[BrowserContext]:
    """A phone that was never here."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="nl-NL", reduced_motion="reduce")
    yield context
    context.close()


@pytest.mark.parametrize("path", ["", "1/"])
def test_the_first_page_with_style_and_script_weighs_at_most_60_kb(
    fresh: BrowserContext, server: AnsweringServer, running: Round, path: str
) -> None:
    page = fresh.new_page()
    log = NetworkLog(page)
    page.goto(f"{server.url}/a/{tokens(running)[0]}/{path}", wait_until="networkidle")
    assert 10_000 < log.bytes <= FIRST_PAGE_BYTES
    assert any("bootstrap" in url for url in log.urls)
    assert path == "" or any("answering" in url for url in log.urls)


def test_a_whole_questionnaire_takes_at_most_30_requests_and_asks_nobody_else(
    fresh: BrowserContext, server: AnsweringServer, running: Round
) -> None:
    page = fresh.new_page()
    log = NetworkLog(page)
    page.goto(f"{server.url}/a/{tokens(running)[1]}/")
    answer_all(page)
    to_the_check(page)
    send(page)
    page.wait_for_url("**/result/")
    page.wait_for_load_state("networkidle")
    assert 20 < len(log.urls) <= MOST_REQUESTS, log.urls
    assert all(url.startswith(server.url) for url in log.urls), log.urls


def test_turning_a_page_asks_the_server_nothing(fresh: BrowserContext, server: AnsweringServer, running: Round) -> None:
    page = fresh.new_page()
    page.goto(f"{server.url}/a/{tokens(running)[2]}/")
    begin(page)
    page.wait_for_load_state("networkidle")
    log = NetworkLog(page)
    for _part in range(6):
        page.locator("[data-section]:not([hidden]) button[value=on]").click()
    assert [url for url in log.urls if not is_the_icon_of_the_tab(url)] == []
