"""Logging in by password and by mailed code, a second step, a new password; nothing tells who has an account."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.mail import EmailMultiAlternatives
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from organisations.accounts import SingleSignOnAdapter
from organisations.models import LogEntry, Membership, Organisation, Role, User
from tests.cast import PASSWORD, Cast

AsUser = Callable[[Any], Client]
CODE_PAGE, CONFIRM_PAGE = "/accounts/login/code/", "/accounts/login/code/confirm/"


def log_in(client: Client, email: str, password: str = PASSWORD) -> Any:
    return client.post("/accounts/login/", {"login": email, "password": password})


@pytest.fixture
def mo(cast: Cast) -> User:
    cast.mo.set_password(PASSWORD)
    cast.mo.save()
    return cast.mo


def logged(organisation: Organisation) -> list[tuple[str, str, User | None]]:
    with scope(organisation=organisation):
        return [(entry.action, entry.subject, entry.user) for entry in LogEntry.objects.all()]


def test_logging_in_is_written_in_the_log(cast: Cast, mo: User, client: Client) -> None:
    assert log_in(client, "MO@example.test").status_code == 302
    client.get(f"/o/{cast.organisation.slug}/")
    assert logged(cast.organisation) == [("login", "", mo)]


def test_of_several_organisations_only_the_one_that_is_opened_reads_of_the_login(
    cast: Cast, mo: User, client: Client
) -> None:
    Membership.objects.create(organisation=cast.other_organisation, user=mo, role=Role.CONSULTANT)
    log_in(client, mo.email)
    client.get("/")
    assert logged(cast.organisation) == logged(cast.other_organisation) == []
    for _time in range(2):
        client.get(f"/o/{cast.other_organisation.slug}/")
    assert logged(cast.organisation) == []
    assert logged(cast.other_organisation) == [("login", "", mo)]
    client.get(f"/o/{cast.organisation.slug}/")
    assert logged(cast.organisation) == [("login", "", mo)]


def test_an_address_is_known_however_its_domain_is_written(
    cast: Cast, client: Client, mailoutbox: list[EmailMultiAlternatives]
) -> None:
    User.objects.create_user("bo@caf\u00e9.test", PASSWORD)
    for page in (CODE_PAGE, "/accounts/password/reset/"):
        client.post(page, {"email": "Bo@caf\u00e9.test"})
    assert [mail.to for mail in mailoutbox] == [["bo@xn--caf-dma.test"]] * 2
    assert log_in(Client(), "bo@xn--caf-dma.test").headers["Location"] == "/"
    assert log_in(Client(), "bo@caf\u00e9.test").headers["Location"] == "/"


def test_a_wrong_password_is_no_login_and_is_said_plainly(cast: Cast, mo: User, client: Client) -> None:
    answer = log_in(client, mo.email, "iets anders")
    assert "horen niet bij elkaar" in answer.content.decode()
    with scope(organisation=cast.organisation):
        assert not LogEntry.objects.exists()


def test_a_mailed_code_logs_in_who_has_no_password(
    cast: Cast, client: Client, mailoutbox: list[EmailMultiAlternatives]
) -> None:
    User.objects.filter(pk=cast.wil.pk).update(language="en")
    client.post(CODE_PAGE, {"email": "Wil@example.test"})
    (mail,) = mailoutbox
    assert mail.subject == "Your code for Leerscan"
    assert "example.com" not in mail.body
    found = re.search(r"^([A-Z0-9-]{6,})$", str(mail.body), re.MULTILINE)
    assert found
    assert "klopt niet" in client.post(CONFIRM_PAGE, {"code": "FOUT-FOUT"}).content.decode()
    assert client.post(CONFIRM_PAGE, {"code": found[1]}).headers["Location"] == "/"
    assert client.get("/accounts/2fa/totp/activate/").status_code == 200


def test_who_has_a_password_but_logged_in_by_code_can_set_up_a_second_step(
    mo: User, client: Client, mailoutbox: list[EmailMultiAlternatives], settings: Any
) -> None:
    client.post(CODE_PAGE, {"email": mo.email})
    found = re.search(r"^([A-Z0-9-]{6,})$", str(mailoutbox[0].body), re.MULTILINE)
    assert found
    client.post(CONFIRM_PAGE, {"code": found[1]})
    assert client.get("/accounts/2fa/totp/activate/").status_code == 200
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0
    assert client.get("/accounts/2fa/totp/activate/").headers["Location"].startswith("/accounts/reauthenticate/")


@pytest.mark.parametrize("page", [CODE_PAGE, "/accounts/password/reset/"])
def test_nobody_learns_from_the_page_who_has_an_account(
    cast: Cast, page: str, mailoutbox: list[EmailMultiAlternatives]
) -> None:
    answers = []
    for email in ("mo@example.test", "onbekend@example.test"):
        answer = Client().post(page, {"email": email}, follow=True)
        content = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", answer.content.decode())
        answers.append((answer.redirect_chain, content.replace(email, "")))
    assert answers[0] == answers[1]
    assert [mail.to for mail in mailoutbox] == [["mo@example.test"], ["onbekend@example.test"]]
    assert "geen account" in mailoutbox[1].body


@pytest.mark.parametrize("email", ["mo@example.test", "onbekend@example.test"])
def test_without_a_mail_server_the_page_says_so(cast: Cast, client: Client, settings: Any, email: str) -> None:
    options = {"host": "127.0.0.1", "port": 1, "timeout": 2}
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}}
    answer = client.post("/accounts/password/reset/", {"email": email})
    assert answer.status_code == 503
    assert "de mailserver geeft geen antwoord" in answer.content.decode()


@pytest.mark.parametrize(("language", "words"), [("en", "You are logged %s."), ("nl", "Je bent %sgelogd.")])
def test_logging_in_by_code_and_out_is_said_plainly(
    cast: Cast, client: Client, mailoutbox: list[EmailMultiAlternatives], language: str, words: str
) -> None:
    client.cookies["language"] = language
    client.post(CODE_PAGE, {"email": "wil@example.test"})
    found = re.search(r"^([A-Z0-9-]{6,})$", str(mailoutbox[0].body), re.MULTILINE)
    assert found
    page = client.post(CONFIRM_PAGE, {"code": found[1]}, follow=True).content.decode()
    assert words % "in" in page
    assert page.count('class="note"') == 1
    page = client.post("/accounts/logout/", follow=True).content.decode()
    assert words % ("out" if language == "en" else "uit") in page


def test_who_came_to_fill_in_a_code_finds_the_page_for_it(client: Client, db: None) -> None:
    page = client.get("/accounts/login/").content.decode()
    assert f'<a href="{reverse("scan:code")}">of vul je code in</a>' in page


def test_nobody_can_sign_up(client: Client, db: None) -> None:
    data = {"email": "bo@example.test", "password1": PASSWORD, "password2": PASSWORD}
    assert "niet zelf aanmelden" in client.post("/accounts/signup/", data).content.decode()
    assert not User.objects.exists()


def test_name_and_language_are_ones_own_to_change(cast: Cast, as_user: AsUser) -> None:
    client = as_user(cast.mo)
    page = client.post("/accounts/", {"name": "Mo de Boer", "language": "en", "email": "x@y.test"}, follow=True)
    assert "Your account has been saved." in page.content.decode()
    assert "Mo de Boer" in page.content.decode()
    cast.mo.refresh_from_db()
    assert (cast.mo.email, cast.mo.language) == ("mo@example.test", "en")
    assert client.post("/accounts/", {"name": "x" * 151}).status_code == 422


@pytest.mark.parametrize("page", ["webauthn/", "webauthn/add/", "webauthn/login/"])
def test_pages_of_what_is_switched_off_do_not_exist(cast: Cast, as_user: AsUser, page: str) -> None:
    client = as_user(cast.anna)
    assert client.get(f"/accounts/2fa/{page}").status_code == 404
    assert client.get("/accounts/oidc/sso/login/").status_code == 404


class Arrival:
    """What the organisation's own login server says about somebody."""

    is_existing = False

    def __init__(self, email: str, *, verified: bool) -> None:
        self.email_addresses = [type("Address", (), {"email": email, "verified": verified})()]
        self.connected: User | None = None

    def connect(self, request: Any, user: User) -> None:
        self.connected = user


def test_single_sign_on_knows_people_by_an_address_that_the_server_vouches_for(cast: Cast, rf: Any) -> None:
    adapter, request = SingleSignOnAdapter(), rf.get("/")
    known, unsure, unknown = (
        Arrival("MO@example.test", verified=True),
        Arrival("mo@example.test", verified=False),
        Arrival("bo@example.test", verified=True),
    )
    for arrival in (known, unsure, unknown):
        adapter.pre_social_login(request, arrival)
    assert (known.connected, unsure.connected, unknown.connected) == (cast.mo, None, None)
    assert not adapter.is_open_for_signup(request, unknown)
