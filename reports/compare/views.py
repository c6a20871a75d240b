"""The pages that compare departments, for consultant and HR adviser."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from organisations.access import Right
from organisations.models import Organisation
from organisations.pages import member_page, user_of
from reports.compare.frame import Frame
from reports.compare.one_theme import one_theme, theme_of
from reports.compare.overview import overview
from reports.compare.patterns import patterns
from reports.compare.reading import comparison_for
from reports.compare.side_by_side import side_by_side


@require_safe
@member_page(Right.READ_ALL_UNITS)
def comparison(request: HttpRequest, organisation: Organisation, round_slug: str) -> HttpResponse:
    frame = _frame(request, organisation, round_slug)
    context = {"frame": frame, "page": None if frame.empty_text else overview(frame)}
    return render(request, "reports/compare/overview.html", context)


@require_safe
@member_page(Right.READ_ALL_UNITS)
def theme(request: HttpRequest, organisation: Organisation, round_slug: str) -> HttpResponse:
    code = theme_of(request.GET.get("theme"))
    frame = _frame(request, organisation, round_slug, code)
    context = {"frame": frame, "page": None if frame.empty_text else one_theme(frame, code)}
    return render(request, "reports/compare/one_theme.html", context)


@require_safe
@member_page(Right.READ_ALL_UNITS)
def profiles(request: HttpRequest, organisation: Organisation, round_slug: str) -> HttpResponse:
    frame = _frame(request, organisation, round_slug)
    context = {"frame": frame, "page": None if frame.empty_text else side_by_side(frame)}
    return render(request, "reports/compare/side_by_side.html", context)


@require_safe
@member_page(Right.READ_ALL_UNITS)
def steps(request: HttpRequest, organisation: Organisation, round_slug: str) -> HttpResponse:
    frame = _frame(request, organisation, round_slug)
    context = {"frame": frame, "page": None if frame.empty_text else patterns(frame)}
    return render(request, "reports/compare/patterns.html", context)


def _frame(request: HttpRequest, organisation: Organisation, round_slug: str, theme: str | None = None) -> Frame:
    found = comparison_for(user_of(request), organisation, round_slug, theme)
    return Frame(found, request.GET, get_language() or organisation.language)
