"""Logging in, and reading reports: accessible, no wider than the phone, nothing from another host."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from scan.models import Round
from tests.cast import PASSWORD, Cast
from tests.e2e.looks import LOOKS
from tests.reports.learning.pairs import pair_of
from tests.rounds import closed_sample_round, open_round, unit_id

Check = Callable[[Page], None]
EAST, KITCHEN = "Zorg / Wijkteam Oost", "Facilitair / Keuken"
ROUND = "/o/zorggroep-de-linde/r/leerscan-2026/"


@pytest.fixture
def closed(live_server: Any, cast: Cast) -> Round:
    cast.anna.set_password(PASSWORD)
    cast.anna.save()
    open_round(cast)
    return closed_sample_round(cast.organisation)


def log_in(page: Page) -> None:
    page.goto("/")
    page.locator("input[name=login]").fill("anna@example.test")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main form button").click()
    expect(page.locator("h1")).to_contain_text("Anna")


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_every_page_behind_login_is_accessible(
    page: Page, closed: Round, check_page: Check, complaints: list[str], scheme: Any, width: int
) -> None:
    closed_sample_round(closed.organisation, 2025)
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 844})
    page.goto("/")
    check_page(page)
    log_in(page)
    pages = ["/", "/compare-organisations/", "/o/zorggroep-de-linde/", "/o/zorggroep-de-linde/r/leerscan-nu/", ROUND]
    pages += [f"{ROUND}u/{unit_id(closed, path)}/" for path in ("Zorg / Wijkteam Oost", "Zorg / Nachtdienst", "")]
    pages += [f"{ROUND}u/{unit_id(closed, '')}/pdf/nl/", f"{ROUND}annex/", f"{ROUND}export/", f"{ROUND}remarks/"]
    pages += [
        f"{ROUND}learning/",
        f"{ROUND}learning/{pair_of(closed, EAST, KITCHEN).pk}/",
        f"{ROUND}comparison/board/nl/",
    ]
    pages += ["/o/zorggroep-de-linde/over-time/"]
    pages += [f"{ROUND}u/{unit_id(closed, path)}/over-time/" for path in ("Zorg / Wijkteam Oost", "Zorg / Nachtdienst")]
    pages += [f"{ROUND}comparison/{page}" for page in ("theme/", "steps/")]
    for path in pages:
        page.goto(path)
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
        check_page(page)
    assert not complaints, "\n".join(complaints)


def test_the_interactive_chart_draws_toggles_and_saves_under_the_strict_policy(
    page: Page, closed: Round, complaints: list[str], check_page: Check
) -> None:
    log_in(page)
    page.goto(f"{ROUND}u/{unit_id(closed, 'Zorg / Wijkteam Oost')}/")
    page.get_by_role("button", name="Interactieve grafiek").first.click()
    lines = page.locator("#disciplines .scatterlayer .trace")
    expect(lines).to_have_count(2)
    check_page(page)
    page.locator("#disciplines .legendtoggle").last.click()
    expect(lines).to_have_count(1)
    with page.expect_download() as download:
        page.locator("#disciplines .modebar-btn").click()
    assert download.value.suggested_filename == "Vijf disciplines.png"
    assert download.value.path().read_bytes().startswith(b"\x89PNG")
    assert not complaints, "\n".join(complaints)


def test_a_manager_finds_the_own_reports_by_clicking(page: Page, closed: Round) -> None:
    log_in(page)
    page.get_by_role("link", name="Leerscan 2026").click()
    page.get_by_role("link", name="Wijkteam Oost").click()
    expect(page.locator("h1")).to_have_text("Wijkteam Oost")
    page.get_by_role("button", name="English").click()
    expect(page.locator("h2").first).to_have_text("In one minute")


def test_all_pages_can_be_reached_by_keyboard(page: Page, closed: Round) -> None:
    log_in(page)
    page.goto(ROUND)
    page.keyboard.press("Tab")
    expect(page.locator(".skip-link")).to_be_focused()
    page.keyboard.press("Enter")
    for _press in range(3):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("article.report, h1")).not_to_have_count(0)
