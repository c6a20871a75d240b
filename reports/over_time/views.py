"""The pages about change over time: access, then what is frozen of it, then the response."""

from typing import cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from organisations.access import Right
from organisations.models import Organisation
from organisations.pages import member_page, user_of
from questionnaires.versions import questionnaire_of
from reports.over_time import unit_page
from reports.over_time.chains import Chains
from reports.over_time.figures import TOTAL
from reports.over_time.organisation_page import organisation_over_time
from reports.over_time.readers import Readable
from reports.over_time.words import theme_names
from reports.published import HiddenUnit, Published
from reports.reading import round_for
from reports.wording import Words, hidden_text, nothing_shown_text
from scan.models import Round


@require_safe
@member_page()
def unit_over_time(request: HttpRequest, organisation: Organisation, round_slug: str, unit_id: UUID) -> HttpResponse:
    user = user_of(request)
    view = round_for(user, organisation, round_slug)
    unit, published = view.unit(unit_id), cast("Published", view.published)
    context: dict[str, object] = {"organisation": organisation, "round": view.round, "unit": unit}
    if isinstance(unit, HiddenUnit):
        above = published.nearest_shown(unit)
        text = hidden_text(None, organisation.name) if unit.path else nothing_shown_text()
        context |= {"text": text, "above": above if above and above.id in view.readable else None}
        return render(request, "reports/unit_over_time_hidden.html", context)
    chains = Chains(organisation)
    readable = Readable(user, organisation, view.rights, [one.round for one in chains.rounds])
    themes = _themes(organisation, view.round)
    code = _chosen(request, themes)
    page = unit_page.unit_over_time(chains, view.round, unit, readable, (code, themes[code]))
    context |= {"page": page, "themes": themes, "code": code, "theme": themes[code]}
    return render(request, "reports/unit_over_time.html", context)


@require_safe
@member_page(Right.READ_ALL_UNITS)
def over_time(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    chains = Chains(organisation)
    context: dict[str, object] = {"organisation": organisation, "page": None}
    if chains.rounds:
        themes = _themes(organisation, chains.rounds[-1].round)
        code = _chosen(request, themes)
        page = organisation_over_time(organisation, chains, code)
        context |= {"page": page, "themes": themes, "code": code, "theme": themes[code]}
    return render(request, "reports/over_time.html", context)


def _themes(organisation: Organisation, round_: Round) -> dict[str, str]:
    words = Words(get_language() or organisation.language, round_.words)
    return theme_names(questionnaire_of(round_.version_id), words)


def _chosen(request: HttpRequest, themes: dict[str, str]) -> str:
    """404 for a theme that there is not: no form of ours asks for it."""
    code = request.GET.get("theme", TOTAL)
    if code not in themes:
        raise Http404
    return code
