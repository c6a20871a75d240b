"""What somebody with the link gets: that report, as a page and as a PDF, and nothing else."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods
from django_scopes import scope

from jobs.models import Job, StoredFile
from jobs.running import request as request_job
from reports.document import file_name
from reports.models import Release, SharedReport
from reports.published import HiddenUnit, Published, PublishedUnit, read_release
from reports.report import build_hidden_report, read_report
from reports.sharing import pdf_job
from reports.sharing.links import find, last_day_of
from scan.answering import address_limits
from scan.answering.page import speak

NOT_USABLE, CORRECTED, TOO_OFTEN = 404, 410, 429
# With one link from one network; one is made once, whoever asks.
PDFS_PER_HOUR = 30
AGAIN_AFTER = timedelta(hours=1)
View = Callable[..., HttpResponse]


def keeping_to_itself(view: View) -> View:
    """No other site, and no page of ours, learns from where somebody came: the link stands in the address.

    config/link_pages.py sees to the rest of it. The language is chosen by a link: a form that comes from nowhere would
    be refused.
    """

    @wraps(view)
    def inside(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        chosen = request.GET.get("language", "")
        if chosen in dict(settings.LANGUAGES):
            speak(request, chosen)
        response = view(request, *args, **kwargs)
        response["Referrer-Policy"] = "no-referrer"
        return response

    return inside


@keeping_to_itself
def shared_report(request: HttpRequest, token: str) -> HttpResponse:
    """Called by the view of the address, for a link that is not that of the organisation's results for staff."""
    link = find(token)
    if link is None:
        return refused(request)
    with scope(organisation=link.release.round.organisation):
        if not _is_newest(link):
            return _corrected(request, link)
        return _report(request, token, link)


def refused(request: HttpRequest) -> HttpResponse:
    """One answer for a link that is unknown, was withdrawn, or has ended."""
    return render(request, "reports/shared_refused.html", status=NOT_USABLE)


def _is_newest(link: SharedReport) -> bool:
    releases = Release.objects.filter(round=link.release.round_id).order_by("-number")
    return releases.values_list("pk", flat=True).first() == link.release_id


def _corrected(request: HttpRequest, link: SharedReport) -> HttpResponse:
    """Figures with a known fault are shown to nobody; the new ones were not shared."""
    return render(request, "reports/shared_corrected.html", _context("", link), status=CORRECTED)


def _context(token: str, link: SharedReport) -> dict[str, object]:
    round_ = link.release.round
    return {
        "token": token,
        "organisation": round_.organisation,
        "round": round_,
        "sharer": link.made_by,
        "last_day": last_day_of(link),
    }


def _report(request: HttpRequest, token: str, link: SharedReport) -> HttpResponse:
    published = read_release(link.release)
    unit = published.by_id[link.unit_id]
    language = get_language() or settings.LANGUAGE_CODE
    context = _context(token, link)
    if isinstance(unit, HiddenUnit):
        hidden = build_hidden_report(published, unit, language, follows_theme=True)
        context |= {"hidden": hidden, "report": hidden.above, "title": hidden.unit}
    else:
        report = read_report(published, unit, language, follows_theme=True, with_remarks=False)
        context |= {"report": report, "title": report.unit}
    return render(request, "reports/shared_report.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@csrf_exempt  # anybody with the link may ask for it, from anywhere: no session and no right goes with it
@keeping_to_itself
def shared_pdf(request: HttpRequest, token: str, language: str) -> HttpResponse:
    if request.method == "POST" and address_limits.count(f"shared {token}", request) > PDFS_PER_HOUR:
        return render(request, "reports/shared_too_often.html", status=TOO_OFTEN)
    link = find(token)
    if link is None:
        return refused(request)
    with scope(organisation=link.release.round.organisation):
        if not _is_newest(link):
            return _corrected(request, link)
        published = read_release(link.release)
        return _pdf(request, token, link, published, published.by_id[link.unit_id], language)


def _pdf(
    request: HttpRequest, token: str, link: SharedReport, published: Published, unit: PublishedUnit, language: str
) -> HttpResponse:
    stored = pdf_job.find_pdf(published, unit, language)
    if stored is not None and request.method != "POST":
        return _file(stored, file_name(published, unit, language))
    job = _newest_job(pdf_job.job_key(published, unit, language))
    if request.method == "POST":
        if stored is None and not _has_just_failed(job):
            request_job(pdf_job.KIND, pdf_job.job_key(published, unit, language))
        return redirect(request.path)
    context = _context(token, link) | {"is_busy": job is not None and not job.is_finished}
    return render(request, "reports/shared_pdf.html", context | {"has_failed": _has_just_failed(job)})


def _file(stored: StoredFile, name: str) -> HttpResponse:
    headers = {"Content-Disposition": content_disposition_header(as_attachment=True, filename=name) or ""}
    return HttpResponse(bytes(stored.content), content_type=stored.content_type, headers=headers)


def _newest_job(key: str) -> Job | None:
    return Job.objects.filter(kind=pdf_job.KIND, key=key).order_by("-created_at").first()


def _has_just_failed(job: Job | None) -> bool:
    """For good, within the hour: whoever has the link cannot keep the worker busy with it."""
    if job is None or job.state != Job.State.FAILED or job.finished_at is None:
        return False
    return job.finished_at > timezone.now() - AGAIN_AFTER
