"""What must stay as it is while a round is open."""

from django.utils.translation import gettext as _

from organisations.models import Organisation
from scan.models import Round


def why_time_zone_stays(organisation: Organisation) -> str:
    """The days and hours that staff were promised are by this clock. Call it inside the organisation's scope."""
    running = Round.objects.filter(organisation=organisation, state=Round.State.OPEN).order_by("title").first()
    if running is None:
        return ""
    return _("“%(title)s” is open, and closes by this clock. Change the time zone after it has closed.") % {
        "title": running.title
    }
