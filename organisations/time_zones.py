"""By which clock an organisation lives: which there are, and when it cannot be changed."""

from collections.abc import Callable
from functools import cache
from zoneinfo import available_timezones

from django.utils.translation import gettext as _

from organisations.models import Organisation

# Names of places; the others are abbreviations and leftovers.
PLACES = ("Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")
HERE = "Europe/"
_reasons: list[Callable[[Organisation], str]] = []


@cache
def known_time_zones() -> frozenset[str]:
    return frozenset(zone for zone in available_timezones() if zone.split("/")[0] in PLACES and "/" in zone)


def time_zone_choices(current: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """For a select, Europe first; with the present one, whatever it is called."""
    zones = sorted({*known_time_zones(), current})
    near = [(zone, zone) for zone in zones if zone.startswith(HERE)]
    far = [(zone, zone) for zone in zones if not zone.startswith(HERE)]
    return [(_("Europe"), near), (_("Elsewhere"), far)]


def register_reason(reason: Callable[[Organisation], str]) -> None:
    """A room above says why the time zone must stay as it is now; an empty text when it need not."""
    _reasons.append(reason)


def why_time_zone_stays(organisation: Organisation) -> str:
    return next((text for reason in _reasons if (text := reason(organisation))), "")
