"""What tests about changing people of an open round share."""

from dataclasses import dataclass

from organisations.models import Person
from scan.models import Delivery, Invitation, Mailing, Plan, Round, Unit
from scan.rounds import launch
from tests.cast import Cast, add_people
from tests.scan.asking import new_round

EAST, NIGHT, KITCHEN = "zorg / wijkteam oost", "zorg / nachtdienst", "facilitair / keuken"


@dataclass(frozen=True)
class Running:
    cast: Cast
    round: Round
    east: list[Person]
    """Twelve, the first of them the leader."""
    night: list[Person]
    """Three."""

    def unit(self, path: str) -> Unit:
        return Unit.objects.get(round=self.round, path=path, kind=Unit.Kind.DEPARTMENT)

    def leaves(self) -> dict[str, int | None]:
        leaves = Unit.objects.filter(round=self.round, kind=Unit.Kind.LEADERS).select_related("parent")
        return {leaf.parent.path: leaf.invited for leaf in leaves if leaf.parent}

    def headcounts(self) -> dict[str, int | None]:
        units = Unit.objects.filter(round=self.round, kind=Unit.Kind.DEPARTMENT)
        return dict(units.values_list("path", "invited"))

    def invitation(self, person: Person) -> Invitation:
        return Invitation.objects.select_related("unit__parent").get(round=self.round, person=person)

    def new_person(self, key: str = EAST, *, leaders: int = 0) -> Person:
        return add_people(self.cast.departments[key], 1, leaders=leaders)[0]

    def added(self) -> int:
        return Plan.objects.get(round=self.round).added_by_hand

    def mails_to(self) -> list[str]:
        """Addresses of single mails, oldest first."""
        single = Delivery.objects.filter(mailing__kind=Mailing.Kind.SINGLE).order_by("mailing__number")
        return list(single.values_list("invitation__address", flat=True))


def running_round(cast: Cast, *, is_mailed: bool = True) -> Running:
    """Call it inside a scope. `is_mailed`: the invitations have gone out."""
    east = add_people(cast.departments[EAST], 12, leaders=1)
    night = add_people(cast.departments[NIGHT], 3)
    round_ = new_round(cast)
    launch(round_)
    if is_mailed:
        Mailing.objects.filter(round=round_, kind=Mailing.Kind.INVITATION).update(state=Mailing.State.DONE)
        Invitation.objects.filter(round=round_).exclude(address="").update(was_mailed=True)
    return Running(cast, Round.objects.select_related("organisation", "version").get(pk=round_.pk), east, night)
