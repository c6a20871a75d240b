"""Hand the results out: reports to managers on one day, the organisation's results to staff on another."""

from collections.abc import Iterable
from uuid import UUID

from django_scopes import scopes_disabled

from organisations.models import Department, Membership, Person, Role, User
from reports.models import Release
from reports.reading import own_units
from scan.models import Round, Unit
from scan.participants import today_in
from scan.results_link import round_id_in
from scan.tree import tree_of


def managers_of(round_: Round) -> list[User] | None:
    """Managers whose departments are in this round; None until there are results."""
    if not _has_release(round_):
        return None
    tree = tree_of(round_)
    roles = Membership.objects.filter(organisation=round_.organisation_id, role=Role.MANAGER, user__is_active=True)
    today = today_in(round_.organisation)
    current = [role for role in roles.select_related("user") if role.ends_on is None or role.ends_on >= today]
    return [role.user for role in current if own_units(_departments_of(role), tree)]


def _departments_of(role: Membership) -> set[UUID]:
    return _with_merged(set(role.departments.values_list("pk", flat=True)))


def _with_merged(named: set[UUID]) -> set[UUID]:
    """These departments, and those that were merged into them since."""
    found, newest = set(named), set(named)
    while newest:
        newest = set(Department.objects.filter(merged_into__in=newest).values_list("pk", flat=True)) - found
        found |= newest
    return found


def staff_of(round_: Round) -> Iterable[Person] | None:
    """Everybody on today's staff list in the departments of this round: invitations no longer name anybody."""
    if not _has_release(round_):
        return None
    links = Unit.departments.through.objects.filter(unit__round=round_)
    departments = _with_successors(set(links.values_list("department_id", flat=True)))
    people = Person.objects.filter(organisation=round_.organisation_id, left_on=None, department__in=departments)
    return people.exclude(email="")


def _with_successors(departments: set[UUID]) -> set[UUID]:
    """These departments, and those they were merged into since."""
    found, newest = set(departments), set(departments)
    while newest:
        merged = Department.objects.filter(pk__in=newest).exclude(merged_into=None)
        newest = set(merged.values_list("merged_into_id", flat=True)) - found
        found |= newest
    return found


def _has_release(round_: Round) -> bool:
    return Release.objects.filter(round=round_).exists()


def find_shared(token: str) -> Round | None:
    """The round whose results this link shows, the long or the short one; None for any other text."""
    round_id = round_id_in(token)
    if round_id is None:
        return None
    with scopes_disabled():  # the link itself says which organisation it is
        rounds = Round.objects.select_related("organisation", "version").exclude(state=Round.State.DRAFT)
        return rounds.filter(pk=round_id).first()
