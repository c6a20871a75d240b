"""What every page of answering has in common: the link, the language, the scope, and nothing kept anywhere."""

from collections.abc import Callable
from functools import partial, wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import add_never_cache_headers
from django_scopes import scope

from scan.participants import AlreadySentError, LinkError, Participant, find_participant

View = Callable[..., HttpResponse]

NOT_USABLE, ALREADY_SENT = 404, 410


def for_participant(*, after_sending: bool = False) -> Callable[[View], View]:
    """A public view for whoever has the link. `after_sending`: also when the answers were sent before."""

    def decorate(view: View) -> View:
        @login_not_required
        @wraps(view)
        def with_token(request: HttpRequest, token: str, **kwargs: Any) -> HttpResponse:
            response = _answer(partial(view, **kwargs), request, token, after_sending=after_sending)
            add_never_cache_headers(response)
            response["X-Robots-Tag"] = "noindex, nofollow"
            return response

        return with_token

    return decorate


def _answer(view: View, request: HttpRequest, token: str, *, after_sending: bool) -> HttpResponse:
    try:
        participant = find_participant(token)
    except LinkError:
        return _not_usable(request)
    choose_language(request, participant.invitation.language)
    with scope(organisation=participant.organisation):
        if participant.invitation.used and not after_sending:
            return already_sent(request, participant)
        try:
            return view(request, participant)
        except AlreadySentError:
            return already_sent(request, participant)
        except LinkError:
            return _not_usable(request)


def choose_language(request: HttpRequest, preferred: str) -> None:
    """The language of the cookie, else the person's."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    language = chosen if chosen in dict(settings.LANGUAGES) else preferred
    translation.activate(language)
    request.LANGUAGE_CODE = language


def already_sent(request: HttpRequest, participant: Participant) -> HttpResponse:
    context = {"participant": participant, "has_result": "result" in request.COOKIES}
    return render(request, "scan/already_sent.html", context, status=ALREADY_SENT)


def _not_usable(request: HttpRequest) -> HttpResponse:
    return render(request, "scan/link_not_usable.html", status=NOT_USABLE)
