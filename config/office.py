"""Middleware about who logs in. Participants never do (design.md 5), so that it passes their requests by.

On the way of an answer nothing then even looks at the session of a colleague who uses the same browser, and a request
is a tenth shorter (docs/decisions/0022).
"""

from typing import Any

from django.contrib.auth import middleware as auth
from django.contrib.messages import middleware as messages
from django.contrib.sessions import middleware as sessions
from django.http import HttpRequest
from whitenoise import middleware as whitenoise

from organisations import language

ANSWERING = "/a/"


class _ForTheOffice:
    """In front of a middleware class. Its `process_view` and the like are Django's to call; none of these has one."""

    def __call__(self, request: HttpRequest) -> Any:
        if request.path_info.startswith(ANSWERING):
            inner: Any = self.get_response  # type: ignore[attr-defined]
            return inner(request)
        return super().__call__(request)  # type: ignore[misc]


class WhiteNoiseMiddleware(_ForTheOffice, whitenoise.WhiteNoiseMiddleware):  # type: ignore[misc]
    pass


class SessionMiddleware(_ForTheOffice, sessions.SessionMiddleware):
    pass


class AuthenticationMiddleware(_ForTheOffice, auth.AuthenticationMiddleware):
    pass


class UserLanguageMiddleware(_ForTheOffice, language.UserLanguageMiddleware):
    pass


class MessageMiddleware(_ForTheOffice, messages.MessageMiddleware):
    pass
