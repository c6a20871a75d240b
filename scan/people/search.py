"""Look up people of a round that is open: who has a link, and who of today's staff list has none.

Nothing here looks at whether somebody has answered, and the unit is that of the launch (scan/people/changing.py).
"""

from dataclasses import dataclass
from uuid import UUID

from organisations.models import Person
from organisations.people import matching, staff
from scan.models import Invitation, Round, Unit
from scan.tree import Tree, tree_of
from scan.unit_names import unit_name

MOST = 50


@dataclass(frozen=True)
class Found:
    person: Person
    unit: str
    """Empty: no link in this round."""
    address: str = ""
    """Where the link goes; the staff list may say something else by now."""
    move_asked_to: str = ""
    """The unit in which answers that come in from then on count; used or not, for that nobody learns."""


@dataclass(frozen=True)
class Result:
    invited: tuple[Found, ...]
    others: tuple[Found, ...]
    are_more: bool


def search(round_: Round, text: str) -> Result:
    """The first fifty of each."""
    tree = tree_of(round_)
    with_link = Invitation.objects.filter(round=round_).exclude(person=None)
    found = with_link.filter(matching(text, "person__")).select_related("person")
    invited = list(found.order_by("person__family_name", "person__given_name", "person_id")[: MOST + 1])
    outside = staff(round_.organisation, search=text).exclude(pk__in=with_link.values("person_id"))
    others = list(outside[: MOST + 1])
    return Result(
        tuple(Found(row.person, _unit(row, tree), row.address) for row in invited[:MOST] if row.person),
        tuple(Found(person, "") for person in others[:MOST]),
        are_more=max(len(invited), len(others)) > MOST,
    )


def find(round_: Round, person: Person) -> Found:
    invitation = Invitation.objects.filter(round=round_, person=person).first()
    if invitation is None:
        return Found(person, "")
    tree = tree_of(round_)
    asked = invitation.move_asked_to_id
    return Found(
        person, _unit(invitation, tree), invitation.address, unit_name(tree.units[asked], tree) if asked else ""
    )


def _unit(invitation: Invitation, tree: Tree) -> str:
    return unit_name(tree.units[invitation.asked_in_id or invitation.unit_id], tree)


def unit_choices(round_: Round) -> list[tuple[UUID, str]]:
    """Every department of the round by its path."""
    tree = tree_of(round_)
    return [(unit.pk, unit_name(unit, tree)) for unit in tree.departments]


def likely_unit(round_: Round, person: Person) -> UUID | None:
    """The unit that the person's department of today answers in; None when the round does not know it."""
    linked = Unit.objects.filter(round=round_, departments=person.department_id)
    return linked.values_list("pk", flat=True).first()
