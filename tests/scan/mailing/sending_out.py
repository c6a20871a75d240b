"""What tests of mailings share: a launched round, its mailings, and doing the job."""

from datetime import date

from jobs.models import Job
from jobs.running import request, run
from organisations.models import Person
from scan.locks import use_once
from scan.mailing.starting import KIND
from scan.models import Delivery, Invitation, Mailing, Plan, Round
from scan.rounds import create_round, launch
from tests.cast import Cast, add_people

OPENS, CLOSES, RESULTS = date(2026, 3, 3), date(2026, 3, 27), date(2026, 4, 14)
REMINDERS = ("2026-03-10", "2026-03-17")


def asked_round(cast: Cast, people: int = 4, *, title: str = "Leerscan", **plan: object) -> Round:
    """Open from 3 to 27 March 2026, with two reminders. Call it inside a scope."""
    add_people(cast.departments["zorg / wijkteam oost"], people)
    round_ = create_round(cast.organisation, title, OPENS, CLOSES, results_on=RESULTS, contact="Anna, 2210")
    Plan.objects.create(round=round_, **({"reminders": list(REMINDERS)} | plan))
    launch(round_)
    return Round.objects.select_related("organisation", "version").get(pk=round_.pk)


def mailing_of(round_: Round, kind: str = "invitation", number: int = 1) -> Mailing:
    return Mailing.objects.get(round=round_, kind=kind, number=number)


def do_job(mailing: Mailing) -> Job:
    """Ask for the job and do it here, as a worker would."""
    job = request(KIND, str(mailing.pk))
    run(job.pk)
    job.refresh_from_db()
    return job


def fresh(mailing: Mailing) -> Mailing:
    return Mailing.objects.select_related("round__organisation").get(pk=mailing.pk)


def invitations(round_: Round) -> list[Invitation]:
    return list(Invitation.objects.filter(round=round_).select_related("person").order_by("person__email"))


def answered(round_: Round, *addresses: str) -> None:
    for invitation in invitations(round_):
        if invitation.person and invitation.person.email in addresses:
            assert use_once(invitation.pk)


def addresses(round_: Round) -> list[str]:
    return [invitation.person.email for invitation in invitations(round_) if invitation.person]


def rows(mailing: Mailing, state: str = "") -> list[Delivery]:
    found = Delivery.objects.filter(mailing=mailing)
    return list(found.filter(state=state) if state else found)


def person_of(address: str) -> Person:
    return Person.objects.get(email=address)
