"""Links to reports, for tests of sharing."""

from urllib.parse import urlsplit
from uuid import UUID, uuid4

from django_scopes import scope

from organisations.models import User
from reports.models import Release
from reports.sharing.links import Wish, make_link
from scan.models import Round, Unit

OWN, HIDDEN, FOREIGN = "Zorg / Wijkteam Oost", "Zorg / Nachtdienst", "Facilitair / Keuken"
NOTE = "Onze coach Fatima"


def shared_page(round_: Round, path: str, user: User, days: int = 30, key: UUID | None = None) -> str:
    """The path of a new link to the report of this unit."""
    with scope(organisation=round_.organisation):
        release = Release.objects.select_related("round__organisation").get(round=round_)
        unit = Unit.objects.get(round=round_, path=path, kind=Unit.Kind.DEPARTMENT)
        return urlsplit(make_link(release, unit, Wish(key or uuid4(), days, NOTE), user)).path
