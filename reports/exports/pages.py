"""Hand out files of figures: of one unit to whoever may read it, of the whole round to whoever reads all units."""

from typing import cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from organisations.access import Right
from organisations.models import Organisation
from organisations.pages import member_page, user_of
from reports.exports import all_pdfs, job
from reports.exports.formats import FORMATS, ROUND_FORMATS
from reports.exports.names import file_stem
from reports.pdf_pages import Wanted, hand_out, hand_out_archive
from reports.published import Published
from reports.reading import RoundView, round_for

ASKED = ["GET", "HEAD", "POST"]


@require_http_methods(ASKED)
@member_page()
def unit_export(
    request: HttpRequest, organisation: Organisation, round_slug: str, unit_id: UUID, format_code: str, language: str
) -> HttpResponse:
    view = round_for(user_of(request), organisation, round_slug)
    unit, published = view.unit(unit_id), cast("Published", view.published)
    if format_code not in FORMATS:
        raise Http404
    wanted = Wanted(
        job.KIND,
        job.job_key(published, unit, format_code, language),
        job.find_file(published, unit, format_code, language),
        f"{file_stem(published, unit, language)}.{FORMATS[format_code].extension}",
        "download_export",
        f"{view.round.title}: {unit.path or unit.name} ({FORMATS[format_code].name})",
        back=reverse("unit", args=[organisation.slug, round_slug, unit_id]),
        back_name=unit.name or organisation.name,
    )
    return hand_out(request, view.round, wanted)


@require_safe
@member_page(Right.READ_ALL_UNITS)
def round_files(request: HttpRequest, organisation: Organisation, round_slug: str) -> HttpResponse:
    view, _published = _whole_round(request, organisation, round_slug)
    context = {"organisation": organisation, "round": view.round, "formats": ROUND_FORMATS}
    return render(request, "reports/round_files.html", context)


@require_http_methods(ASKED)
@member_page(Right.READ_ALL_UNITS)
def round_export(
    request: HttpRequest, organisation: Organisation, round_slug: str, format_code: str, language: str
) -> HttpResponseBase:
    view, published = _whole_round(request, organisation, round_slug)
    back = reverse("round_files", args=[organisation.slug, round_slug])
    if format_code == all_pdfs.FORMAT:
        return hand_out_archive(request, view.round, _all_pdfs(published, language, back))
    if format_code not in ROUND_FORMATS:
        raise Http404
    wanted = Wanted(
        job.KIND,
        job.job_key(published, None, format_code, language),
        job.find_file(published, None, format_code, language),
        f"{file_stem(published, None, language)}.{FORMATS[format_code].extension}",
        "download_export",
        f"{view.round.title} ({FORMATS[format_code].name})",
        back=back,
        back_name=_("Files of the whole scan"),
    )
    return hand_out(request, view.round, wanted)


def _all_pdfs(published: Published, language: str, back: str) -> Wanted:
    return Wanted(
        all_pdfs.KIND,
        all_pdfs.job_key(published, language),
        all_pdfs.find_list(published, language),
        f"{file_stem(published, None, language, 'all_pdfs')}.zip",
        "download_all_reports",
        published.round.title,
        back=back,
        back_name=_("Files of the whole scan"),
    )


def _whole_round(request: HttpRequest, organisation: Organisation, round_slug: str) -> tuple[RoundView, Published]:
    """404 while there is no release, or when it shows nothing."""
    view = round_for(user_of(request), organisation, round_slug)
    if view.published is None or not view.published.shown:
        raise Http404
    return view, view.published
