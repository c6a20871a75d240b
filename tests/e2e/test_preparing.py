"""Preparing, launching and following a scan: accessible in both languages and themes, and by keyboard alone."""

from collections.abc import Callable
from typing import Any

import pytest
from django_scopes import scope
from playwright.sync_api import Page, expect

from organisations.models import Person
from scan.models import Round
from tests.cast import Cast, add_people
from tests.e2e.conftest import DESK, PHONE
from tests.rounds import closed_sample_round, open_round
from tests.scan.drafting import ready_draft, staff

Check = Callable[[Page], None]
DRAFT_PAGES = (
    "prepare/",
    "prepare/basics/",
    "prepare/people/?q=mens",
    "prepare/promise/",
    "prepare/mails/",
    "prepare/launch/",
    "prepare/delete/",
    "forecast/",
    "promise/",
)
OPEN_PAGES = ("", "promise/", "last-day/", "close/", "people/?search=mens")


@pytest.fixture
def organisation_page(live_server: Any, cast: Cast, page: Page, client: Any) -> str:
    """Anna is logged in; a draft, an open and a closed scan are there."""
    with scope(organisation=cast.organisation):
        staff(cast)
        ready_draft(cast)
    open_round(cast)
    closed_sample_round(cast.organisation)
    client.force_login(cast.anna, backend="allauth.account.auth_backends.AuthenticationBackend")
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )
    return f"/o/{cast.organisation.slug}/"


LOOKS = [(PHONE, "nl", "dark"), (DESK, "en", "light")]


@pytest.mark.parametrize("look", LOOKS, ids=["phone-nl-dark", "desk-en-light"])
def test_every_page_of_a_scan_is_accessible(
    organisation_page: str, page: Page, complaints: list[str], check_page: Check, cast: Cast, look: Any
) -> None:
    size, cast.anna.language, theme = look
    cast.anna.save()
    page.set_viewport_size(size)
    page.emulate_media(color_scheme=theme)
    pages = ["/", organisation_page, f"{organisation_page}rounds/new/"]
    pages += [f"{organisation_page}r/leerscan-2098/{rest}" for rest in DRAFT_PAGES]
    pages += [f"{organisation_page}r/leerscan-nu/{rest}" for rest in OPEN_PAGES]
    for address in pages:
        response = page.goto(address)
        assert response is not None
        assert response.status == 200, address
        check_page(page)
    assert not complaints, "\n".join(complaints)


def test_the_preview_shows_the_real_pages_in_frames(organisation_page: str, page: Page, complaints: list[str]) -> None:
    page.set_viewport_size(DESK)
    page.goto(f"{organisation_page}r/leerscan-2098/preview/")
    phone = page.frame_locator("iframe.frame-phone")
    expect(phone.locator("h1")).to_be_visible()
    phone.get_by_role("link", name="Naar de vragen").click()
    expect(phone.locator("fieldset:visible").first).to_be_visible()
    assert not complaints, "\n".join(complaints)


def press(page: Page, role: Any, name: str) -> None:
    """Reach it by Tab, and press Enter: no mouse."""
    target = page.get_by_role(role, name=name, exact=True).first
    expect(target).to_be_visible()
    page.locator("body").press("Home")
    for _step in range(150):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"Tab never reaches {name}")


def test_a_scan_is_prepared_and_launched_by_keyboard_alone(organisation_page: str, page: Page, cast: Cast) -> None:
    with scope(organisation=cast.organisation):
        add_people(cast.departments["facilitair / keuken"], 12)
        Person.objects.filter(email="").update(left_on="2026-01-01")
    page.set_viewport_size(DESK)
    page.goto(organisation_page)
    press(page, "link", "Een nieuwe scan")
    press(page, "button", "Bereid deze scan voor")
    press(page, "link", "Wat je medewerkers belooft")
    for field, text in (("privacy_officer", "Iris, fg@example.test"), ("results_how", "Op intranet.")):
        page.locator(f"[name={field}]").focus()
        page.keyboard.type(text)
    press(page, "button", "Opslaan")
    press(page, "link", "Welke rapporten je kunt verwachten")
    press(page, "link", "Terug naar de lijst")
    press(page, "link", "Naar de laatste stap: starten")
    press(page, "button", "Deze scan starten")
    expect(page.locator("main .note").first).to_contain_text("is gestart")
    with scope(organisation=cast.organisation):
        assert Round.objects.filter(state=Round.State.OPEN, title__startswith="Leerscan 20").count() == 1
