"""Hand out the summary for the board, to who reads all units."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from organisations.access import Right
from organisations.models import Organisation
from organisations.pages import member_page, user_of
from reports.board import job
from reports.board.summary import file_name
from reports.pdf_pages import Wanted, hand_out
from reports.published import HiddenUnit
from reports.reading import round_for


@require_http_methods(["GET", "HEAD", "POST"])
@member_page(Right.READ_ALL_UNITS)
def board_pdf(request: HttpRequest, organisation: Organisation, round_slug: str, language: str) -> HttpResponse:
    view = round_for(user_of(request), organisation, round_slug)
    published = view.published
    if published is None:
        raise Http404
    if isinstance(published.root, HiddenUnit):
        return redirect("unit", organisation.slug, round_slug, published.root.id)  # there stands the one text
    wanted = Wanted(
        job.KIND,
        job.job_key(published, language),
        job.find_pdf(published, language),
        file_name(published, language),
        "download_board",
        view.round.title,
        back=reverse("round", args=[organisation.slug, round_slug]),
        back_name=view.round.title,
    )
    return hand_out(request, view.round, wanted)
