"""Passkeys, with the setting that switches them on: run by test_passkeys.py in a process of its own."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from organisations.models import User
from tests.e2e.test_accounts import anna, log_in  # noqa: F401 -- anna is a fixture

Check = Callable[[Page], None]


def test_a_passkey_is_added_and_logs_in(
    page: Page,
    anna: User,  # noqa: F811 -- the fixture
    complaints: list[str],
    check_page: Check,
) -> None:
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    key = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options = key | {"isUserVerified": True, "automaticPresenceSimulation": True}
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    log_in(page, anna)
    page.goto("/accounts/2fa/webauthn/add/")
    check_page(page)
    page.get_by_label("zonder wachtwoord").check()
    page.get_by_role("button", name="Passkey toevoegen").click()
    expect(page.locator(".spare-codes li")).to_have_count(10)
    page.goto("/accounts/2fa/webauthn/")
    check_page(page)
    page.get_by_role("button", name="Uitloggen").click()
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Inloggen met een passkey").click()
    expect(page.locator("h1")).to_contain_text("Anna")
    assert not complaints, "\n".join(complaints)
