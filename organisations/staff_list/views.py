"""The pages of the import of a staff list."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organisations.access import Right, fetch
from organisations.models import Organisation, StaffImport
from organisations.pages import member_page, user_of
from organisations.staff_list import importing
from organisations.staff_list.forms import ApplyForm, ColumnsForm, DepartmentsForm, UploadForm
from organisations.staff_list.screen import staff_import_context
from organisations.staff_list.template import template_file

SHOWN_IMPORTS = 20


@require_http_methods(["GET", "HEAD", "POST"])
@member_page(Right.MANAGE_PEOPLE)
def staff_list(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    form = UploadForm(request)
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data["file"].name
        started = importing.start_import(organisation, user_of(request), name, form.content)
        return redirect("staff_import", organisation.slug, started.pk)
    imports = StaffImport.objects.filter(organisation=organisation).select_related("user")
    context = {
        "organisation": organisation,
        "form": form,
        "imports": imports.defer("content", "plan_file").order_by("-created_at")[:SHOWN_IMPORTS],
    }
    return render(request, "organisations/staff_list.html", context, status=422 if form.is_bound else 200)


@require_safe
@member_page(Right.MANAGE_PEOPLE)
def staff_list_template(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    name = content_disposition_header(as_attachment=True, filename=_("staff-list.csv")) or ""
    headers = {"Content-Disposition": name}
    return HttpResponse(template_file(), content_type="text/csv; charset=utf-8", headers=headers)


@require_safe
@member_page(Right.MANAGE_PEOPLE)
def staff_import(request: HttpRequest, organisation: Organisation, import_id: UUID) -> HttpResponse:
    return _page(request, _find(organisation, import_id))


@require_safe
@member_page(Right.MANAGE_PEOPLE)
def staff_import_plan(request: HttpRequest, organisation: Organisation, import_id: UUID) -> HttpResponse:
    """All that would happen, with every name."""
    waiting = StaffImport.objects.filter(organisation=organisation, state=StaffImport.State.READ)
    found = fetch(waiting.exclude(plan_file=None), pk=import_id)
    name = content_disposition_header(as_attachment=True, filename=_("what-will-happen.csv")) or ""
    content = bytes(found.plan_file or b"")
    return HttpResponse(content, content_type="text/csv; charset=utf-8", headers={"Content-Disposition": name})


@require_POST
@member_page(Right.MANAGE_PEOPLE)
def staff_import_columns(request: HttpRequest, organisation: Organisation, import_id: UUID) -> HttpResponse:
    """What the columns mean; then the file is read again. Also the way to try again after a fault of ours."""
    found = _find(organisation, import_id)
    form = ColumnsForm(found.result, request.POST)
    if not form.is_valid():
        return _page(request, found, columns_form=form)
    if form.other_heading_row is not None:
        is_done = importing.choose_heading_row(found, form.other_heading_row)
    elif found.result.get("columns") or form.cleaned_data.get("sheet"):
        is_done = importing.choose_columns(found, form.chosen, form.cleaned_data.get("sheet", ""), form.options)
    else:
        is_done = importing.read_again(found)
    return _back(request, found, is_done=is_done)


@require_POST
@member_page(Right.MANAGE_PEOPLE)
def staff_import_departments(request: HttpRequest, organisation: Organisation, import_id: UUID) -> HttpResponse:
    """Which department counts for people with two contracts."""
    found = _find(organisation, import_id)
    form = DepartmentsForm(found.result, request.POST)
    if not form.is_valid():
        return _page(request, found, departments_form=form)
    return _back(request, found, is_done=importing.choose_departments(found, form.chosen))


@require_POST
@member_page(Right.MANAGE_PEOPLE)
def staff_import_apply(request: HttpRequest, organisation: Organisation, import_id: UUID) -> HttpResponse:
    found = _find(organisation, import_id)
    form = ApplyForm(found.result, request.POST)
    is_complete = form.is_valid() and form.cleaned_data.get("is_complete", False)
    return _back(request, found, is_done=importing.request_apply(found, is_complete=is_complete))


@require_POST
@member_page(Right.MANAGE_PEOPLE)
def staff_import_cancel(request: HttpRequest, organisation: Organisation, import_id: UUID) -> HttpResponse:
    found = _find(organisation, import_id)
    if not importing.cancel(found):
        return _back(request, found, is_done=False)
    messages.success(request, _("The upload is cancelled. Nothing was changed, and the file is erased."))
    return redirect("staff_list", organisation.slug)


def _find(organisation: Organisation, import_id: UUID) -> StaffImport:
    imports = StaffImport.objects.filter(organisation=organisation).select_related("organisation", "user")
    return fetch(imports.defer("content", "plan_file"), pk=import_id)


def _back(request: HttpRequest, staff_import: StaffImport, *, is_done: bool) -> HttpResponse:
    if not is_done:
        messages.warning(request, _("This could not be done: the upload looks different by now. See below."))
    return redirect("staff_import", staff_import.organisation.slug, staff_import.pk)


def _page(
    request: HttpRequest,
    found: StaffImport,
    columns_form: ColumnsForm | None = None,
    departments_form: DepartmentsForm | None = None,
) -> HttpResponse:
    context = staff_import_context(found) | {
        "organisation": found.organisation,
        "columns_form": columns_form or ColumnsForm(found.result),
        "departments_form": departments_form or DepartmentsForm(found.result),
        "apply_form": ApplyForm(found.result),
    }
    is_refused = columns_form or departments_form
    return render(request, "organisations/staff_import.html", context, status=422 if is_refused else 200)
