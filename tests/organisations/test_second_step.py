"""The second step that an organisation can require: this session must have taken it."""

from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client

from organisations.models import Organisation, User
from organisations.second_factor import took_second_step
from tests.cast import PASSWORD, Cast

AsUser = Callable[[Any], Client]
SECRET = "JBSWY3DPEHPK3PXP"
AGAIN, TOTP_PAGES = "/accounts/2fa/reauthenticate/", "/accounts/2fa/totp/"


def code_for(secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return str(format_hotp_value(hotp_value(secret, counter)))


@pytest.fixture
def anna(cast: Cast) -> User:
    cast.anna.set_password(PASSWORD)
    cast.anna.save()
    return cast.anna


@pytest.fixture
def page(cast: Cast) -> str:
    """Of an organisation that requires the second step."""
    Organisation.objects.filter(pk=cast.organisation.pk).update(requires_second_factor=True)
    return f"/o/{cast.organisation.slug}/colleagues/"


def logged_in(user: User) -> Client:
    client = Client()
    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    return client


def with_second_step(client: Client, user: User) -> Client:
    """As if this browser had taken it."""
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": 0, "type": "totp"}]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    return client


def set_up(client: Client) -> Any:
    client.get(f"{TOTP_PAGES}activate/")
    secret = client.session["mfa.totp.secret"]
    return client.post(f"{TOTP_PAGES}activate/", {"code": code_for(secret)})


def test_an_organisation_that_requires_a_second_step_is_closed_without_one(
    cast: Cast, as_user: AsUser, page: str
) -> None:
    client = as_user(cast.anna)
    for answer in (client.get(page), client.post(f"{page}new/", {"email": "x"})):
        assert answer.headers["Location"] == "/accounts/2fa/"
        assert b"example.test" not in answer.content
    why = client.get(f"{page}?page=2", follow=True).content.decode()
    assert "Zorggroep De Linde vraagt iedereen" in why
    Authenticator.objects.create(user=cast.anna, type=Authenticator.Type.RECOVERY_CODES, data={"seed": "x"})
    assert client.get(page).status_code == 302


def test_a_session_from_before_it_was_set_up_has_to_take_it(anna: User, page: str) -> None:
    stolen = logged_in(anna)
    TOTP.activate(anna, SECRET)
    answer = stolen.get(f"{page}?page=2")
    assert answer.headers["Location"].startswith(f"{AGAIN}?next=")
    assert "Tweede stap" not in stolen.get("/").content.decode()
    assert "om een tweede stap" in stolen.get("/").content.decode()
    asked = stolen.get(answer.headers["Location"]).content.decode()
    assert "Zorggroep De Linde vraagt iedereen" in asked
    assert "klopt niet" in stolen.post(answer.headers["Location"], {"code": "000000"}).content.decode()
    assert stolen.get(page).status_code == 302
    back = stolen.post(answer.headers["Location"], {"code": code_for(SECRET), "next": f"{page}?page=2"})
    assert back.headers["Location"] == f"{page}?page=2"
    assert stolen.get(page).status_code == 200
    assert "om een tweede stap" not in stolen.get("/").content.decode()
    assert "Verder naar" not in stolen.get("/accounts/2fa/").content.decode()


@pytest.mark.parametrize("change", ["totp/deactivate/", "recovery-codes/generate/"])
def test_a_stolen_password_cannot_take_the_second_step_away(anna: User, change: str) -> None:
    stolen = logged_in(anna)
    TOTP.activate(anna, SECRET)
    address = f"/accounts/2fa/{change}"
    for answer in (stolen.get(address), stolen.post(address)):
        assert answer.headers["Location"].startswith(AGAIN)
    answer = stolen.post(f"/accounts/reauthenticate/?next={address}", {"password": PASSWORD})
    assert answer.headers["Location"].startswith(AGAIN)
    assert Authenticator.objects.filter(user=anna, type="totp").exists()


def test_setting_it_up_counts_and_ends_all_other_sessions(
    cast: Cast, anna: User, page: str, django_capture_on_commit_callbacks: Any
) -> None:
    other, here, mo = logged_in(anna), logged_in(anna), Client()
    mo.force_login(cast.mo, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert here.get(page).headers["Location"] == "/accounts/2fa/"
    with django_capture_on_commit_callbacks(execute=True):
        assert set_up(here).headers["Location"] == "/accounts/2fa/recovery-codes/"
    assert f'href="{page}' in here.get("/accounts/2fa/").content.decode()
    assert here.get(page).status_code == 200
    assert other.get(page).headers["Location"].startswith("/accounts/login/")
    assert mo.get("/").status_code == 200


def test_who_logs_in_with_it_comes_in(anna: User, page: str) -> None:
    TOTP.activate(anna, SECRET)
    client = logged_in(anna)
    assert client.get(page).headers["Location"].startswith("/accounts/login/")
    client.post("/accounts/2fa/authenticate/", {"code": code_for(SECRET)})
    assert client.get(page).status_code == 200


def test_a_second_step_that_was_removed_no_longer_counts(cast: Cast, as_user: AsUser, page: str) -> None:
    client = with_second_step(as_user(cast.anna), cast.anna)
    assert client.get(page).headers["Location"] == "/accounts/2fa/"


@pytest.mark.parametrize("asks", [True, False])
def test_the_login_server_counts_only_when_it_asks_for_a_second_step(
    cast: Cast, rf: Any, settings: Any, *, asks: bool
) -> None:
    settings.OIDC_SECOND_STEP = asks
    request = rf.get("/")
    request.session = SessionStore()
    assert not took_second_step(request, cast.anna)
    record_authentication(request, cast.anna, "socialaccount", provider="sso")
    assert took_second_step(request, cast.anna) is asks


def test_rights_are_looked_at_before_a_second_step_is_asked_for(cast: Cast, as_user: AsUser, page: str) -> None:
    assert as_user(cast.otto).get(page).status_code == 404
    assert as_user(cast.mo).get(page).status_code == 403


def test_a_second_step_costs_one_query_and_only_where_it_is_required(
    cast: Cast, as_user: AsUser, django_assert_num_queries: Any
) -> None:
    Authenticator.objects.create(user=cast.anna, type=Authenticator.Type.TOTP, data={"secret": "x"})
    client = with_second_step(as_user(cast.anna), cast.anna)
    address = f"/o/{cast.organisation.slug}/settings/"
    with django_assert_num_queries(5):
        client.get(address)
    Organisation.objects.filter(pk=cast.organisation.pk).update(requires_second_factor=True)
    with django_assert_num_queries(6):
        client.get(address)
