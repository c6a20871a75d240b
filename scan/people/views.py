"""Pages behind login: people of a round that is open. They never say who has answered (scan/people/changing.py)."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from organisations.access import fetch
from organisations.commands import InputError
from organisations.models import Person
from organisations.pages import user_of
from organisations.people import name_of
from scan.models import Round, Unit
from scan.people import changing
from scan.people.forms import AddForm, AddressForm, PlaceForm, SearchForm
from scan.people.search import Found, find, likely_unit, search, unit_choices
from scan.people.unnamed_ways import UnnamedWays, unnamed_ways
from scan.round_page import managed_round

open_page = managed_round(Round.State.OPEN)


@require_safe
@open_page
def round_people(request: HttpRequest, round_: Round) -> HttpResponse:
    form = SearchForm(request.GET if "search" in request.GET else None)
    result = search(round_, form.cleaned_data["search"]) if form.is_valid() else None
    status = 422 if form.errors else 200
    return render(request, "scan/round_people.html", {"round": round_, "form": form, "result": result}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@open_page
def round_person(request: HttpRequest, round_: Round, person_id: UUID) -> HttpResponse:
    people = Person.objects.filter(organisation=round_.organisation).select_related("organisation")
    person = fetch(people, pk=person_id)
    ways = unnamed_ways(round_)
    data = request.POST if request.method == "POST" else None
    forms_ = _forms(round_, person, ways, data, request.POST.get("action"))
    if request.method == "POST":
        action = request.POST.get("action", "")
        if action not in forms_:
            raise BadRequest
        done = _do(request, round_, person, action, forms_[action])
        if done:
            messages.success(request, done)
            return redirect(request.path)
    return _page(request, round_, find(round_, person), ways, forms_)


def _forms(round_: Round, person: Person, ways: UnnamedWays, data: Any, action: str | None) -> dict[str, forms.Form]:
    """One form for each thing to be done; what was sent is in the one that was pressed."""
    units, unit = unit_choices(round_), likely_unit(round_, person)
    return {
        "add": AddForm(person, units, unit, data if action == "add" else None, must_confirm=ways.are_there),
        "address": AddressForm(person, data if action == "address" else None),
        "again": forms.Form(data if action == "again" else None),
        "move": PlaceForm(person, units, None, data if action == "move" else None),
    }


def _do(request: HttpRequest, round_: Round, person: Person, action: str, form: forms.Form) -> str:
    """What to say when it is done; nothing when there is something wrong, which the form then says."""
    if not form.is_valid():
        return ""
    try:
        return DOING[action](request, round_, person, form.cleaned_data)
    except InputError as fault:
        form.add_error(None, str(fault))
        return ""


def _add(request: HttpRequest, round_: Round, person: Person, data: dict[str, Any]) -> str:
    unit = fetch(Unit.objects.filter(round=round_), pk=data["unit"])
    name = {"name": name_of(person)}
    if changing.add_person(round_, person, unit, as_leader=data["as_leader"], user=user_of(request)):
        return _("%(name)s takes part now. The link is on its way.") % name
    return _("%(name)s takes part now. The link goes out with the invitations.") % name


def _address(request: HttpRequest, round_: Round, person: Person, data: dict[str, Any]) -> str:
    if changing.correct_address(round_, person, data["email"], user_of(request)):
        return _("The address has been saved, and the link is on its way there.")
    return _("The address has been saved. The link goes there with the invitations.")


def _again(request: HttpRequest, round_: Round, person: Person, data: dict[str, Any]) -> str:
    changing.send_again(round_, person, user_of(request))
    return _("The link is on its way to %(address)s.") % {"address": find(round_, person).address}


def _move(request: HttpRequest, round_: Round, person: Person, data: dict[str, Any]) -> str:
    unit = fetch(Unit.objects.filter(round=round_), pk=data["unit"])
    changing.move_person(round_, person, unit, as_leader=data["as_leader"], user=user_of(request))
    return _(
        "Done. Answers that come in from now on count in the new department; what was sent before stays where it is."
        " Nobody can see which of the two it is, so this page keeps showing the department of the launch."
    )


DOING = {"add": _add, "address": _address, "again": _again, "move": _move}


def _page(
    request: HttpRequest, round_: Round, found: Found, ways: UnnamedWays, forms_: dict[str, forms.Form]
) -> HttpResponse:
    context = {
        "round": round_,
        "found": found,
        "ways": ways,
        "person": found.person,
        "name": name_of(found.person),
        **{f"{action}_form": form for action, form in forms_.items()},
    }
    status = 422 if any(form.errors for form in forms_.values()) else 200
    return render(request, "scan/round_person.html", context, status=status)
