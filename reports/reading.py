"""What a user may read: rounds, releases and units. Everything that a view shows is fetched here."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404
from django_scopes import scope

from organisations.access import Right, fetch, own_department_ids, require, rights_by_organisation
from organisations.models import Organisation, User
from reports.models import Release
from reports.published import Published, PublishedUnit, read_release
from scan.mailing.hours import plan_of
from scan.mailing.result_days import managers_day
from scan.models import Round, Unit
from scan.participants import today_in
from scan.tree import Tree, tree_of


def rounds_for(organisation: Organisation, rights: frozenset[Right]) -> QuerySet[Round]:
    """Rounds in preparation are for who follows the response."""
    rounds = Round.objects.filter(organisation=organisation).select_related("organisation")
    if Right.FOLLOW_RESPONSE not in rights:
        rounds = rounds.exclude(state=Round.State.DRAFT)
    return rounds.order_by("-opens_on", "-created_at")


@dataclass(frozen=True)
class Listed:
    """An organisation on Home, with the scans that the user may know of."""

    organisation: Organisation
    rights: frozenset[Right]
    rounds: list[Round]


def rounds_by_organisation(user: User) -> list[Listed]:
    """Everything that Home lists, in two queries however many organisations there are."""
    rights = rights_by_organisation(user)
    with scope(organisation=list(rights)):
        found = Round.objects.filter(organisation__in=rights).select_related("organisation")
        rounds = list(found.order_by("-opens_on", "-created_at"))
    by_organisation: dict[UUID, list[Round]] = {}
    for round_ in rounds:
        by_organisation.setdefault(round_.organisation_id, []).append(round_)
    return [
        Listed(
            organisation,
            own,
            [round_ for round_ in by_organisation.get(organisation.pk, []) if _is_listed(round_, own)],
        )
        for organisation, own in rights.items()
    ]


def _is_listed(round_: Round, rights: frozenset[Right]) -> bool:
    return round_.state != Round.State.DRAFT or Right.FOLLOW_RESPONSE in rights


@dataclass(frozen=True)
class RoundView:
    """A round as this user sees it. `published`: None until the release is there."""

    round: Round
    rights: frozenset[Right]
    tree: Tree
    published: Published | None
    readable: frozenset[UUID]
    """Ids of the units whose results this user may read."""
    waits_until: date | None
    """The day on which a manager gets the reports, while that is still to come."""

    @property
    def may_follow(self) -> bool:
        return Right.FOLLOW_RESPONSE in self.rights

    def unit(self, unit_id: UUID) -> PublishedUnit:
        """404 when it is no unit of this release, 403 when the user may not read it."""
        if self.published is None or unit_id not in self.published.by_id:
            raise Http404
        if unit_id not in self.readable:
            raise PermissionDenied
        return self.published.by_id[unit_id]


def round_for(user: User, organisation: Organisation, slug: str) -> RoundView:
    """Call it inside the organisation's scope."""
    rights = require(user, organisation, Right.SEE_ROUNDS)
    round_ = fetch(rounds_for(organisation, rights), slug=slug)
    tree = tree_of(round_)
    release = (
        Release.objects.filter(round=round_).select_related("round__organisation").order_by("-number").first()
        if round_.state == Round.State.CLOSED
        else None
    )
    waits_until = _managers_wait_until(round_, rights) if release else None
    readable = readable_units(user, organisation, rights - {Right.READ_OWN_UNITS} if waits_until else rights, tree)
    return RoundView(round_, rights, tree, read_release(release) if release else None, readable, waits_until)


def _managers_wait_until(round_: Round, rights: frozenset[Right]) -> date | None:
    if Right.READ_OWN_UNITS not in rights or Right.READ_ALL_UNITS in rights:
        return None
    day = managers_read_from(round_)
    return day if day and day > today_in(round_.organisation) else None


def managers_read_from(round_: Round) -> date | None:
    """The day of their mailing; as it was planned at launch when there is none (any more). None: at once."""
    return managers_day(round_, plan_of(round_))


def readable_units(user: User, organisation: Organisation, rights: frozenset[Right], tree: Tree) -> frozenset[UUID]:
    departments = tree.departments
    if Right.READ_ALL_UNITS in rights:
        return frozenset(unit.pk for unit in departments)
    readable = {tree.root.pk} if Right.READ_ORGANISATION in rights else set()
    if Right.READ_OWN_UNITS in rights:
        readable |= own_units(own_department_ids(user, organisation), tree)
    return frozenset(readable)


def own_units(department_ids: set[UUID], tree: Tree) -> set[UUID]:
    """Units linked to these departments of today, and all units below them in the round's tree."""
    links = Unit.departments.through.objects.filter(
        department_id__in=department_ids, unit_id__in=[unit.pk for unit in tree.departments]
    )
    own = set(links.values_list("unit_id", flat=True))
    for unit in tree.departments:  # parents come first
        if unit.parent_id in own:
            own.add(unit.pk)
    return own
