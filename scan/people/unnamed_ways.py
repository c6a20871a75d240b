"""In which ways people take part whom a round does not know by name: somebody invited as well could answer twice.

Only what was settled at the launch counts here: nothing of it changes when somebody starts or answers.
"""

from dataclasses import dataclass

from scan.links.codes import ON_PAPER
from scan.models import Invitation, Round, Unit


@dataclass(frozen=True)
class UnnamedWays:
    has_codes: bool
    has_open_links: bool

    @property
    def are_there(self) -> bool:
        return self.has_codes or self.has_open_links


def unnamed_ways(round_: Round) -> UnnamedWays:
    """Of an open round: closing forgets them."""
    return UnnamedWays(
        has_codes=Invitation.objects.filter(ON_PAPER, round=round_).exists(),
        has_open_links=Unit.objects.filter(round=round_, has_open_link=True).exists(),
    )
