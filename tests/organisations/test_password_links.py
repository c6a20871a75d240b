"""How long a link works with which somebody chooses a password."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core.mail import EmailMultiAlternatives
from django.test import Client
from django.utils import timezone

from organisations.password_tokens import PasswordTokens, invitation_tokens
from tests.cast import PASSWORD, Cast

TOKENS = PasswordTokens()


def later(monkeypatch: pytest.MonkeyPatch, **span: float) -> None:
    moment = datetime.now() + timedelta(**span)  # noqa: DTZ005 -- as Django counts here
    monkeypatch.setattr(PasswordResetTokenGenerator, "_now", lambda self: moment)


@pytest.mark.parametrize(
    ("kind", "span", "works"),
    [
        (TOKENS, {"hours": 23.9}, True),
        (TOKENS, {"hours": 24.1}, False),
        (invitation_tokens, {"days": 6.9}, True),
        (invitation_tokens, {"days": 7.1}, False),
    ],
)
def test_a_forgotten_password_has_a_day_and_an_invitation_a_week(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, kind: Any, span: dict[str, float], *, works: bool
) -> None:
    token = kind.make_token(cast.mo)
    assert TOKENS.check_token(cast.mo, token)
    later(monkeypatch, **span)
    assert TOKENS.check_token(cast.mo, token) is works


def test_both_end_with_logging_in_and_with_a_new_password(cast: Cast) -> None:
    for kind in (TOKENS, invitation_tokens):
        token = kind.make_token(cast.mo)
        cast.mo.last_login = timezone.now() + timedelta(hours=1) if cast.mo.last_login else timezone.now()
        assert not TOKENS.check_token(cast.mo, token)
        token = kind.make_token(cast.mo)
        cast.mo.set_password(PASSWORD)
        assert not TOKENS.check_token(cast.mo, token)
    assert not TOKENS.check_token(cast.mo, "")
    assert not TOKENS.check_token(None, "abc-def")


def test_the_mail_about_a_forgotten_password_says_until_when(
    cast: Cast, mailoutbox: list[EmailMultiAlternatives], monkeypatch: pytest.MonkeyPatch
) -> None:
    until = datetime(2027, 3, 1, 13, 30, tzinfo=timezone.get_current_timezone())
    monkeypatch.setattr("organisations.accounts.end_of_forgotten", lambda: until)
    Client().post("/accounts/password/reset/", {"email": cast.mo.email})
    assert "De link werkt één keer, tot 1 maart 2027 om 13:30 uur." in mailoutbox[0].body
