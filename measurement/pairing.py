"""Who could learn from whom, before it is decided who does (measurement/assignment.py)."""

from dataclasses import dataclass
from uuid import UUID

AT_MOST = 2
"""Times that a unit gives, and times that it takes, over all themes together."""


@dataclass(frozen=True)
class Offer:
    """On this theme one unit is demonstrably stronger, and the other demonstrably weaker."""

    theme: str
    giver: UUID
    taker: UUID
    gain: int
    """The difference in printed points; more than 0."""
