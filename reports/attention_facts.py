"""What Home looks up for all organisations together, in a fixed number of queries."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef

from jobs.models import Job
from organisations.models import Membership, Organisation, Person, Role, StaffImport
from reports.closing import KIND
from reports.models import Release, ReleaseUnit
from scan.links.codes import ON_PAPER
from scan.models import Invitation, Mailing, OpenLink, Plan, Round
from scan.remarks import counts_in


@dataclass(frozen=True)
class Facts:
    staffed: set[UUID]
    """Organisations with somebody on the staff list."""
    waiting: dict[UUID, StaffImport]
    coded: set[UUID]
    mailed: set[UUID]
    """Open rounds in which somebody is invited by mail."""
    links: dict[UUID, list[OpenLink]]
    managed: set[UUID]
    """Organisations in which somebody has the role of manager."""
    failed: set[str]
    """Ids of rounds whose closing failed for good."""
    plans: dict[UUID, Plan]
    mailings: dict[UUID, list[Mailing]]
    released: dict[UUID, bool]
    """Rounds with a release, and whether anything is shown in it."""
    remarks: dict[UUID, int]
    """How many remarks wait in a round until a reviewer has finished; never shown."""


def look_up(organisations: list[Organisation]) -> Facts:
    people = Person.objects.filter(organisation__in=organisations, left_on=None)
    mailings: dict[UUID, list[Mailing]] = {}
    for mailing in Mailing.objects.filter(round__organisation__in=organisations):
        mailings.setdefault(mailing.round_id, []).append(mailing)
    is_any_shown = Exists(ReleaseUnit.objects.filter(release=OuterRef("pk"), is_shown=True))
    released = Release.objects.filter(round__organisation__in=organisations).values_list("round_id", is_any_shown)
    imports = StaffImport.objects.filter(organisation__in=organisations, state=StaffImport.State.READ)
    invited = Invitation.objects.filter(round__organisation__in=organisations, round__state=Round.State.OPEN)
    links: dict[UUID, list[OpenLink]] = {}
    for link in OpenLink.objects.filter(unit__round__organisation__in=organisations).select_related("unit"):
        links.setdefault(link.unit.round_id, []).append(link)
    managers = Membership.objects.filter(organisation__in=organisations, role=Role.MANAGER)
    return Facts(
        staffed=set(people.values_list("organisation_id", flat=True).distinct()),
        waiting={found.organisation_id: found for found in imports.defer("content").order_by("created_at")},
        coded=set(invited.filter(ON_PAPER).values_list("round_id", flat=True).distinct()),
        mailed=set(invited.exclude(address="").values_list("round_id", flat=True).distinct()),
        plans={plan.round_id: plan for plan in Plan.objects.filter(round__organisation__in=organisations)},
        mailings=mailings,
        links=links,
        managed=set(managers.values_list("organisation_id", flat=True)),
        failed=set(Job.objects.filter(kind=KIND, state=Job.State.FAILED).values_list("key", flat=True)),
        released=dict(released),
        remarks=counts_in(organisations),
    )
