"""An organisation with results of a year ago and an open round, and an HR adviser who is logged in.

`python -m bench.reading` makes it in the database of a place, and says where its pages are.
"""

import json
from datetime import date

from bench import asking  # sets up Django

# isort: split
from django.test import Client
from django.urls import reverse
from django_scopes import scope, scopes_disabled

from organisations.models import Membership, Organisation, Role, User
from reports.closing import close_here
from reports.demo import SAMPLES
from reports.models import ReleaseUnit
from scan.importing import import_responses
from scan.models import Round
from scan.response_file import read_text

PEOPLE, TEAM = 300, "Verpleging Noord"


def make() -> dict[str, object]:
    made = asking.make(PEOPLE)
    with scopes_disabled():
        organisation = Organisation.objects.get()
    user = User.objects.create_user("hr@example.test", name="Hanna")
    Membership.objects.create(organisation=organisation, user=user, role=Role.HR_ADVISOR)
    with scope(organisation=organisation):
        text = read_text(SAMPLES / "responses-2026.csv")
        import_responses(organisation, text, "Leerscan 2026", None, create=True, day=date(2026, 3, 9))
        round_ = Round.objects.select_related("organisation").get(slug="leerscan-2026")
        close_here(round_)
        unit = ReleaseUnit.objects.get(release__round=round_, unit__name=TEAM).unit_id
    of_round = [organisation.slug, round_.slug]
    pages = {
        "home": reverse("home"),
        "organisation": reverse("organisation", args=[organisation.slug]),
        "round": reverse("round", args=of_round),
        "report": reverse("unit", args=[*of_round, unit]),
        "comparison": reverse("comparison", args=of_round),
        "start": reverse("scan:start", args=[made["tokens"][0]]),
        "questions": reverse("scan:part", args=[made["tokens"][0], 1]),
    }
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return {**made, "pages": pages, "cookie": {"sessionid": client.cookies["sessionid"].value}}


if __name__ == "__main__":
    print(json.dumps(make()))
