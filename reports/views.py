"""The pages behind login: access, then what a module below answers, then the response."""

from datetime import date
from typing import Any, cast
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from measurement.presentation import ANNEX_FROM
from organisations.access import Right, rights_in
from organisations.language import remember_language
from organisations.models import Organisation, User
from organisations.pages import member_page, user_of
from organisations.second_factor import without_second_step
from reports import pdf_job
from reports.annex_page import annex_page
from reports.attention import attention
from reports.beside.reading import can_compare, ready
from reports.document import file_name
from reports.ending import closing_has_failed
from reports.errors import bad_request
from reports.handing_out import departments_without_manager
from reports.learning.talks import talks_by_organisation, talks_in
from reports.listing import begins_on, round_cards, unit_rows
from reports.pdf_pages import Wanted, hand_out
from reports.published import HiddenUnit, Published
from reports.reading import RoundView, managers_read_from, round_for, rounds_by_organisation, rounds_for
from reports.report import build_hidden_report, read_report
from reports.timeline import timeline
from scan.mailing.result_days import results_day
from scan.models import Round
from scan.participants import deletion_day, today_in
from scan.progress import running_response_of


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    if user.is_administrator:
        return redirect("installation")
    listed = rounds_by_organisation(user)
    closed_off = without_second_step(request, user, [item.organisation for item in listed])
    read = [item.organisation for item in listed if Right.READ_ALL_UNITS in item.rights]
    managed = [item for item in listed if Right.MANAGE_ROUNDS in item.rights and item.organisation not in closed_off]
    todo = attention([(item.organisation, item.rounds) for item in managed]) if managed else {}
    talks = talks_by_organisation(user, [item for item in listed if item.organisation not in closed_off])
    organisations = [
        (
            one.organisation,
            round_cards(one.rounds),
            todo.get(one.organisation.pk, []),
            talks.get(one.organisation.pk, []),
            one.organisation in closed_off,
        )
        for one in listed
    ]
    return render(
        request,
        "reports/home.html",
        {"organisations": organisations, "can_compare": can_compare(ready(read, closed_off))},
    )


@require_safe
@member_page()
def organisation_page(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    rounds = round_cards(rounds_for(organisation, rights_in(user_of(request), organisation)))
    return render(request, "reports/organisation.html", {"organisation": organisation, "rounds": rounds})


@require_safe
@member_page()
def round_page(request: HttpRequest, organisation: Organisation, round_slug: str) -> HttpResponse:
    view = round_for(user_of(request), organisation, round_slug)
    if view.round.state == Round.State.DRAFT and Right.MANAGE_ROUNDS in view.rights:
        return redirect("prepare", organisation.slug, round_slug)
    running = None
    is_asked_here = view.round.origin == Round.Origin.ASKED
    begins = begins_on(view.round)
    if view.round.state == Round.State.OPEN and is_asked_here and view.may_follow and begins is None:
        running = running_response_of(view.round, view.tree)
    manages = Right.MANAGE_ROUNDS in view.rights
    units = unit_rows(view, running)
    context = {
        "organisation": organisation,
        "round": view.round,
        "view": view,
        "begins_on": begins,
        "reports_from": _reports_from(view),
        "staff_hear_on": _staff_hear_on(view),
        "running": running,
        "units": units,
        "talks": talks_in(view) if Right.READ_OWN_UNITS in view.rights else [],
        "has_reports": any(row.is_shown and row.is_readable for row in units),
        "timeline": timeline(view.round) if manages and is_asked_here else [],
        "without_manager": departments_without_manager(view.round, view.tree) if manages and is_asked_here else [],
        "has_failed": manages and view.published is None and closing_has_failed(view.round),
        "deletion_day": deletion_day(view.round),
    }
    return render(request, "reports/round.html", context)


def _reports_from(view: RoundView) -> date | None:
    """For a manager while the scan is open."""
    is_manager = Right.READ_OWN_UNITS in view.rights and Right.READ_ALL_UNITS not in view.rights
    return managers_read_from(view.round) if is_manager and view.round.state == Round.State.OPEN else None


def _staff_hear_on(view: RoundView) -> date | None:
    """While that is still to come, for whoever reads results before."""
    if not view.published or not view.readable:
        return None
    day = results_day(view.round)
    return day if day and day > today_in(view.round.organisation) else None


@require_safe
@member_page()
def unit_page(request: HttpRequest, organisation: Organisation, round_slug: str, unit_id: UUID) -> HttpResponse:
    view = round_for(user_of(request), organisation, round_slug)
    unit, published = view.unit(unit_id), cast("Published", view.published)
    context: dict[str, Any] = {"organisation": organisation, "round": view.round, "unit": unit}
    language = get_language() or organisation.language
    if isinstance(unit, HiddenUnit):
        hidden = build_hidden_report(published, unit, language, follows_theme=True)
        return render(request, "reports/hidden.html", context | {"hidden": hidden, "report": hidden.above})
    report = read_report(published, unit, language, follows_theme=True)
    context |= {"report": report, "talks": talks_in(view, unit_id)}
    return render(request, "reports/report_page.html", context)


@require_safe
@member_page(Right.READ_ALL_UNITS)
def annex(request: HttpRequest, organisation: Organisation, round_slug: str) -> HttpResponse:
    view = round_for(user_of(request), organisation, round_slug)
    if view.published is None:
        raise Http404
    page = annex_page(view.published, get_language() or organisation.language)
    context = {"organisation": organisation, "round": view.round, "annex": page, "least": ANNEX_FROM}
    return render(request, "reports/annex.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@member_page()
def unit_pdf(
    request: HttpRequest, organisation: Organisation, round_slug: str, unit_id: UUID, language: str
) -> HttpResponse:
    view = round_for(user_of(request), organisation, round_slug)
    unit, published = view.unit(unit_id), cast("Published", view.published)
    wanted = Wanted(
        pdf_job.KIND,
        pdf_job.job_key(published, unit, language),
        pdf_job.find_pdf(published, unit, language),
        file_name(published, unit, language),
        "download_report",
        f"{view.round.title}: {unit.path or unit.name}",
        back=reverse("unit", args=[organisation.slug, round_slug, unit_id]),
        back_name=unit.name or organisation.name,
    )
    return hand_out(request, view.round, wanted)


@require_POST
@login_not_required
def choose_language(request: HttpRequest) -> HttpResponse:
    """Kept with the user who is logged in, and in a cookie for the pages before that."""
    chosen = request.POST.get("language", "")
    if chosen not in dict(settings.LANGUAGES):
        return bad_request(request)
    if request.user.is_authenticated:
        User.objects.filter(pk=request.user.pk).update(language=chosen)
    page = request.POST.get("page", "")
    is_ours = url_has_allowed_host_and_scheme(page, allowed_hosts=None) and page.startswith("/")
    response = redirect(page if is_ours else "home")
    remember_language(response, chosen)
    return response
