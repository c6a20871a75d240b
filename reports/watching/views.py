"""The administrator's page, and what can be done from it."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django_scopes import scope

from jobs.again import try_again
from organisations import log
from organisations.mail import MailNotSentError, send
from organisations.pages import user_of
from reports.watching.job_rows import JobRow, row_of
from reports.watching.mail_words import why_not
from reports.watching.page import page


def administrator_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For everybody else it does not exist."""

    @never_cache
    @wraps(view)
    def inside(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not user_of(request).is_administrator:
            raise Http404
        return view(request, **kwargs)

    return inside


@require_safe
@administrator_page
def installation(request: HttpRequest) -> HttpResponse:
    return render(request, "reports/installation.html", page() | {"just_failed": _just_failed(request)})


def _just_failed(request: HttpRequest) -> bool:
    """A test mail: above the words that it did not go out, none may say that everything works."""
    return any(message.level >= messages.ERROR for message in messages.get_messages(request))


@require_POST
@administrator_page
def job_again(request: HttpRequest, job_id: UUID) -> HttpResponse:
    row = row_of(job_id)
    if row is None:
        raise Http404
    if try_again(job_id):
        _write_down(request, row)
        messages.success(request, _("“%(kind)s” is tried again.") % {"kind": row.kind})
    else:
        messages.info(request, _("“%(kind)s” does not have to be tried again any more.") % {"kind": row.kind})
    return redirect("installation")


def _write_down(request: HttpRequest, row: JobRow) -> None:
    """In the log of the organisation whose work it is: its HR adviser can see that somebody did something."""
    if row.organisation:
        with scope(organisation=row.organisation):
            log.record(row.organisation, "job_again", "", user_of(request))


@require_POST
@administrator_page
def test_mail(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    try:
        send(user.email, "test_mail", get_language() or "nl", {"user": user})
    except MailNotSentError as fault:
        messages.error(request, _("The test mail did not go out. %(reason)s") % {"reason": why_not(fault.__cause__)})
    else:
        messages.success(
            request,
            _("The mail server took the test mail for %(address)s. Look whether it arrives, and not among the spam.")
            % {"address": user.email},
        )
    return redirect("installation")
