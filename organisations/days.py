"""Which day it is for an organisation."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from organisations.models import Organisation


def today_in(organisation: Organisation) -> date:
    return datetime.now(ZoneInfo(organisation.time_zone)).date()
