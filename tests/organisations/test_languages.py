"""The pages and mails of accounts and colleagues are in one language from top to bottom."""

from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone

from organisations import mail
from organisations.account_changes import CHANGES, tell_of_change
from organisations.inviting import send_invitation
from organisations.models import Membership
from tests.cast import PASSWORD, Cast
from tests.test_languages import DUTCH_WORDS, ENGLISH_WORDS, words_on

OUTSIDE = ("login/", "login/code/", "password/reset/", "password/reset/done/", "signup/", "inactive/")
INSIDE = ("", "password/set/", "password/reset/key/done/", "password/reset/key/1a-2b/", "2fa/", "2fa/totp/activate/")
# Not settings/words/: that page is about both languages.
OFFICE = ("colleagues/", "colleagues/new/", "settings/", "log/")
WRONG = {"nl": ENGLISH_WORDS, "en": DUTCH_WORDS}


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_page_is_in_one_language(cast: Cast, as_user: Callable[[Any], Client], language: str) -> None:
    client = Client(HTTP_ACCEPT_LANGUAGE=language)
    pages = {path: client.get(f"/accounts/{path}") for path in OUTSIDE}
    faulty = {"login": "anna@example.test", "password": "x"}
    pages["faulty login"] = client.post("/accounts/login/", faulty)
    anna = as_user(cast.anna)
    anna.cookies["language"] = language
    pages |= {path: anna.get(f"/accounts/{path}") for path in INSIDE}
    weak = {"password1": "anna", "password2": "bob"}
    pages["weak password"] = anna.post("/accounts/password/set/", weak)
    pages |= {path: anna.get(f"/o/{cast.organisation.slug}/{path}") for path in OFFICE}
    role = Membership.objects.get(user=cast.anna)
    pages["colleague"] = anna.get(f"/o/{cast.organisation.slug}/colleagues/{role.pk}/")
    pages["withdraw"] = anna.get(f"/o/{cast.organisation.slug}/colleagues/{role.pk}/withdraw/")
    cast.anna.set_password(PASSWORD)
    cast.anna.save()
    anna.force_login(cast.anna, backend="allauth.account.auth_backends.AuthenticationBackend")
    pages["change password"] = anna.get("/accounts/password/change/")
    pages["is it you"] = anna.get("/accounts/2fa/totp/activate/", follow=True)
    Authenticator.objects.create(user=cast.anna, type=Authenticator.Type.TOTP, data={"secret": "x"})
    pages["with an app"] = anna.get("/accounts/")
    pages["code again"] = anna.get("/accounts/2fa/reauthenticate/")
    for name, page in pages.items():
        assert page.status_code == 200, name
        assert not words_on(page.content) & WRONG[language], name
        assert f'<html lang="{language}">' in page.content.decode(), name


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_mail_is_in_one_language(cast: Cast, mailoutbox: list[Any], language: str) -> None:
    cast.organisation.language = language
    for membership in Membership.objects.filter(organisation=cast.organisation):
        membership.organisation = cast.organisation
        send_invitation(membership, cast.anna)
    context = {"code": "ABCD", "email": "bo@example.test", "password_reset_url": "https://x.test/y"}
    for template in ("login_code", "password_reset_key", "unknown_account"):
        mail.send("bo@example.test", f"account/{template}", language, context)
    cast.anna.language, cast.anna.last_login = language, timezone.now()
    for change in CHANGES:
        tell_of_change(cast.anna, change)
    assert len(mailoutbox) == 8 + len(CHANGES)
    for sent in mailoutbox:
        (html,) = (part.content for part in sent.alternatives)
        for words in (sent.subject, sent.body, html):
            assert not words_on(words.encode()) & WRONG[language], words
        assert "example.com" not in sent.body + html
