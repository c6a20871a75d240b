"""The page on which is chosen which departments take part and how, and who does not."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from organisations.access import fetch
from organisations.commands import InputError
from organisations.models import Person
from scan.models import Round
from scan.preparing import choosing
from scan.preparing.pages import saved
from scan.preparing.participation import participation_of
from scan.preparing.people_step import few_codes_warning, nobody
from scan.preparing.rows import department_rows, left_out_people, people_named, read_choice
from scan.round_page import draft_page


@require_http_methods(["GET", "HEAD", "POST"])
@draft_page
def people(request: HttpRequest, round_: Round) -> HttpResponse:
    """One form: whoever searches or leaves out somebody finds the boxes as they were, saved or not."""
    if request.method != "POST":
        return _page(request, round_, search=request.GET.get("q", ""))
    data = request.POST
    search = data.get("q", "")
    if "leave_out" in data or "take_back" in data:
        _change_person(request, round_, data)
        return _page(request, round_, search=search, typed=data)
    if "search" in data or ("enter" in data and search != data.get("searched", "")):
        return _page(request, round_, search=search, typed=data)
    try:
        choice = read_choice(round_, data)
        choosing.choose(round_, choice.taking_part, choice.open_links)
    except InputError as fault:
        return _page(request, round_, search=search, typed=data, fault=str(fault))
    return saved(request, round_)


def _change_person(request: HttpRequest, round_: Round, data: QueryDict) -> None:
    people = Person.objects.filter(organisation=round_.organisation_id)
    person = fetch(people, pk=data.get("take_back") or data.get("leave_out", ""))
    if data.get("take_back"):
        choosing.take_back(round_, person)
        messages.success(request, _("%(name)s takes part.") % {"name": person})
    else:
        choosing.leave_out(round_, person)
        messages.success(request, _("%(name)s is not asked this time.") % {"name": person})


def _page(
    request: HttpRequest, round_: Round, *, search: str, typed: QueryDict | None = None, fault: str = ""
) -> HttpResponse:
    search = search.strip()
    participation = participation_of(round_)
    context = {
        "round": round_,
        "rows": department_rows(round_, participation, typed),
        "participation": participation,
        "few_codes": few_codes_warning(round_, participation),
        "nobody": "" if participation.total else nobody(round_.organisation),
        "left_out": left_out_people(round_),
        "search": search,
        "found": people_named(round_, search) if search else [],
        "fault": fault,
    }
    return render(request, "scan/prepare_people.html", context, status=422 if fault else 200)
