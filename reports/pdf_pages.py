"""A page that hands out a file: POST asks for it, GET gives it when it is there, and shows how far it is until then."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header

from jobs import archive
from jobs.models import Job, StoredFile
from jobs.running import request as request_job
from organisations import log
from organisations.pages import user_of
from scan.models import Round


@dataclass(frozen=True)
class Wanted:
    """A file that a job makes."""

    kind: str
    """Of the job."""
    key: str
    """Of the job."""
    stored: StoredFile | None
    name: str
    """Of the file."""
    action: str
    """How the log calls handing it out."""
    about: str
    """What the log adds."""
    back: str
    """The address of the page that leads here."""
    back_name: str


def hand_out(request: HttpRequest, round_: Round, wanted: Wanted) -> HttpResponse:
    """Who may have it has been looked at before."""
    if request.method == "POST" or wanted.stored is None:
        return _ask_or_wait(request, round_, wanted)
    _note(request, round_, wanted)
    content, content_type = bytes(wanted.stored.content), wanted.stored.content_type
    return HttpResponse(content, content_type=content_type, headers=_headers(wanted))


def hand_out_archive(request: HttpRequest, round_: Round, wanted: Wanted) -> HttpResponseBase:
    """The same of a stored list of files (jobs/archive.py): as one ZIP, a file at a time."""
    if request.method == "POST" or wanted.stored is None:
        return _ask_or_wait(request, round_, wanted)
    if request.method == "HEAD":  # whoever waits asks whether it is there
        return HttpResponse(content_type=archive.ZIP, headers=_headers(wanted))
    _note(request, round_, wanted)
    return StreamingHttpResponse(archive.stream(wanted.stored), content_type=archive.ZIP, headers=_headers(wanted))


def _ask_or_wait(request: HttpRequest, round_: Round, wanted: Wanted) -> HttpResponse:
    if request.method != "POST":
        return _progress(request, round_, wanted)
    if wanted.stored is None:
        request_job(wanted.kind, wanted.key)
    return redirect(request.path)


def _note(request: HttpRequest, round_: Round, wanted: Wanted) -> None:
    if request.method == "GET":
        log.record(round_.organisation, wanted.action, wanted.about, user_of(request))


def _headers(wanted: Wanted) -> dict[str, str]:
    return {"Content-Disposition": content_disposition_header(as_attachment=True, filename=wanted.name) or ""}


def _progress(request: HttpRequest, round_: Round, wanted: Wanted) -> HttpResponse:
    job = Job.objects.filter(kind=wanted.kind, key=wanted.key).order_by("-created_at").first()
    context = {
        "organisation": round_.organisation,
        "round": round_,
        "wanted": wanted,
        "job": job,
        "is_busy": job is not None and not job.is_finished,
    }
    return render(request, "reports/pdf_progress.html", context)
