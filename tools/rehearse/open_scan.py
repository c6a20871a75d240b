"""Run inside the installed product (manage.py shell): launch a scan, and print the link of somebody who can answer."""

from datetime import timedelta

from django.utils import timezone
from django_scopes import scope

from organisations.models import Organisation
from scan.models import Invitation
from scan.rounds import create_round, launch
from scan.tokens import link_of

organisation = Organisation.objects.get()
today = timezone.localdate()
with scope(organisation=organisation):
    round_ = create_round(
        organisation,
        "Rehearsal",
        today,
        today + timedelta(days=14),
        contact="Anna, 2210",
        results_how="On the intranet.",
    )
    launch(round_)
    invitation = Invitation.objects.filter(round=round_).exclude(person=None).order_by("pk")[0]
    print(link_of(invitation.pk))
