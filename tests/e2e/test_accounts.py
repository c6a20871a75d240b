"""Logging in with a second step under the strict security policy, and the pages of accounts and colleagues."""

from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from playwright.sync_api import Page, expect

from organisations.models import Organisation, User
from tests.cast import PASSWORD, Cast

Check = Callable[[Page], None]


@pytest.fixture
def anna(live_server: Any, cast: Cast) -> User:
    cast.anna.set_password(PASSWORD)
    cast.anna.save()
    return cast.anna


def code_for(secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return str(format_hotp_value(hotp_value(secret, counter)))


def log_in(page: Page, user: User, address: str = "/accounts/login/") -> None:
    page.goto(address)
    page.get_by_label("E-mailadres").fill(user.email)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.locator("main form button").first.click()


def test_an_organisation_that_requires_a_second_step_leads_to_it_and_back(
    page: Page, anna: User, cast: Cast, complaints: list[str], check_page: Check
) -> None:
    Organisation.objects.update(requires_second_factor=True)
    colleagues = f"/o/{cast.organisation.slug}/colleagues/"
    log_in(page, anna, colleagues)
    expect(page.locator("main .note", has_text=cast.organisation.name)).to_be_visible()
    check_page(page)
    page.get_by_role("link", name="App instellen").click()
    expect(page.locator(".qr-code")).to_be_visible()
    check_page(page)
    secret = page.locator(".totp-secret").inner_text()
    page.get_by_label("Code").fill(code_for(secret))
    page.get_by_role("button", name="Deze app voortaan gebruiken").click()
    expect(page.locator(".spare-codes li")).to_have_count(10)
    check_page(page)
    spare = page.locator(".spare-codes li").first.inner_text()
    page.get_by_role("link", name="Verder naar").click()
    expect(page).to_have_url(f"{page.url.split('/o/')[0]}{colleagues}")
    check_page(page)

    page.get_by_role("button", name="Uitloggen").click()
    log_in(page, anna)
    expect(page.locator("h1")).to_have_text("Tweede stap")
    check_page(page)
    page.get_by_label("Code").fill("000000")
    page.locator("main form button").first.click()
    expect(page.locator("main")).to_contain_text("Deze code klopt niet")
    page.get_by_label("Code").fill(spare)
    page.locator("main form button").first.click()
    expect(page.locator("h1")).to_contain_text("Anna")
    assert not complaints, "\n".join(complaints)


def test_pages_of_accounts_and_colleagues_are_accessible(
    page: Page, anna: User, cast: Cast, complaints: list[str], check_page: Check
) -> None:
    for address in ("login/", "login/code/", "password/reset/", "password/reset/done/", "signup/", "inactive/"):
        page.goto(f"/accounts/{address}")
        check_page(page)
    log_in(page, anna)
    for address in ("", "password/change/", "2fa/"):
        page.goto(f"/accounts/{address}")
        check_page(page)
    base = f"/o/{cast.organisation.slug}/"
    for address in ("colleagues/", "colleagues/new/", "settings/", "settings/words/", "log/"):
        page.goto(base + address)
        check_page(page)
    page.goto(f"{base}colleagues/new/")
    page.get_by_role("button", name="Uitnodiging versturen").click()
    page.locator("input[name=email]").fill("bo@example.test")
    page.locator("select[name=role]").select_option("manager")
    page.get_by_role("button", name="Uitnodiging versturen").click()
    expect(page.locator("main")).to_contain_text("Kies minstens één afdeling")
    check_page(page)
    page.get_by_label("Zorg", exact=True).check()
    page.get_by_role("button", name="Uitnodiging versturen").click()
    expect(page.locator("main .note")).to_contain_text("bo@example.test")
    page.locator("tr", has_text="bo@example.test").get_by_role("link").click()
    check_page(page)
    page.get_by_role("link", name="Deze rol intrekken").click()
    check_page(page)
    page.get_by_role("button", name="Deze rol intrekken").click()
    expect(page.locator("table")).not_to_contain_text("bo@example.test")
    assert [text for text in complaints if "422" not in text] == []
