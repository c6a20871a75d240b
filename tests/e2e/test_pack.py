"""The communication pack in a browser: accessible, no wider than the phone, and texts that can be copied."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django_scopes import scope
from playwright.sync_api import Page, expect

from scan.models import Round
from scan.rounds import create_round
from tests.cast import PASSWORD, Cast, add_people
from tests.e2e.looks import LOOKS
from tests.e2e.test_reading import log_in

Check = Callable[[Page], None]
PACK = "/o/zorggroep-de-linde/r/leerscan-2099/pack/"


@pytest.fixture
def draft(live_server: Any, cast: Cast) -> Round:
    cast.anna.set_password(PASSWORD)
    cast.anna.save()
    with scope(organisation=cast.organisation):
        add_people(cast.departments["zorg / wijkteam oost"], 6)
        return create_round(cast.organisation, "Leerscan 2099", date(2099, 3, 9), date(2099, 3, 30), contact="Anna")


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_the_pack_is_accessible(
    page: Page, draft: Round, check_page: Check, complaints: list[str], scheme: Any, width: int
) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 844})
    log_in(page)
    page.goto(PACK)
    check_page(page)
    page.get_by_role("link", name="English", exact=True).click()
    expect(page.locator("#announcement-title")).to_have_text("Announcement by the management")
    check_page(page)
    assert not complaints, "\n".join(complaints)


def test_a_text_is_copied_as_it_stands(page: Page, draft: Round) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    log_in(page)
    page.goto(PACK)
    place = page.locator("section", has=page.locator("#thanks"))
    place.get_by_role("button", name="Kopiëren").click()
    expect(place.get_by_role("status")).to_have_text("Gekopieerd")
    copied = page.evaluate("navigator.clipboard.readText()").replace("\r\n", "\n")
    assert copied.startswith("Onderwerp: Bedankt voor het meedenken.")
    assert "\n\nGroet,\nZorggroep De Linde" in copied


def test_a_browser_that_refuses_leaves_the_text_selected(page: Page, draft: Round) -> None:
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined });")
    page.add_init_script("document.execCommand = () => false;")
    log_in(page)
    page.goto(PACK)
    place = page.locator("section", has=page.locator("#team"))
    place.get_by_role("button", name="Kopiëren").click()
    expect(place.get_by_role("status")).to_contain_text("Ctrl+C")
    assert page.evaluate("getSelection().toString()").startswith("Hoe leren we hier?")


@pytest.mark.parametrize("width", [390, 1280])
def test_the_page_of_a_mail_text_is_accessible(page: Page, draft: Round, check_page: Check, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    log_in(page)
    page.goto("/o/zorggroep-de-linde/r/leerscan-2099/prepare/mails/invitation/nl/")
    check_page(page)
    expect(page.get_by_text("{first_name}", exact=True)).to_be_hidden()
    page.locator("summary").click()
    expect(page.get_by_text("{first_name}", exact=True)).to_be_visible()
    check_page(page)
