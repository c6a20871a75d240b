"""What the start page says beforehand, from the settings of the round: each sentence is kept by a rule in the code."""

from typing import Any

from django.utils.translation import gettext as _

from measurement.disclosure import OPEN_LINK_MINIMUM
from scan.mailing.result_days import results_day
from scan.models import Round, Unit
from scan.participants import Participant


def promise_of(participant: Participant) -> dict[str, Any]:
    """For templates/scan/promise.html."""
    round_, unit = participant.round, participant.invitation.unit
    contact = round_.contact or _("your HR department")
    is_leader = unit.kind == Unit.Kind.LEADERS and unit.parent is not None
    counted_in = unit.parent if is_leader else unit
    return {
        "organisation": round_.organisation.name,
        "contact": contact,
        "officer": round_.privacy_officer or contact,
        "is_public_task": round_.legal_basis == Round.Basis.PUBLIC_TASK,
        # The day of the mail, which can be moved after the launch; otherwise the day that was promised.
        "results_on": results_day(round_),
        "results_how": round_.results_how.strip(),
        # Empty in a preview, whose example works nowhere.
        "counted_in": (counted_in.path or counted_in.name) if counted_in else "",
        "is_leader": is_leader,
        "open_link_minimum": _open_link_minimum(participant),
    }


def _open_link_minimum(participant: Participant) -> int | None:
    """Of a unit with an open link, for results of its own (R18)."""
    if not participant.invitation.came_by_open_link:
        return None
    return max(participant.round.k, OPEN_LINK_MINIMUM)
