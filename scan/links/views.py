"""Pages behind login: how the people of each unit are reached, code sheets, posters and the limits of open links."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from organisations import log
from organisations.access import fetch
from organisations.pages import user_of
from scan.links import open_links, paper_jobs, sealed_files
from scan.links.forms import LimitsForm
from scan.links.page import link_page
from scan.links.paper_jobs import CODE_SHEETS, MAX_IN_ONE_FILE, POSTER, RESULTS_POSTER, Paper
from scan.mailing.result_days import results_day
from scan.models import OpenLink, Round, Unit
from scan.round_page import managed_round
from scan.tree import tree_of
from scan.unit_names import unit_name

PDF = "application/pdf"

open_page = managed_round(Round.State.OPEN)


@require_safe
@open_page
def links(request: HttpRequest, round_: Round) -> HttpResponse:
    return render(request, "scan/links.html", {"round": round_, "page": link_page(round_)})


@require_http_methods(["GET", "HEAD", "POST"])
@open_page
def sheets(request: HttpRequest, round_: Round, language: str, unit_id: UUID | None = None) -> HttpResponse:
    """The code sheets of one unit or of all: POST has them made, GET hands them out."""
    unit = fetch(Unit.objects.filter(round=round_), pk=unit_id) if unit_id else None
    count = paper_jobs.code_count(round_, unit)
    if not count or (unit is None and count > MAX_IN_ONE_FILE):
        raise Http404
    paper = Paper(CODE_SHEETS, round_, unit, _of(round_, language))
    name = unit_name(unit, tree_of(round_)) if unit else _("all departments")
    if request.method == "POST":
        return _make(request, paper)
    content = sealed_files.read(paper_jobs.file_key(paper))
    if content is None:
        return redirect("links", round_.organisation.slug, round_.slug)
    log.record(round_.organisation, "download_codes", f"{round_.title}: {name} ({count})", user_of(request))
    return _download(content, _("codes"), paper, name)


@require_http_methods(["GET", "HEAD", "POST"])
@open_page
def poster(request: HttpRequest, round_: Round, unit_id: UUID, language: str) -> HttpResponse:
    link = _link(round_, unit_id)
    paper = Paper(POSTER, round_, link.unit, _of(round_, language))
    if request.method == "POST":
        return _make(request, paper)
    content = sealed_files.read(paper_jobs.file_key(paper))
    if content is None:
        return redirect("links", round_.organisation.slug, round_.slug)
    return _download(content, _("poster"), paper, link.unit.path or link.unit.name)


@require_http_methods(["GET", "HEAD", "POST"])
@open_page
def results_poster(request: HttpRequest, round_: Round, language: str) -> HttpResponse:
    """Where the results will be: for who gets no mail about it."""
    if results_day(round_) is None:
        raise Http404
    paper = Paper(RESULTS_POSTER, round_, None, _of(round_, language))
    if request.method == "POST":
        return _make(request, paper)
    content = sealed_files.read(paper_jobs.file_key(paper))
    if content is None:
        return redirect("links", round_.organisation.slug, round_.slug)
    return _download(content, _("poster of the results"), paper, "")


@require_http_methods(["GET", "HEAD", "POST"])
@open_page
def limits(request: HttpRequest, round_: Round, unit_id: UUID) -> HttpResponse:
    link = _link(round_, unit_id)
    form = LimitsForm(link, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        start, submit = form.cleaned_data["start_limit"], form.cleaned_data["submit_limit"]
        open_links.raise_limits(link, start, submit, user_of(request))
        messages.success(
            request, _("The limits are now %(start)s and %(submit)s.") % {"start": start, "submit": submit}
        )
        return redirect("links", round_.organisation.slug, round_.slug)
    context = {"round": round_, "link": link, "form": form}
    return render(request, "scan/link_limits.html", context, status=422 if form.errors else 200)


def _link(round_: Round, unit_id: UUID) -> OpenLink:
    links = OpenLink.objects.select_related("unit__round__organisation").filter(unit__round=round_)
    return fetch(links, pk=unit_id)


def _of(round_: Round, language: str) -> str:
    if language not in round_.languages:
        raise Http404
    return language


def _make(request: HttpRequest, paper: Paper) -> HttpResponse:
    if sealed_files.read(paper_jobs.file_key(paper)) is None:
        paper_jobs.request_paper(paper)
    return redirect("links", paper.round.organisation.slug, paper.round.slug)


def _download(content: bytes, kind: str, paper: Paper, unit: str) -> HttpResponse:
    parts = (paper.round.organisation.slug, paper.round.slug, slugify(kind), slugify(unit), paper.language)
    name = "-".join(part for part in parts if part) + ".pdf"
    headers = {"Content-Disposition": content_disposition_header(as_attachment=True, filename=name) or ""}
    return HttpResponse(content, content_type=PDF, headers=headers)
