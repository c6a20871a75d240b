"""Who has which role: give one, change it, withdraw it. An organisation always keeps an HR adviser without end date.

Only an adviser who has logged in counts for that.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery

from organisations import log
from organisations.access import fetch
from organisations.addresses import plain_address
from organisations.models import Department, LogEntry, Membership, Organisation, Role, User
from organisations.tree import label_of

LOGGED_DEPARTMENTS = 3


class LastAdviserError(Exception):
    """Without this role nobody could look after the organisation any more."""


class RoleExistsError(Exception):
    """The user has this role here already."""

    def __init__(self, existing: Membership) -> None:
        super().__init__(str(existing))
        self.existing = existing


@dataclass(frozen=True)
class Terms:
    """What a role is about. Only a manager's names departments."""

    role: Role
    departments: tuple[Department, ...] = ()
    ends_on: date | None = None


def members(organisation: Organisation) -> QuerySet[Membership]:
    """Call it inside the scope. Each knows as `last_here` when that user last logged in here.

    What users do in other organisations is their own business.
    """
    logins = _logins(organisation).filter(user=OuterRef("user")).order_by("-at")
    return (
        Membership.objects.filter(organisation=organisation)
        .select_related("user")
        .annotate(last_here=Subquery(logins.values("at")[:1]))
    )


def _logins(organisation: Organisation) -> QuerySet[LogEntry]:
    return LogEntry.objects.filter(organisation=organisation, action="login")


def name_here(membership: Membership) -> str:
    """The address until somebody has been here: who knows an address should not learn by inviting whose it is."""
    if not hasattr(membership, "last_here"):
        membership = members(membership.organisation).get(pk=membership.pk)
    return str(membership.user) if membership.last_here else membership.user.email  # type: ignore[attr-defined]


def user_with(email: str) -> User | None:
    return User.objects.filter(email__iexact=plain_address(email)).first()


def give_role(organisation: Organisation, user: User, terms: Terms, by: User | None) -> Membership:
    """Call it in a transaction. Raises RoleExistsError."""
    _refuse_double(_locked(organisation), user, terms.role)
    membership = Membership.objects.create(organisation=organisation, user=user, role=terms.role, ends_on=terms.ends_on)
    membership.departments.set(terms.departments)
    log.record(organisation, "invite_colleague", f"{_who(membership)}: {_said(terms)}", by)
    return membership


def change_role(organisation: Organisation, membership_id: UUID, terms: Terms, by: User) -> Membership:
    """Raises LastAdviserError, RoleExistsError, Http404."""
    with transaction.atomic():
        others = _locked(organisation)
        membership = fetch(others, pk=membership_id)
        if terms.role != Role.HR_ADVISOR or terms.ends_on:
            _refuse_last_adviser(others, membership)
        _refuse_double(others.exclude(pk=membership.pk), membership.user, terms.role)
        was = _said(terms_of(membership))
        membership.role, membership.ends_on = terms.role, terms.ends_on
        membership.save(update_fields=["role", "ends_on"])
        membership.departments.set(terms.departments)
        log.record(organisation, "change_role", f"{_who(membership)}: {was} → {_said(terms)}", by)
    return membership


def withdraw_role(organisation: Organisation, membership_id: UUID, by: User) -> Membership:
    """Raises LastAdviserError, Http404."""
    with transaction.atomic():
        others = _locked(organisation)
        membership = fetch(others, pk=membership_id)
        _refuse_last_adviser(others, membership)
        log.record(organisation, "withdraw_role", f"{_who(membership)}: {_said(terms_of(membership))}", by)
        membership.departments.clear()
        others.filter(pk=membership.pk).delete()
    return membership


def is_last_adviser(organisation: Organisation, membership: Membership) -> bool:
    return _is_lasting_adviser(membership) and not _lasting_advisers(members(organisation), membership).exists()


def described(membership: Membership) -> str:
    """For the log: who and which role, as its code; organisations/log_words.py says it in words."""
    return f"{_who(membership)}: {membership.role}"


def terms_of(membership: Membership) -> Terms:
    departments = tuple(membership.departments.order_by("path_key", "pk"))
    return Terms(Role(membership.role), departments, membership.ends_on)


def _who(membership: Membership) -> str:
    name, email = name_here(membership), membership.user.email
    return email if name == email else f"{name} ({email})"


def _said(terms: Terms) -> str:
    """For the log: the role as its code, with the departments that it is about and its last day."""
    names = [label_of(department) for department in terms.departments]
    rest = len(names) - LOGGED_DEPARTMENTS
    shown = [*names[:LOGGED_DEPARTMENTS], f"+{rest}"] if rest > 0 else names
    about = f" [{'; '.join(shown)}]" if shown else ""
    return f"{terms.role}{about}" + (f" ≤ {terms.ends_on.isoformat()}" if terms.ends_on else "")


def _locked(organisation: Organisation) -> QuerySet[Membership]:
    """Roles of one organisation are changed one after the other: two advisers could remove each other at once."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    return members(organisation)


def _refuse_double(existing: QuerySet[Membership], user: User, role: Role) -> None:
    double = existing.filter(user=user, role=role).first()
    if double:
        raise RoleExistsError(double)


def _refuse_last_adviser(others: QuerySet[Membership], membership: Membership) -> None:
    if _is_lasting_adviser(membership) and not _lasting_advisers(others, membership).exists():
        raise LastAdviserError


def _is_lasting_adviser(membership: Membership) -> bool:
    return membership.role == Role.HR_ADVISOR and membership.ends_on is None


def _lasting_advisers(among: QuerySet[Membership], besides: Membership) -> QuerySet[Membership]:
    lasting = among.filter(role=Role.HR_ADVISOR, ends_on=None, user__is_active=True)
    # Whoever never came in here may be nobody: an address with a typing error.
    return lasting.filter(user__in=_logins(besides.organisation).values("user")).exclude(pk=besides.pk)
