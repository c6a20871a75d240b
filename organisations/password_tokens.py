"""Links with which somebody chooses a password: of an invitation for a week, of "forgotten" for a day.

Both end with the first use and with the next login.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.utils import timezone
from django.utils.http import base36_to_int

from organisations.models import User

INVITATION_DAYS = settings.PASSWORD_RESET_TIMEOUT // (24 * 3600)
FORGOTTEN = timedelta(days=1)


class InvitationTokens(PasswordResetTokenGenerator):
    key_salt = "organisations.password_tokens.InvitationTokens"


class PasswordTokens(PasswordResetTokenGenerator):
    """Makes the links of a forgotten password; accepts those of invitations too."""

    key_salt = "organisations.password_tokens.PasswordTokens"

    def check_token(self, user: User | None, token: str | None) -> bool:
        if super().check_token(user, token):
            return self._age(str(token)) <= FORGOTTEN.total_seconds()
        return invitation_tokens.check_token(user, token)

    def _age(self, token: str) -> int:
        return self._num_seconds(self._now()) - base36_to_int(token.partition("-")[0])


invitation_tokens = InvitationTokens()


def end_of_invitation() -> datetime:
    return timezone.now() + timedelta(days=INVITATION_DAYS)


def end_of_forgotten() -> datetime:
    return timezone.now() + FORGOTTEN
