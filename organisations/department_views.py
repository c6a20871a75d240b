"""Pages of the tree of departments."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from organisations import department_changes as changes
from organisations.access import Right, fetch
from organisations.commands import InputError
from organisations.department_forms import AddForm, ArchiveForm, MergeForm, MoveForm, RenameForm
from organisations.models import Department, Organisation, User
from organisations.pages import member_page, user_of
from organisations.tree import Node, department_tree


@require_http_methods(["GET", "HEAD", "POST"])
@member_page(Right.MANAGE_PEOPLE)
def departments(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    tree = department_tree(organisation)
    form = AddForm([node.department for node in tree], request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            added = changes.add_department(organisation, data["under"], data["name"], user_of(request))
        except InputError as fault:
            form.add_error(None, str(fault))
        else:
            messages.success(request, _("“%(path)s” has been added.") % {"path": added.path})
            return redirect("departments", organisation.slug)
    archived = Department.objects.filter(organisation=organisation).exclude(archived_on=None)
    context = {
        "organisation": organisation,
        "root": tree[0],
        "form": form,
        "archived": archived.select_related("merged_into").order_by("path_key", "archived_on", "pk"),
    }
    return render(request, "organisations/departments.html", context, status=_status(form))


@dataclass(frozen=True)
class Action:
    form: Callable[..., forms.Form]
    work: Callable[[Organisation, UUID, dict[str, Any], User], None]
    done: Callable[[Department], str]


def _rename(organisation: Organisation, pk: UUID, data: dict[str, Any], user: User) -> None:
    changes.rename_department(organisation, pk, data["name"], user)


def _move(organisation: Organisation, pk: UUID, data: dict[str, Any], user: User) -> None:
    changes.move_department(organisation, pk, data["under"], user)


def _merge(organisation: Organisation, pk: UUID, data: dict[str, Any], user: User) -> None:
    changes.merge_departments(organisation, pk, data["into"], user)


def _archive(organisation: Organisation, pk: UUID, data: dict[str, Any], user: User) -> None:
    changes.archive_department(organisation, pk, user)


ACTIONS = {
    "rename": Action(
        RenameForm, _rename, lambda now: _("The department is now called “%(path)s”.") % {"path": now.path}
    ),
    "move": Action(MoveForm, _move, lambda now: _("The department is now “%(path)s”.") % {"path": now.path}),
    "merge": Action(
        MergeForm,
        _merge,
        lambda now: (
            _("“%(name)s” is now part of “%(into)s”.") % {"name": now.name, "into": now.merged_into or now.name}
        ),
    ),
    "archive": Action(ArchiveForm, _archive, lambda now: _("“%(name)s” is in the archive now.") % {"name": now.name}),
}


@require_http_methods(["GET", "HEAD", "POST"])
@member_page(Right.MANAGE_PEOPLE)
def department(request: HttpRequest, organisation: Organisation, department_id: UUID) -> HttpResponse:
    """One department; the button that was pressed says what is to be done with it."""
    every = Department.objects.filter(organisation=organisation).select_related("merged_into", "parent")
    found = fetch(every, pk=department_id)
    tree = department_tree(organisation)
    bound = None
    if request.method == "POST":
        name = request.POST.get("action", "")
        if name not in ACTIONS:
            raise BadRequest
        bound = ACTIONS[name].form(found, [node.department for node in tree], request.POST)
        if _is_done(ACTIONS[name], bound, found, user_of(request)):
            now = every.get(pk=found.pk)
            messages.success(request, ACTIONS[name].done(now))
            return redirect("departments", organisation.slug) if now.archived_on else redirect(request.path)
    return render(
        request, "organisations/department.html", _context(organisation, found, tree, bound), status=_status(bound)
    )


def _is_done(action: Action, form: forms.Form, found: Department, user: User) -> bool:
    if not form.is_valid():
        return False
    try:
        action.work(found.organisation, found.pk, form.cleaned_data, user)
    except InputError as fault:
        form.add_error(None, str(fault))
        return False
    return True


def _context(
    organisation: Organisation, found: Department, tree: list[Node], bound: forms.Form | None
) -> dict[str, Any]:
    listed = [node.department for node in tree]
    fresh = {} if found.archived_on else {name: action.form(found, listed) for name, action in ACTIONS.items()}
    shown = {f"{name}_form": bound if isinstance(bound, type(form)) else form for name, form in fresh.items()}
    node = next((node for node in tree if node.department == found), None)
    return {"organisation": organisation, "department": found, "node": node, **shown}


def _status(form: forms.Form | None) -> int:
    return 422 if form is not None and form.errors else 200
