"""A mail about every change in how somebody logs in."""

import logging
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import allauth
import pytest
from django.core.mail import EmailMultiAlternatives
from django.test import Client
from django.utils import timezone

from organisations.account_changes import CHANGES, tell_of_change
from organisations.models import User
from tests.cast import PASSWORD, Cast
from tests.organisations.test_second_step import logged_in, set_up

AsUser = Callable[[Any], Client]
NEW = "een heel andere lange zin"


@pytest.fixture
def mo(cast: Cast) -> User:
    cast.mo.set_password(PASSWORD)
    cast.mo.save()
    return cast.mo


def test_a_changed_password_is_told(mo: User, mailoutbox: list[EmailMultiAlternatives], settings: Any) -> None:
    settings.DEFAULT_FROM_EMAIL = "Leerscan <scan@example.test>"
    data = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    logged_in(mo).post("/accounts/password/change/", data)
    (mail,) = mailoutbox
    assert (mail.to, mail.from_email) == (["mo@example.test"], "Leerscan <scan@example.test>")
    assert mail.subject == "Je account bij Leerscan is gewijzigd"
    assert "Het wachtwoord is gewijzigd." in mail.body
    assert "http://127.0.0.1:8000/accounts/password/reset/" in mail.body


def test_a_first_and_a_forgotten_password_are_told(
    cast: Cast, as_user: AsUser, mailoutbox: list[EmailMultiAlternatives]
) -> None:
    User.objects.filter(pk=cast.wil.pk).update(language="en")
    as_user(cast.wil).post("/accounts/password/set/", {"password1": NEW, "password2": NEW})
    assert "A password has been chosen." in mailoutbox[0].body
    client = Client()
    client.post("/accounts/password/reset/", {"email": cast.wil.email})
    (link,) = set(re.findall(r"/accounts/password/reset/key/\S+", str(mailoutbox[1].body)))
    address = client.get(link, follow=True).redirect_chain[-1][0]
    client.post(address, {"password1": PASSWORD, "password2": PASSWORD})
    assert "with a link from a mail" in mailoutbox[2].body


def test_the_first_password_of_somebody_invited_is_no_news(
    cast: Cast, mailoutbox: list[EmailMultiAlternatives]
) -> None:
    tell_of_change(cast.mo, "password_reset")
    assert mailoutbox == []
    cast.mo.last_login = timezone.now()
    tell_of_change(cast.mo, "password_reset")
    assert len(mailoutbox) == 1


def test_a_second_step_that_comes_and_goes_is_told(
    mo: User, mailoutbox: list[EmailMultiAlternatives], django_capture_on_commit_callbacks: Any
) -> None:
    client = logged_in(mo)
    with django_capture_on_commit_callbacks(execute=True):
        set_up(client)
    client.post("/accounts/2fa/totp/deactivate/")
    told = [next(change for change, words in CHANGES.items() if str(words) in mail.body) for mail in mailoutbox]
    assert told == ["totp_activated", "totp_deactivated"]


def test_without_a_mail_server_the_change_is_made_all_the_same(
    cast: Cast, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    options = {"host": "127.0.0.1", "port": 1, "timeout": 2}
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}}
    with caplog.at_level(logging.WARNING):
        tell_of_change(cast.mo, "password_changed")
    assert "did not go out" in caplog.text
    assert cast.mo.email not in caplog.text


def test_there_are_words_for_every_change_that_can_be_made_here() -> None:
    sources = [path.read_text(encoding="utf-8") for path in Path(allauth.__file__).parent.rglob("*.py")]
    told = {
        change
        for source in sources
        for change in re.findall(r"send_notification_mail\(\s*\"[a-z]+/email/([a-z_]+)\"", source)
    }
    # Nobody can change an address here, or let go of the login server: these pages of allauth do not exist.
    assert told - {"email_changed", "email_deleted", "account_disconnected"} == set(CHANGES)
