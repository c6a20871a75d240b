"""Addresses that go into mails and onto the terminal: whole ones, without a request."""

from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.urls import reverse

from organisations.models import User
from organisations.password_tokens import invitation_tokens


def absolute(name: str, *arguments: object) -> str:
    return settings.BASE_URL + reverse(name, args=arguments)


def password_link(user: User) -> str:
    """Where a new colleague chooses a password: valid for INVITATION_DAYS days, once."""
    return absolute("account_reset_password_from_key", user_pk_to_url_str(user), invitation_tokens.make_token(user))


def is_new(user: User) -> bool:
    """Has never logged in, and has nothing yet to log in with but a mailed code."""
    return user.last_login is None and not user.has_usable_password()
