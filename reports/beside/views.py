"""The page of organisations side by side. It belongs to none of them, and asks of each what a page of its own would."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from organisations.logins import note_openings
from organisations.pages import user_of
from organisations.second_factor import without_second_step
from reports.beside.page import page_of
from reports.beside.reading import organisations_read, side_by_side


@require_safe
@never_cache
def organisations_compared(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    organisations = organisations_read(user)
    if not organisations:
        raise PermissionDenied
    beside = side_by_side(organisations, without_second_step(request, user, organisations))
    note_openings(request, [one.organisation for one in beside.standing], user)
    page = page_of(beside, request.GET.getlist("organisation"), get_language() or "nl")
    return render(request, "reports/beside/page.html", {"page": page})
