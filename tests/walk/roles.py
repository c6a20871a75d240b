"""What the lists of addresses are written with: roles, statuses, and the objects that addresses name."""

from dataclasses import dataclass

from scan.models import Round
from tests.cast import Cast

ROLES = (
    "hr_advisor",
    "manager",
    "other_manager",
    "consultant",
    "works_council",
    "administrator",
    "outsider",
    "nobody",
)
LOGIN = 302
MEMBERS = {"hr_advisor", "manager", "other_manager", "consultant", "works_council"}
METHOD = dict.fromkeys(ROLES, 405)
PUBLIC = dict.fromkeys(ROLES, 200)

Statuses = dict[str, int]
Expected = dict[str, dict[str, tuple[Statuses, Statuses]]]
"""Address pattern -> {example: (GET, POST)}; the list's `addresses` says which address an example is."""


def for_roles(*allowed: str, status: int = 200, members: int = 403) -> Statuses:
    """`status` for these roles, `members` for other members, 404 for strangers, the login page for nobody."""
    expected = {role: members if role in MEMBERS else 404 for role in ROLES}
    return expected | dict.fromkeys(allowed, status) | {"nobody": LOGIN}


def for_otto(status: int = 200) -> Statuses:
    """What belongs to the other organisation: 404 for all but Otto."""
    return for_roles("outsider", status=status, members=404)


# A wrong method is refused before anything else is looked at, except for nobody.
WRONG_METHOD = METHOD | {"nobody": LOGIN}
# Who is logged in is sent on.
ONLY_NOBODY = dict.fromkeys(ROLES, 302) | {"nobody": 200}
EVERY_MEMBER = for_roles(*MEMBERS)
WHOLE = ("hr_advisor", "consultant", "works_council")
HR = for_roles("hr_advisor")


@dataclass(frozen=True)
class World:
    """Two organisations with a closed round each, and a running one in the first."""

    cast: Cast
    closed: Round
    closed_elsewhere: Round
    running: Round
    token: str

    @property
    def base(self) -> str:
        return f"/o/{self.cast.organisation.slug}/"

    @property
    def other_base(self) -> str:
        return f"/o/{self.cast.other_organisation.slug}/"
