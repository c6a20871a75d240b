"""Who may do what: the table role x right, and the one way to fetch an object for a user.

A stranger gets 404, so that nothing is betrayed; a member without the right gets 403.
"""

from enum import Enum, auto
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.db.models import Model, Q, QuerySet
from django.http import Http404
from django.utils import timezone
from django_scopes import scope

from organisations.models import Department, Membership, Organisation, Role, User


class Right(Enum):
    SEE_ROUNDS = auto()
    """See which scans there are, and when."""
    FOLLOW_RESPONSE = auto()
    """See the response of a running round, as R7 allows."""
    READ_ORGANISATION = auto()
    """Read the results of the organisation as a whole."""
    READ_OWN_UNITS = auto()
    """Read the reports of the own departments and all below them."""
    READ_ALL_UNITS = auto()
    """Read the report of every unit."""
    MANAGE_ORGANISATION = auto()
    """Change the organisation's settings, and who has which role."""
    MANAGE_PEOPLE = auto()
    """See and change the staff list and the departments."""
    MANAGE_ROUNDS = auto()
    """Prepare, launch and close scans; send links and reminders."""
    READ_LOG = auto()
    """See who did what."""
    READ_PROMISE = auto()
    """See what staff were promised in a scan, and its settings."""
    SHARE_REPORTS = auto()
    """Give somebody without an account a link to a report of a department that one reads oneself."""


RIGHTS: dict[Role, frozenset[Right]] = {
    Role.HR_ADVISOR: frozenset(Right) - {Right.READ_OWN_UNITS},
    Role.MANAGER: frozenset({Right.SEE_ROUNDS, Right.READ_OWN_UNITS, Right.SHARE_REPORTS}),
    Role.CONSULTANT: frozenset(
        {
            Right.SEE_ROUNDS,
            Right.READ_ORGANISATION,
            Right.READ_ALL_UNITS,
            Right.READ_PROMISE,
            Right.SHARE_REPORTS,
        }
    ),
    Role.WORKS_COUNCIL: frozenset({Right.SEE_ROUNDS, Right.READ_ORGANISATION, Right.READ_PROMISE}),
}


def memberships_of(user: User) -> QuerySet[Membership]:
    """The user's roles that hold today."""
    current = Q(ends_on=None) | Q(ends_on__gte=timezone.localdate())
    return Membership.objects.filter(current, user=user).select_related("organisation")


def organisations_of(user: User) -> QuerySet[Organisation]:
    return Organisation.objects.filter(memberships__in=memberships_of(user)).distinct().order_by("name")


def organisation_for(user: User, slug: str) -> Organisation:
    """The organisation with this slug when the user is a member of it, else 404."""
    return fetch(organisations_of(user), slug=slug)


def rights_in(user: User, organisation: Organisation) -> frozenset[Right]:
    roles = memberships_of(user).filter(organisation=organisation).values_list("role", flat=True)
    return frozenset(right for role in roles for right in RIGHTS[Role(role)])


def rights_by_organisation(user: User) -> dict[Organisation, frozenset[Right]]:
    """All organisations of the user by name, each with the user's rights there; in one query."""
    rights: dict[Organisation, frozenset[Right]] = {}
    for membership in memberships_of(user).order_by("organisation__name", "organisation_id"):
        earlier = rights.get(membership.organisation, frozenset())
        rights[membership.organisation] = earlier | RIGHTS[Role(membership.role)]
    return rights


def require(user: User, organisation: Organisation, *any_of: Right) -> frozenset[Right]:
    """All the user's rights in the organisation when one of these is among them, else 403."""
    rights = rights_in(user, organisation)
    if rights.isdisjoint(any_of):
        raise PermissionDenied
    return rights


def own_department_ids(user: User, *organisations: Organisation) -> set[UUID]:
    """The departments that the user's role as manager names, and those that were merged into them since."""
    roles = memberships_of(user).filter(organisation__in=organisations, role=Role.MANAGER).exclude(departments=None)
    own: set[UUID] = set()
    merged: set[UUID] = set()
    for named, earlier in roles.values_list("departments", "departments__merged_from"):
        own.add(named)
        if earlier is not None:
            merged.add(earlier)
    with scope(organisation=list(organisations)):
        while merged:
            own |= merged
            earlier_still = Department.objects.filter(merged_into__in=merged).values_list("pk", flat=True)
            merged = set(earlier_still) - own
    return own


def fetch[AnyModel: Model](queryset: QuerySet[AnyModel], **lookup: object) -> AnyModel:
    """One object of a queryset that already holds only what the user may know of, else 404."""
    try:
        return queryset.get(**lookup)
    except (ObjectDoesNotExist, ValidationError, ValueError):
        raise Http404 from None
