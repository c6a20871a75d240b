"""Pages of the staff list."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from organisations import log
from organisations.access import Right, fetch
from organisations.commands import InputError
from organisations.models import Organisation, Person
from organisations.pages import member_page, user_of
from organisations.people import mark_back, mark_left, name_of, one_at_a_time, staff
from organisations.people_forms import PersonForm, SearchForm
from organisations.tree import below, departments_in_order

PAGE = 50


@require_safe
@member_page(Right.MANAGE_PEOPLE)
def people(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    departments = departments_in_order(organisation)
    form = SearchForm(departments, request.GET)
    wish = form.cleaned_data if form.is_valid() else {}
    department = next((one for one in departments if one.pk == wish.get("department")), None)
    inside = [one.pk for one in below(department, departments)] if department else None
    has_left = "left" in request.GET
    search, no_address = wish.get("search", ""), wish.get("no_address", False)
    found = staff(organisation, search=search, departments=inside, has_left=has_left, no_address=no_address)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "organisation": organisation,
        "form": form,
        "has_left": has_left,
        "no_address": no_address,
        "page": page,
        "is_narrowed": bool(search) or department is not None or no_address,
        "left_count": Person.objects.filter(organisation=organisation).exclude(left_on=None).count(),
        "narrowed": _without_page(request),
    }
    return render(request, "organisations/people.html", context)


def _without_page(request: HttpRequest) -> str:
    kept = {name: request.GET[name] for name in ("search", "department", "no_address", "left") if name in request.GET}
    return urlencode(kept)


@require_http_methods(["GET", "HEAD", "POST"])
@member_page(Right.MANAGE_PEOPLE)
def person_new(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    blank = Person(organisation=organisation, language=organisation.language)
    if request.method != "POST":
        return _person_page(request, PersonForm(departments_in_order(organisation), blank, is_new=True), None)
    with one_at_a_time(organisation):
        form = PersonForm(departments_in_order(organisation), blank, request.POST, is_new=True)
        if not form.is_valid():
            return _person_page(request, form, None)
        added = form.save()
        log.record(organisation, "add_person", name_of(added), user_of(request))
    messages.success(request, _("%(name)s is on the staff list now.") % {"name": name_of(added)})
    return redirect("people", organisation.slug)


@require_http_methods(["GET", "HEAD", "POST"])
@member_page(Right.MANAGE_PEOPLE)
def person(request: HttpRequest, organisation: Organisation, person_id: UUID) -> HttpResponse:
    found = fetch(_people_of(organisation), pk=person_id)
    if request.method != "POST":
        return _person_page(request, PersonForm(departments_in_order(organisation), found), found)
    match request.POST.get("action"):
        case "save":
            return _save(request, found)
        case "left":
            mark_left(found, user_of(request))
            messages.success(request, _("%(name)s is now among the people who have left.") % {"name": name_of(found)})
            return redirect(request.path)
        case "back":
            return _back(request, found)
    raise BadRequest


def _save(request: HttpRequest, found: Person) -> HttpResponse:
    organisation = found.organisation
    with one_at_a_time(organisation):
        current = _people_of(organisation).get(pk=found.pk)
        form = PersonForm(departments_in_order(organisation), current, request.POST)
        if not form.is_valid():
            return _person_page(request, form, found)
        if form.has_changed():
            log.record(organisation, "change_person", name_of(form.save()), user_of(request))
    messages.success(request, _("The details of %(name)s have been saved.") % {"name": name_of(current)})
    return redirect("people", organisation.slug)


def _back(request: HttpRequest, found: Person) -> HttpResponse:
    try:
        mark_back(found, user_of(request))
    except InputError as fault:
        form = PersonForm(departments_in_order(found.organisation), found)
        return _person_page(request, form, found, str(fault))
    messages.success(request, _("%(name)s is back on the staff list.") % {"name": name_of(found)})
    return redirect(request.path)


def _people_of(organisation: Organisation) -> QuerySet[Person]:
    return Person.objects.filter(organisation=organisation).select_related("organisation", "department")


def _person_page(request: HttpRequest, form: PersonForm, stored: Person | None, fault: str = "") -> HttpResponse:
    context = {
        "organisation": form.instance.organisation,
        "form": form,
        "person": stored,
        "name": name_of(stored) if stored else "",
        "fault": fault,
    }
    status = 422 if fault or form.errors else 200
    return render(request, "organisations/person.html", context, status=status)
