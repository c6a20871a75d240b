"""Pages for what goes wrong: what happened, and what to do now."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from scan.answering.page import form_refused


def _error(request: HttpRequest, status: int, title: str, text: str) -> HttpResponse:
    return render(request, "error.html", {"title": title, "text": text}, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _error(
        request, 400, _("Something is wrong with this request"), _("Go back, load the page again, and try once more.")
    )


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _error(
        request,
        403,
        _("You do not have access to this page"),
        _("Your role does not include this. Ask the HR adviser of your organisation if you think it should."),
    )


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _error(
        request, 404, _("This page does not exist"), _("Check the address, or go to the home page and look from there.")
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """Without request or user: whatever broke may break there too."""
    return HttpResponse(render_to_string("server_error.html"), status=500)


def csrf_failure(request: HttpRequest, reason: str = "", **kwargs: Any) -> HttpResponse:
    found = request.resolver_match
    if found and found.namespace == "scan":
        return form_refused(request, found.kwargs.get("token", ""), is_open_link=found.url_name == "open")
    return _error(
        request,
        403,
        _("We could not accept this form"),
        _(
            "Cookies may be switched off, or the page was open for a long time. "
            "Allow cookies, load the page again, and try once more."
        ),
    )
