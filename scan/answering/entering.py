"""The ways in without a personal address: a code on paper, and the open link of a unit. A GET changes nothing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django_scopes import scope

from scan.answering import address_limits, kept_result
from scan.answering.page import for_participant, link_full, not_usable, public_page
from scan.links import codes, open_links
from scan.models import OpenLink
from scan.participants import LinkError, Participant, find_participant
from scan.tokens import token_of

WRONG_CODES_PER_HOUR = 30
MIN_STARTS_PER_HOUR = 60
TOO_MANY = 429


@require_http_methods(["GET", "POST"])
@public_page
def code(request: HttpRequest) -> HttpResponse:
    if request.method == "GET":
        return render(request, "scan/code.html")
    typed = request.POST.get("code", "")
    if not typed.strip():
        return _ask_again(request, typed, _("Fill in the code on your slip: twelve letters and digits."), status=422)
    # Also for a code that is right: otherwise one could go on guessing.
    if address_limits.has_reached(WRONG_CODES_PER_HOUR, "code", request):
        fault = _("There were too many wrong codes from this address. Scan the QR code instead, or wait an hour.")
        return _ask_again(request, typed, fault, status=TOO_MANY)
    page_behind = _page_behind(typed)
    if page_behind is None:
        address_limits.count("code", request)
        fault = _(
            "We cannot use this code. Check all twelve letters and digits, and the dates on the paper. "
            "Does it still not work? Ask the contact person on the paper."
        )
        return _ask_again(request, typed, fault, status=422)
    return page_behind


def _page_behind(typed: str) -> HttpResponse | None:
    """Where this code leads to; nowhere when it is unknown, or when its scan is not open: one answer for all."""
    try:
        if token := codes.find_by_code(typed):
            find_participant(token)
            return redirect("scan:start", token)
        if token := open_links.find_by_code(typed):
            open_links.find(token)
            return redirect("scan:open", token)
    except LinkError:
        return None
    return None


def _ask_again(request: HttpRequest, typed: str, fault: str, *, status: int) -> HttpResponse:
    return render(request, "scan/code.html", {"typed": typed[:40], "fault": fault}, status=status)


@require_http_methods(["GET", "POST"])
@public_page
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """Says what this is; only POST starts, for mail scanners and phones open addresses by themselves."""
    try:
        link = open_links.find(token)
        with scope(organisation=link.unit.round.organisation):
            return _start(request, link) if request.method == "POST" else _open_page(request, link)
    except LinkError:
        return not_usable(request)


def _open_page(request: HttpRequest, link: OpenLink, status: int = 200) -> HttpResponse:
    context = {"link": link, "round": link.unit.round, "has_reached_limit": status == TOO_MANY}
    return render(request, "scan/open.html", context, status=status)


def _start(request: HttpRequest, link: OpenLink) -> HttpResponse:
    round_, expected = link.unit.round, link.unit.expected or 0
    what = f"open {link.pk}"
    if address_limits.has_reached(max(MIN_STARTS_PER_HOUR, 2 * expected), what, request):
        return _open_page(request, link, TOO_MANY)
    language = get_language() or ""
    try:
        invitation = open_links.start(link, language if language in round_.languages else round_.languages[0])
    except open_links.FullError:
        return link_full(request, round_)
    address_limits.count(what, request)
    return redirect("scan:start", token_of(invitation.pk))


@require_POST
@for_participant(after_sending=True)
def next_person(request: HttpRequest, participant: Participant) -> HttpResponse:
    """After sending on a shared device: nothing of this person stays behind in the browser."""
    if not (participant.invitation.used and open_links.is_by_open_link(participant.invitation)):
        return redirect("scan:start", participant.token)
    response = redirect("scan:open", open_links.token_of(participant.invitation.unit.open_link))
    kept_result.forget(request, response, participant)
    return response
