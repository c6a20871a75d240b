"""The forecast of a round in preparation, with joining departments right there."""

from collections import Counter
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from organisations.access import fetch
from organisations.commands import InputError
from organisations.models import Department
from reports.forecast import ADVISED_FOR, SHARES, ForecastRow, Remainder, forecast, remainders, suggestions
from reports.wording import detail_text
from scan.models import Round
from scan.preparing import choosing
from scan.preparing.drafts import remember_seen
from scan.preparing.participation import Participation, PlannedUnit, participation_of
from scan.preparing.people_step import ended_text, tree_faults
from scan.round_page import draft_page


@dataclass(frozen=True)
class Cell:
    share: int
    text: str
    is_shown: bool


@require_safe
@draft_page
def forecast_page(request: HttpRequest, round_: Round) -> HttpResponse:
    remember_seen(round_, "forecast")
    participation = participation_of(round_)
    rows = forecast(participation, round_.k)
    advice = suggestions(participation, round_.k)
    joinable = _joinable(participation)
    joinable_ids = {unit.id for unit in joinable}
    context = {
        "round": round_,
        "shares": SHARES,
        "totals": [(share, sum(row.details[number].is_shown for row in rows)) for number, share in enumerate(SHARES)],
        "rows": [(row, _cells(row)) for row in rows],
        "suggestions": advice,
        "remainders": [
            _in_words(remainder, round_, is_joinable=remainder.unit.id in joinable_ids)
            for remainder in remainders(participation, round_.k, advice)
        ],
        "advised_for": ADVISED_FOR,
        "joined": [unit for unit in participation.units if len(unit.departments) > 1],
        "ended": [(ended, ended_text(ended)) for ended in participation.ended_joins],
        "faults": list(tree_faults(participation)),
        "joinable": joinable,
    }
    return render(request, "reports/forecast.html", context)


def _cells(row: ForecastRow[PlannedUnit]) -> list[Cell]:
    return [
        Cell(share, detail_text(detail), detail.is_shown) for share, detail in zip(SHARES, row.details, strict=True)
    ]


def _in_words(remainder: Remainder, round_: Round, *, is_joinable: bool) -> str:
    """What remains for a department without a report of its own."""
    facts = {"name": _name(remainder.unit, round_), "count": remainder.invited}
    if remainder.counts_in:
        facts["group"] = _name(remainder.counts_in, round_)
        text = _("%(name)s (%(count)s): the answers count in the results of %(group)s.") % facts
    else:
        text = _("%(name)s (%(count)s): the answers count in no results, there are too few of them.") % facts
    if is_joinable:
        text += " " + _("You can let it form one group with one beside it, at the bottom of this page.")
    return text


def _name(unit: PlannedUnit, round_: Round) -> str:
    return unit.path or round_.organisation.name


def _joinable(participation: Participation) -> list[Any]:
    """Units that have another one beside them, open links left aside."""
    candidates = [unit for unit in participation.units if unit.parent and not unit.has_open_link]
    beside = Counter(unit.parent.id for unit in candidates if unit.parent)
    return [unit for unit in candidates if unit.parent and beside[unit.parent.id] > 1]


@require_POST
@draft_page
def join(request: HttpRequest, round_: Round) -> HttpResponse:
    departments = Department.objects.filter(organisation=round_.organisation_id, archived_on=None)
    department = fetch(departments, pk=request.POST.get("department", ""))
    into = fetch(departments, pk=request.POST.get("into", ""))
    try:
        choosing.join(round_, department, into)
        names = {"one": department.name, "other": into.name}
        messages.success(request, _("For this scan “%(one)s” and “%(other)s” form one group.") % names)
    except InputError as fault:
        messages.error(request, str(fault))
    return redirect("forecast", round_.organisation.slug, round_.slug)


@require_POST
@draft_page
def separate(request: HttpRequest, round_: Round, department_id: UUID) -> HttpResponse:
    departments = Department.objects.filter(organisation=round_.organisation_id)
    choosing.separate(round_, fetch(departments, pk=department_id))
    messages.success(request, _("They are separate groups again."))
    return redirect("forecast", round_.organisation.slug, round_.slug)
