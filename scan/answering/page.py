"""What every page of answering has in common: the link, the language, the scope, and nothing kept anywhere."""

from collections.abc import Callable
from contextlib import suppress
from functools import partial, wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.csp import CSP
from django.views.decorators.gzip import gzip_page
from django_scopes import scope

from scan.answering import address_limits, kept_result
from scan.answering.preview import find_preview
from scan.links import codes, open_links
from scan.links.open_links import FullError
from scan.models import Invitation, Round
from scan.participants import AlreadySentError, LinkError, Participant, find_participant

View = Callable[..., HttpResponse]

BAD_FORM, REFUSED, NOT_USABLE, FULL, ALREADY_SENT, TOO_OFTEN = 400, 403, 404, 409, 410, 429
# With one link from one network. Answering takes about 30; back and forth on two devices stays far below.
WRITES_PER_HOUR = 600


def public_page(view: View) -> View:
    """Without login, small on a phone's line. config/link_pages.py sees to it that nothing is kept of any answer."""
    return login_not_required(gzip_page(view))


def link_page(view: View) -> View:
    """A public view of one link. What is sent to it is counted before the link is looked at, so of any text alike."""

    @public_page
    @wraps(view)
    def counted(request: HttpRequest, token: str, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and address_limits.count(f"write {token}", request) > WRITES_PER_HOUR:
            return too_often(request, token)
        return view(request, token, **kwargs)

    return counted


def for_participant(*, after_sending: bool = False) -> Callable[[View], View]:
    """A public view for whoever has the link. `after_sending`: also when the answers were sent before."""

    def decorate(view: View) -> View:
        @link_page
        @wraps(view)
        def with_token(request: HttpRequest, token: str, **kwargs: Any) -> HttpResponse:
            return _answer(partial(view, **kwargs), request, token, after_sending=after_sending)

        return with_token

    return decorate


def _answer(view: View, request: HttpRequest, token: str, *, after_sending: bool) -> HttpResponse:
    try:
        participant = find(token)
    except LinkError:
        return not_usable(request)
    choose_language(request, participant.round, _own_language(request, participant.invitation))
    with scope(organisation=participant.organisation):
        if participant.invitation.used and not after_sending:
            response = already_sent(request, participant)
        else:
            response = _page(view, request, participant)
    if participant.is_preview:
        return _framed(response)
    kept_result.make_way(request, response, participant)
    return response


def find(token: str) -> Participant:
    """By a personal link, or by that of a preview. Raises LinkError, after the same work for every text.

    A link that is refused took both, whichever kind it is of.
    """
    participant = _usable(token) or find_preview(token)
    if participant is None:
        raise LinkError
    return participant


def _usable(token: str) -> Participant | None:
    try:
        return find_participant(token)
    except LinkError:
        return None


def _page(view: View, request: HttpRequest, participant: Participant) -> HttpResponse:
    try:
        return view(request, participant)
    except AlreadySentError:
        return already_sent(request, participant)
    except FullError:
        return link_full(request, participant.round, participant)
    except LinkError:
        return not_usable(request)


def _framed(response: HttpResponse) -> HttpResponse:
    """Our own preview page may show this one in a frame; no other site may."""
    response.xframe_options_exempt = True
    policy = {**settings.SECURE_CSP, "frame-ancestors": [CSP.SELF]}
    response._csp_config = policy  # type: ignore[attr-defined]  # noqa: SLF001 -- as Django's decorator does
    return response


def _own_language(request: HttpRequest, invitation: Invitation) -> str:
    """A code on paper has none: it would tell whose it is."""
    return translation.get_language_from_request(request) if codes.is_on_paper(invitation) else invitation.language


def choose_language(request: HttpRequest, round_: Round, otherwise: str) -> None:
    """The language of the cookie, else this one (the person's or the browser's); always one the round is asked in."""
    wishes = (request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, ""), otherwise)
    language = next((wish for wish in wishes if wish in round_.languages), round_.languages[0])
    speak(request, language)


def speak(request: HttpRequest, language: str) -> None:
    translation.activate(language)
    request.LANGUAGE_CODE = language


def already_sent(request: HttpRequest, participant: Participant) -> HttpResponse:
    context = {
        "participant": participant,
        "has_result": kept_result.find(request, participant) is not None,
    }
    return render(request, "scan/already_sent.html", context, status=ALREADY_SENT)


def link_full(request: HttpRequest, round_: Round, participant: Participant | None = None) -> HttpResponse:
    """To start, or with the participant's answers still waiting to be sent."""
    context = {"round": round_, "participant": participant, "languages": round_.languages}
    return render(request, "scan/link_full.html", context, status=FULL)


def too_often(request: HttpRequest, token: str) -> HttpResponse:
    """The page's own script looks at the status only."""
    if request.content_type == "application/json":
        response = HttpResponse(status=TOO_OFTEN)
    else:
        response = render(request, "scan/too_often.html", {"first_page": _first_page(token)}, status=TOO_OFTEN)
    response["Retry-After"] = str(address_limits.HOUR)
    return response


def form_refused(request: HttpRequest, token: str = "", *, is_open_link: bool = False) -> HttpResponse:
    """No page of ours sent this, or cookies are off. In the language of the page that it should have come from."""
    with suppress(LinkError):
        if is_open_link:
            choose_language(request, open_links.find(token).unit.round, translation.get_language() or "")
        elif token:
            participant = find(token)
            choose_language(request, participant.round, _own_language(request, participant.invitation))
    page = reverse("scan:open", args=[token]) if is_open_link else _first_page(token)
    return render(request, "scan/form_refused.html", {"first_page": page}, status=REFUSED)


def _first_page(token: str) -> str:
    return reverse("scan:start", args=[token]) if token else reverse("scan:code")


def not_usable(request: HttpRequest) -> HttpResponse:
    return render(request, "scan/link_not_usable.html", status=NOT_USABLE)


def bad_form(request: HttpRequest, participant: Participant) -> HttpResponse:
    return render(request, "scan/bad_form.html", {"participant": participant}, status=BAD_FORM)
