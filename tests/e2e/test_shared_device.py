"""Several people after each other on one device, with codes on paper: nobody gets to see the one before."""

import re
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django_scopes import scope
from playwright.sync_api import Browser, BrowserType, Page, expect

from scan.links import codes, open_links
from scan.models import Round
from scan.tokens import token_of
from tests.cast import Cast
from tests.e2e.conftest import ARGUMENTS
from tests.e2e.test_open_link import answer_and_send
from tests.scan.entrances import open_link_of, round_with_every_way, with_codes

OWN_PICTURE = "main figure"


@pytest.fixture
def running(live_server: Any, cast: Cast) -> Iterator[Round]:
    cache.clear()
    with scope(organisation=cast.organisation):
        round_ = round_with_every_way(cast)
    yield round_
    cache.clear()


@pytest.fixture
def slips(running: Round) -> list[tuple[str, str]]:
    """Codes, and the paths that their QR codes lead to."""
    with scope(organisation=running.organisation):
        return [(codes.given_code(slip), f"/a/{token_of(slip.pk)}/") for slip in with_codes(running)]


@pytest.fixture
def remembering(browser_type: BrowserType, browser_context_args: dict[str, Any]) -> Iterator[Page]:
    """A browser that keeps whole pages in memory for "back", as people's own do and Playwright's does not."""
    browser: Browser = browser_type.launch(
        executable_path=shutil.which("chromium"),
        args=list(ARGUMENTS),
        ignore_default_args=["--disable-back-forward-cache"],
    )
    yield browser.new_context(**browser_context_args).new_page()
    browser.close()


def enter(page: Page, code: str) -> None:
    page.goto("/a/")
    page.get_by_label("Je code").fill(code)
    page.locator("main form button").click()
    page.wait_for_url(lambda url: not url.endswith("/a/"))


def see_nobody_going_back(page: Page, steps: int = 12) -> None:
    for _step in range(steps):
        if page.go_back() is None and page.url == "about:blank":
            return
        expect(page.locator("h1")).to_be_visible()
        expect(page.locator(OWN_PICTURE)).to_have_count(0)
        expect(page.locator("input:checked")).to_have_count(0)


def names_of_cookies(page: Page) -> set[str]:
    return {str(cookie.get("name")) for cookie in page.context.cookies()}


def test_whoever_types_a_code_does_not_find_the_one_before(remembering: Page, slips: list[tuple[str, str]]) -> None:
    (first, first_path), (second, _path), *_rest = slips
    page = remembering
    enter(page, first)
    answer_and_send(page, 2)
    enter(page, second)
    see_nobody_going_back(page)
    page.goto(f"{first_path}result/")
    expect(page.locator(OWN_PICTURE)).to_have_count(0)
    # The used code once more: no way to a picture, and a way on for the next person.
    enter(page, first)
    expect(page.locator("main a.btn")).to_have_count(0)
    expect(page.locator("form[action$='/next/']")).to_have_count(1)


def test_the_used_code_itself_does_not_open_the_result_again(remembering: Page, slips: list[tuple[str, str]]) -> None:
    """Who keeps the sheet goes to the device straight after somebody."""
    (first, first_path), *_rest = slips
    enter(remembering, first)
    answer_and_send(remembering, 2)
    enter(remembering, first)
    expect(remembering.locator("main a.btn")).to_have_count(0)
    remembering.goto(f"{first_path}result/")
    expect(remembering.locator(OWN_PICTURE)).to_have_count(0)


def test_whoever_scans_the_next_slip_does_not_find_the_one_before(
    remembering: Page, slips: list[tuple[str, str]]
) -> None:
    (_first, first_path), (_second, second_path), *_rest = slips
    page = remembering
    page.goto(first_path)
    answer_and_send(page, 2)
    page.goto(second_path)
    assert "device" not in names_of_cookies(page)
    see_nobody_going_back(page)


def test_whoever_starts_by_the_open_link_does_not_find_the_one_before(
    remembering: Page, running: Round, slips: list[tuple[str, str]]
) -> None:
    page = remembering
    enter(page, slips[0][0])
    answer_and_send(page, 2)
    with scope(organisation=running.organisation):
        page.goto(f"/a/open/{open_links.token_of(open_link_of(running))}/")
    page.locator("main form button").click()
    page.wait_for_url(lambda url: "/open/" not in url)
    see_nobody_going_back(page)


def next_person_by_code(page: Page, slips: list[tuple[str, str]]) -> None:
    (first, first_path), (second, second_path), *_rest = slips
    enter(page, first)
    answer_and_send(page, 2)
    page.locator("form[action$='/next/'] button").click()
    page.wait_for_url("**/a/")
    assert names_of_cookies(page) <= {"csrftoken"}
    see_nobody_going_back(page, steps=4)
    page.goto(f"{first_path}result/")
    expect(page.locator(OWN_PICTURE)).to_have_count(0)
    enter(page, second)
    assert page.url.endswith(second_path)
    answer_and_send(page, 5)


def test_after_a_code_the_next_person_begins_at_the_page_for_codes(
    remembering: Page, slips: list[tuple[str, str]]
) -> None:
    next_person_by_code(remembering, slips)


def test_the_next_person_without_javascript(without_javascript: Page, slips: list[tuple[str, str]]) -> None:
    next_person_by_code(without_javascript, slips)


def comes_out_of_memory(page: Page, path: str) -> bool:
    """Whether "back" shows the page as it was left, without asking for it."""
    page.goto(path)
    page.evaluate("window.wasHere = true")
    page.goto("/a/")
    page.evaluate("history.back()")
    expect(page).to_have_url(re.compile(f"{path}$"))
    return bool(page.evaluate("window.wasHere === true"))


def test_the_browser_keeps_what_may_be_kept_and_no_page_of_answering(
    remembering: Page, slips: list[tuple[str, str]]
) -> None:
    """Otherwise the tests above would prove nothing about "back"."""
    (_first, path), *_rest = slips
    assert comes_out_of_memory(remembering, "/static/icon.svg")
    assert not comes_out_of_memory(remembering, path)
    remembering.goto(path)
    answer_and_send(remembering, 2)
    assert not comes_out_of_memory(remembering, f"{path}result/")


def test_the_own_result_stays_for_whoever_is_alone(page: Page, slips: list[tuple[str, str]]) -> None:
    (first, first_path), *_rest = slips
    enter(page, first)
    answer_and_send(page, 3)
    page.goto("/a/")
    page.go_back()
    expect(page.locator(OWN_PICTURE)).to_have_count(2)
    page.goto(first_path)
    page.locator("main a.btn-primary").click()
    expect(page.locator(OWN_PICTURE)).to_have_count(2)
