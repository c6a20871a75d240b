"""Pages of colleagues: who has which role, inviting, changing, withdrawing."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organisations.access import Right, fetch, rights_in
from organisations.colleague_forms import InviteForm, RoleForm, initial_of
from organisations.inviting import (
    MOST_INVITATIONS,
    ROLE_MEANS,
    AdministratorError,
    TooManyInvitationsError,
    invite,
    invite_again,
)
from organisations.mail import MailNotSentError
from organisations.models import Membership, Organisation, Role
from organisations.pages import member_page, user_of
from organisations.roles import (
    LastAdviserError,
    RoleExistsError,
    change_role,
    is_last_adviser,
    members,
    name_here,
    withdraw_role,
)
from organisations.tree import departments_in_order


@require_safe
@member_page(Right.MANAGE_ORGANISATION)
def colleagues(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    order = {role: number for number, role in enumerate(Role)}
    roles = sorted(
        members(organisation).prefetch_related("departments"),
        key=lambda one: (order[Role(one.role)], name_here(one).casefold()),
    )
    rows = [(membership, name_here(membership)) for membership in roles]
    context = {"organisation": organisation, "rows": rows, "today": timezone.localdate()}
    return render(request, "organisations/colleagues.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@member_page(Right.MANAGE_ORGANISATION)
def colleague_new(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    form = InviteForm(departments_in_order(organisation), request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _invited(request, organisation, form):
        return redirect("colleagues", organisation.slug)
    context = {"organisation": organisation, "form": form, "means": _role_meanings()}
    return render(request, "organisations/colleague_new.html", context, status=422 if form.errors else 200)


def _invited(request: HttpRequest, organisation: Organisation, form: InviteForm) -> bool:
    email = form.cleaned_data["email"]

    def work() -> None:
        invite(organisation, email, form.cleaned_data["name"], form.terms, user_of(request))

    try:
        _mailed(request, email, work)
    except RoleExistsError as fault:
        form.add_error("email", _role_exists(fault.existing))
    except TooManyInvitationsError:
        form.add_error("email", _too_many(email))
    except AdministratorError:
        form.add_error(
            "email",
            _("Whoever manages this installation cannot have a role in an organisation. Use another address."),
        )
    return not form.errors


@require_http_methods(["GET", "HEAD", "POST"])
@member_page(Right.MANAGE_ORGANISATION)
def colleague(request: HttpRequest, organisation: Organisation, membership_id: UUID) -> HttpResponse:
    membership = fetch(members(organisation).prefetch_related("departments"), pk=membership_id)
    data = request.POST if request.method == "POST" else None
    archived = [department for department in membership.departments.all() if department.archived_on]
    form = RoleForm([*departments_in_order(organisation), *archived], data, initial=initial_of(membership))
    if request.method == "POST" and form.is_valid() and _changed(request, organisation, membership, form):
        messages.success(request, _("The role of %(name)s has been changed.") % {"name": name_here(membership)})
        return _to_colleagues(request, organisation)
    context = {
        "organisation": organisation,
        "membership": membership,
        "name": name_here(membership),
        "form": form,
        "means": _role_meanings(),
        "is_last": is_last_adviser(organisation, membership),
        "is_self": membership.user_id == user_of(request).pk,
    }
    return render(request, "organisations/colleague.html", context, status=422 if form.errors else 200)


def _changed(request: HttpRequest, organisation: Organisation, membership: Membership, form: RoleForm) -> bool:
    try:
        change_role(organisation, membership.pk, form.terms, user_of(request))
    except LastAdviserError:
        form.add_error(None, last_adviser_text())
    except RoleExistsError as fault:
        form.add_error("role", _role_exists(fault.existing))
    return not form.errors


@require_POST
@member_page(Right.MANAGE_ORGANISATION)
def colleague_again(request: HttpRequest, organisation: Organisation, membership_id: UUID) -> HttpResponse:
    membership = fetch(members(organisation), pk=membership_id)
    try:
        _mailed(request, membership.user.email, lambda: invite_again(membership, user_of(request)))
    except TooManyInvitationsError:
        messages.error(request, _too_many(membership.user.email))
    return redirect("colleagues", organisation.slug)


@require_http_methods(["GET", "HEAD", "POST"])
@member_page(Right.MANAGE_ORGANISATION)
def colleague_withdraw(request: HttpRequest, organisation: Organisation, membership_id: UUID) -> HttpResponse:
    membership = fetch(members(organisation), pk=membership_id)
    if request.method != "POST":
        context = {
            "organisation": organisation,
            "membership": membership,
            "name": name_here(membership),
            "is_last": is_last_adviser(organisation, membership),
            "is_self": membership.user_id == user_of(request).pk,
        }
        return render(request, "organisations/colleague_withdraw.html", context)
    try:
        withdraw_role(organisation, membership_id, user_of(request))
    except LastAdviserError:
        messages.error(request, last_adviser_text())
        return redirect("colleague", organisation.slug, membership_id)
    messages.success(
        request,
        _("%(name)s no longer has the role %(role)s.")
        % {"name": name_here(membership), "role": membership.get_role_display()},
    )
    return _to_colleagues(request, organisation)


def _to_colleagues(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Who has just given up the own role does not come there any more."""
    may_stay = Right.MANAGE_ORGANISATION in rights_in(user_of(request), organisation)
    return redirect("colleagues", organisation.slug) if may_stay else redirect("home")


def _mailed(request: HttpRequest, email: str, work: Callable[[], None]) -> None:
    """Do it, and say whether the mail went out. What is done stays done when it did not."""
    try:
        work()
    except MailNotSentError as fault:
        messages.warning(
            request,
            _(
                "The role has been given, but the mail to %(email)s was not sent: %(reason)s. Choose “Invite again” "
                "once that has been put right."
            )
            % {"email": email, "reason": fault},
        )
    else:
        messages.success(request, _("We have sent an invitation to %(email)s.") % {"email": email})


def _too_many(email: str) -> str:
    return _(
        "%(email)s has had %(most)s invitations in the past 24 hours. Ask this person to look among the unwanted mail, "
        "and try again tomorrow."
    ) % {"email": email, "most": MOST_INVITATIONS}


def last_adviser_text() -> str:
    return _(
        "This is the only HR adviser without a last day who has logged in here. Without one nobody could look after "
        "the organisation. First make somebody else HR adviser, without a last day, and wait until that person has "
        "logged in."
    )


def _role_exists(existing: Membership) -> str:
    if existing.ends_on and existing.ends_on < timezone.localdate():
        return _(
            "%(name)s had this role until %(date)s. Choose the name in the list and give the role a later last day."
        ) % {"name": name_here(existing), "date": existing.ends_on}
    return _("%(name)s has this role here already. You can change it, or invite again, in the list.") % {
        "name": name_here(existing)
    }


def _role_meanings() -> list[tuple[Any, Any]]:
    return [(role.label, ROLE_MEANS[role]) for role in Role]
