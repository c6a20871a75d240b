"""The ways in without a personal address: a code on paper, and the open link of a unit. A GET changes nothing."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django_scopes import scope, scopes_disabled

from scan.answering import address_limits, kept_result
from scan.answering.page import choose_language, for_participant, link_full, not_usable, public_page, speak
from scan.links import codes, open_links
from scan.models import Invitation, OpenLink, Round
from scan.participants import LinkError, Participant, find_participant
from scan.tokens import token_of

WRONG_CODES_PER_HOUR = 30
MIN_STARTS_PER_HOUR = 60
TOO_MANY = 429


@require_http_methods(["GET", "HEAD", "POST"])
@public_page
def code(request: HttpRequest) -> HttpResponse:
    languages = _languages_asked_in()
    if languages and get_language() not in languages:
        speak(request, languages[0])
    if request.method != "POST":
        return _code_page(request, languages)
    typed = request.POST.get("code", "")
    if not typed.strip():
        fault = _("Fill in your code: twelve letters and digits.")
        return _code_page(request, languages, typed, fault, status=422)
    # Also for a code that is right: otherwise one could go on guessing.
    if address_limits.has_reached(WRONG_CODES_PER_HOUR, "code", request):
        fault = _(
            "Too many wrong codes were entered from this network. Scan the QR code on your slip instead, or wait an "
            "hour."
        )
        return _code_page(request, languages, typed, fault, status=TOO_MANY)
    page_behind = _page_behind(typed)
    if page_behind is None:
        address_limits.count("code", request)
        fault = _(
            "We cannot use this code. Check all twelve letters and digits, and the date on the paper. Does it "
            "still not work? Ask the contact person on the paper."
        )
        return _code_page(request, languages, typed, fault, status=422)
    kept_result.make_way(request, page_behind)
    return page_behind


def _languages_asked_in() -> list[str]:
    """Of all scans that are open: which one it is, only the code can tell."""
    with scopes_disabled():
        rounds = Round.objects.filter(state=Round.State.OPEN, origin=Round.Origin.ASKED)
        return sorted({language for languages in rounds.values_list("languages", flat=True) for language in languages})


def _page_behind(typed: str) -> HttpResponse | None:
    """Where this code leads to; nowhere when it is unknown, or when its scan is not open: one answer for all.

    Both kinds are looked for, and a link of each, whatever was typed: the work is one for all too.
    """
    token, open_token = codes.find_by_code(typed) or "", open_links.find_by_code(typed) or ""
    leads_to_start, leads_to_open_page = _is_usable(find_participant, token), _is_usable(open_links.find, open_token)
    if leads_to_start:
        return redirect("scan:start", token)
    return redirect("scan:open", open_token) if leads_to_open_page else None


def _is_usable(find: Callable[[str], object], token: str) -> bool:
    try:
        find(token)
    except LinkError:
        return False
    return True


def _code_page(
    request: HttpRequest, languages: list[str], typed: str = "", fault: str = "", status: int = 200
) -> HttpResponse:
    context = {"languages": languages, "typed": typed[:40], "fault": fault}
    return render(request, "scan/code.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@public_page
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """Says what this is; only POST starts, for mail scanners and phones open addresses by themselves."""
    try:
        link = open_links.find(token)
        choose_language(request, link.unit.round, get_language() or "")
        with scope(organisation=link.unit.round.organisation):
            return _start(request, link) if request.method == "POST" else _open_page(request, link)
    except LinkError:
        return not_usable(request)


def _open_page(request: HttpRequest, link: OpenLink, status: int = 200) -> HttpResponse:
    round_ = link.unit.round
    context = {
        "link": link,
        "round": round_,
        "languages": round_.languages,
        "has_reached_limit": status == TOO_MANY,
    }
    return render(request, "scan/open.html", context, status=status)


def _start(request: HttpRequest, link: OpenLink) -> HttpResponse:
    round_, expected = link.unit.round, link.unit.expected or 0
    what = f"open {link.pk}"
    if address_limits.has_reached(max(MIN_STARTS_PER_HOUR, 2 * expected), what, request):
        return _open_page(request, link, TOO_MANY)
    try:
        invitation = open_links.start(link, get_language() or round_.languages[0])
    except open_links.FullError:
        return link_full(request, round_)
    address_limits.count(what, request)
    response = redirect("scan:start", token_of(invitation.pk))
    kept_result.make_way(request, response)
    return response


@require_POST
@for_participant(after_sending=True)
def next_person(request: HttpRequest, participant: Participant) -> HttpResponse:
    """After sending on a shared device: nothing of this person stays behind in the browser."""
    if not (participant.invitation.used and participant.is_anonymous):
        return redirect("scan:start", participant.token)
    response = _way_in(participant.invitation)
    kept_result.forget(request, response, participant)
    return response


def _way_in(invitation: Invitation) -> HttpResponse:
    """Where the next person begins who came the same way."""
    if invitation.came_by_open_link:
        return redirect("scan:open", open_links.token_of(invitation.unit.open_link))
    return redirect("scan:code")
