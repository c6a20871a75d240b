"""A request whose line was cut halfway counts as none.

The web server hands over what came in as if it were all, and half a form looks like a whole one in which the rest was
left open: answers that somebody had given, or the bottom of a staff list, would be gone.
"""

import io
from collections.abc import Callable, Iterable
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.http.request import UnreadablePostError

# Larger than any proxy of deploy/ lets through.
MOST_TO_THROW_AWAY = 25_000_000
PIECE = 65_536


class WholeRequests:
    """Around the application: reading a body that ends too early fails, as Django expects it to.

    What a view did not want to read, such as a file that is too large, is read and thrown away: who is still sending
    when the line is closed sees a broken line instead of the page that says what is wrong.
    """

    def __init__(self, application: WSGIApplication) -> None:
        self._application = application

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        length = environ.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal():
            return self._application(environ, start_response)
        body = _WholeBody(environ["wsgi.input"], int(length))
        environ["wsgi.input"] = io.BufferedReader(body)
        answer = self._application(environ, start_response)
        body.throw_away_the_rest()
        return answer


class _WholeBody(io.RawIOBase):
    def __init__(self, body: Any, length: int) -> None:
        self._body, self._left = body, length

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        """Raises OSError when less came in than the request said."""
        wanted = min(len(buffer), self._left)
        came = self._body.read(wanted) if wanted else b""
        if wanted and not came:
            raise OSError(f"the request ended {self._left} bytes early")
        buffer[: len(came)] = came
        self._left -= len(came)
        return len(came)

    def throw_away_the_rest(self) -> None:
        if self._left > MOST_TO_THROW_AWAY:
            return
        while self._left and (came := self._body.read(min(PIECE, self._left))):
            self._left -= len(came)


class TornRequestMiddleware:
    """Views may read a body without thinking of this; the check of forms (CSRF) refuses a torn one by itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Nobody is there any more to read the answer."""
        return HttpResponseBadRequest() if isinstance(exception, UnreadablePostError) else None
