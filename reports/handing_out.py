"""Hand the results out: reports to managers on one day, the organisation's results to staff on another."""

from collections.abc import Iterable
from uuid import UUID

from django_scopes import scopes_disabled

from organisations.models import Department, Membership, Person, Role, User
from organisations.names import split_path
from reports.models import ReleaseUnit
from reports.reading import own_units
from scan.models import LeftOutDepartment, Mailing, Round, Unit
from scan.participants import today_in
from scan.results_link import round_id_in
from scan.tree import Tree


def managers_of(round_: Round) -> list[User] | None:
    """Managers whose departments are in this round; None until there are results to hand out."""
    if not has_results(round_):
        return None
    asked = _departments_asked(round_)
    return [role.user for role in _managers_roles(round_) if any(led.pk in asked for led in role.departments.all())]


def departments_without_manager(round_: Round, tree: Tree) -> list[Unit]:
    """Whose report nobody in the role of manager would get."""
    covered = own_units(_departments_of(_managers_roles(round_)), tree)
    return [unit for unit in tree.departments if unit.parent_id is not None and unit.pk not in covered]


def _managers_roles(round_: Round) -> list[Membership]:
    today = today_in(round_.organisation)
    roles = Membership.objects.filter(organisation=round_.organisation_id, role=Role.MANAGER, user__is_active=True)
    roles = roles.select_related("user").prefetch_related("departments")
    return [role for role in roles if role.ends_on is None or role.ends_on >= today]


def _departments_of(roles: Iterable[Membership]) -> set[UUID]:
    return _with_merged({department.pk for role in roles for department in role.departments.all()})


def _with_merged(named: set[UUID]) -> set[UUID]:
    """These departments, and those that were merged into them since."""
    found, newest = set(named), set(named)
    while newest:
        newest = set(Department.objects.filter(merged_into__in=newest).values_list("pk", flat=True)) - found
        found |= newest
    return found


def staff_of(round_: Round) -> Iterable[Person] | None:
    """Everybody on today's staff list in the departments of this round: invitations no longer name anybody."""
    if not has_results(round_):
        return None
    asked = _departments_asked(round_)
    departments = asked | _made_below(asked, round_)
    people = Person.objects.filter(organisation=round_.organisation_id, left_on=None, department__in=departments)
    return people.exclude(email="")


def _departments_asked(round_: Round) -> set[UUID]:
    """The departments of this round, and what became of them."""
    links = Unit.departments.through.objects.filter(unit__round=round_)
    return _with_successors(set(links.values_list("department_id", flat=True)))


def _with_successors(departments: set[UUID]) -> set[UUID]:
    """These departments, and those they were merged into since."""
    found, newest = set(departments), set(departments)
    while newest:
        merged = Department.objects.filter(pk__in=newest).exclude(merged_into=None)
        newest = set(merged.values_list("merged_into_id", flat=True)) - found
        found |= newest
    return found


def _made_below(asked: set[UUID], round_: Round) -> set[UUID]:
    """Departments below these that came after the launch: everything there took part, but for what was left out."""
    not_asked = set(LeftOutDepartment.objects.filter(round=round_).values_list("department_id", flat=True))
    departments = Department.objects.filter(organisation=round_.organisation_id, archived_on=None)
    found: set[UUID] = set()
    for department in sorted(departments, key=lambda one: len(split_path(one.path))):  # parents before children
        if department.pk not in asked | not_asked and department.parent_id in asked | found:
            found.add(department.pk)
    return found


def has_results(round_: Round) -> bool:
    """Whether there is a release in which anything is shown; who answered too little gets no mail about results."""
    return ReleaseUnit.objects.filter(release__round=round_, is_shown=True).exists()


def call_off(round_: Round) -> None:
    """There is nothing to hand out: the mails that would say so are off, and Home tells the HR adviser."""
    handing_out = Mailing.objects.filter(round=round_, kind__in=(Mailing.Kind.MANAGERS, Mailing.Kind.RESULTS))
    handing_out.filter(state=Mailing.State.PLANNED).delete()


def find_shared(token: str) -> Round | None:
    """The round whose results this link shows, the long or the short one; None for any other text."""
    round_id = round_id_in(token)
    if round_id is None:
        return None
    with scopes_disabled():  # the link itself says which organisation it is
        rounds = Round.objects.select_related("organisation", "version").exclude(state=Round.State.DRAFT)
        return rounds.filter(pk=round_id).first()
