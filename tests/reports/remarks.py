"""A closed scan with so many remarks, for tests of reading and letting pass."""

from typing import Any

from reports.closing import close_here
from scan import ballot_box
from scan.ballot_box import Ballot
from scan.models import Remark, Round, Unit
from scan.remarks import Verdict, decide, seen
from tests.cast import Cast
from tests.scan.asking import launched_round

WRITTEN = "Piet van de nachtdienst luistert nooit"
"""Every remark begins with it; a number follows."""


def closed_with_remarks(cast: Cast, count: int = 12, people: int = 12, **fields: Any) -> Round:
    """Closed today. Call it inside a scope."""
    round_ = launched_round(cast, **fields)
    unit = Unit.objects.get(round=round_, path="Zorg / Wijkteam Oost")
    remarks = [f"{WRITTEN} {number}" if number < count else "" for number in range(people)]
    ballot_box.cast_all(round_, [Ballot(unit.pk, bytes([4] * 40), 0, remark) for remark in remarks])
    close_here(round_)
    return Round.objects.select_related("organisation", "version").get(pk=round_.pk)


def waiting(round_: Round) -> list[Remark]:
    return list(Remark.objects.filter(round=round_).order_by("pk"))


def keep_all(round_: Round, *, but: int = 0) -> None:
    """Decide about all; leave out the first `but`."""
    for place, remark in enumerate(waiting(round_)):
        decide(round_, remark.pk, Verdict.LEAVE_OUT if place < but else Verdict.KEEP, "", seen([remark]))
