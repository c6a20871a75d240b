"""Pages about a launched round: its promise, its last day, closing it, and the results for staff."""

from datetime import date

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from django_scopes import scope

from organisations.access import Right, fetch, rights_in
from organisations.commands import InputError
from organisations.models import Organisation
from organisations.pages import member_page, user_of
from reports import ending, privacy_job
from reports.ending_form import LastDayForm
from reports.handing_out import find_shared
from reports.models import Release
from reports.pdf_pages import Wanted, hand_out
from reports.privacy_file import file_name
from reports.published import ShownUnit, read_release
from reports.reading import managers_read_from, rounds_for
from reports.report import read_report
from reports.sharing.public_views import shared_report
from reports.wording import nothing_shown_text
from scan.answering.preview import preview_token
from scan.facts import sentence
from scan.mailing.result_days import results_day
from scan.models import Plan, Round
from scan.participants import deletion_day, today_in
from scan.results_link import results_link
from scan.round_page import managed_round, posted


@require_http_methods(["GET", "HEAD", "POST"])
@managed_round(Round.State.OPEN)
def last_day(request: HttpRequest, round_: Round) -> HttpResponse:
    form = LastDayForm(posted(request), initial={"closes_on": round_.closes_on})
    if request.method == "POST" and form.is_valid():
        try:
            cancelled = ending.change_last_day(round_, form.cleaned_data["closes_on"], user_of(request))
            messages.success(request, _("Saved."))
            if cancelled:
                messages.warning(request, _cancelled_words(cancelled))
            return redirect("round", round_.organisation.slug, round_.slug)
        except InputError as fault:
            form.add_error("closes_on", str(fault))
    status = 422 if form.is_bound else 200
    context = {"round": round_, "form": form, "reminders": ending.planned_reminders(round_)}
    return render(request, "reports/last_day.html", context, status=status)


def _cancelled_words(days: list[date]) -> str:
    text = ngettext(
        "This reminder would have gone out after the last day, and was cancelled: %(days)s.",
        "These reminders would have gone out after the last day, and were cancelled: %(days)s.",
        len(days),
    )
    return text % {"days": ", ".join(date_format(day, "j F Y") for day in days)}


@require_http_methods(["GET", "HEAD", "POST"])
@managed_round(Round.State.OPEN)
def close(request: HttpRequest, round_: Round) -> HttpResponse:
    if request.method == "POST":
        ending.close_early(round_, user_of(request))
        messages.success(request, _("“%(title)s” is being closed.") % {"title": round_.title})
        return redirect("round", round_.organisation.slug, round_.slug)
    return render(request, "reports/close.html", {"round": round_, "today": today_in(round_.organisation)})


@require_safe
@member_page(Right.READ_PROMISE)
def promise(request: HttpRequest, organisation: Organisation, round_slug: str) -> HttpResponse:
    """What staff were promised, and the settings behind it: for HR, works council and consultant."""
    rights = rights_in(user_of(request), organisation)
    round_ = fetch(rounds_for(organisation, rights), slug=round_slug)
    context = {
        "organisation": organisation,
        "round": round_,
        "results_how": sentence(round_.results_how),
        "plan": Plan.objects.filter(round=round_).first(),
        "example": preview_token(round_) if round_.state != Round.State.CLOSED else "",
        "results_link": results_link(round_),
        "shared_from": results_day(round_),
        "managers_from": managers_read_from(round_),
        "deletion_day": deletion_day(round_),
        "has_privacy_file": round_.origin != Round.Origin.IMPORTED,
    }
    return render(request, "reports/promise.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@member_page(Right.READ_PROMISE)
def privacy_pdf(request: HttpRequest, organisation: Organisation, round_slug: str, language: str) -> HttpResponse:
    """The file for works council and privacy officer: for who may see what staff were promised."""
    round_ = fetch(rounds_for(organisation, rights_in(user_of(request), organisation)), slug=round_slug)
    try:
        stored = privacy_job.find_pdf(round_, language)
    except InputError as fault:
        messages.warning(request, str(fault))
        return redirect("promise", organisation.slug, round_.slug)
    wanted = Wanted(
        privacy_job.KIND,
        privacy_job.job_key(round_, language),
        stored,
        file_name(round_, language),
        "download_privacy_file",
        round_.title,
        back=reverse("promise", args=[organisation.slug, round_.slug]),
        back_name=_("What staff were promised"),
    )
    return hand_out(request, round_, wanted)


@require_safe
@login_not_required
def shared_results(request: HttpRequest, token: str) -> HttpResponse:
    """The organisation's results, for whoever has the link, from the day on which staff hear them.

    By a link of the other kind, one report of one unit.
    """
    round_ = find_shared(token)
    if round_ is None:
        return shared_report(request, token)
    with scope(organisation=round_.organisation):
        return _results(request, round_)


def _results(request: HttpRequest, round_: Round) -> HttpResponse:
    day = results_day(round_)
    release = Release.objects.filter(round=round_).select_related("round__organisation").order_by("-number").first()
    context = {"organisation": round_.organisation, "round": round_, "day": day}
    if release is None or day is None or day > today_in(round_.organisation):
        return render(request, "reports/results_to_come.html", {**context, "results_how": round_.results_how.strip()})
    published = read_release(release)
    if not isinstance(published.root, ShownUnit):
        return render(request, "reports/shared_results.html", {**context, "text": nothing_shown_text()})
    language = get_language() or settings.LANGUAGE_CODE
    report = read_report(published, published.root, language, follows_theme=True, with_remarks=False)
    return render(request, "reports/shared_results.html", {**context, "report": report})
