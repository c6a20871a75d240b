"""How many mails wait or were refused, over all organisations: for whoever watches the installation.

Never of reminders, whose rows are those who have not answered, and of notices, of which nothing is shown.
"""

from django.db.models import Count, Q

from scan.mailing.deliveries import LEAVING_NOTHING, deliveries, mailings
from scan.models import Delivery, Mailing

State = Delivery.State


def count_mails() -> tuple[int, int]:
    """Waiting, refused."""
    told = deliveries().exclude(mailing__kind__in=LEAVING_NOTHING)
    found = told.aggregate(
        waiting=Count("pk", filter=Q(state__in=(State.WAITING, State.SENDING))),
        refused=Count("pk", filter=Q(state=State.REFUSED)),
    )
    return found["waiting"], found["refused"]


def troubles() -> list[str]:
    """Why mail servers take nothing at all just now: codes of scan/mailing/remedies.py, each once."""
    halted = mailings().filter(state=Mailing.State.RUNNING).exclude(trouble="")
    return sorted(set(halted.values_list("trouble", flat=True)))
