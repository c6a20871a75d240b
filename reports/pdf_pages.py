"""A page that hands out a PDF: POST asks for it, GET gives it when it is there, and shows how far it is until then."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header

from jobs.models import Job, StoredFile
from jobs.running import request as request_job
from organisations import log
from organisations.pages import user_of
from scan.models import Round


@dataclass(frozen=True)
class Wanted:
    """A PDF that a job makes."""

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
    if request.method == "POST":
        if wanted.stored is None:
            request_job(wanted.kind, wanted.key)
        return redirect(request.path)
    if wanted.stored is None:
        return _progress(request, round_, wanted)
    if request.method == "GET":
        log.record(round_.organisation, wanted.action, wanted.about, user_of(request))
    headers = {"Content-Disposition": content_disposition_header(as_attachment=True, filename=wanted.name) or ""}
    return HttpResponse(bytes(wanted.stored.content), content_type=wanted.stored.content_type, headers=headers)


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
