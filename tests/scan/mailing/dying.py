"""What tests that kill workers share."""

from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from jobs.models import Job
from jobs.running import run
from jobs.sweep import sweep
from organisations.models import Person
from scan.mailing.starting import start_due
from scan.models import Delivery, Mailing, Plan, Round
from scan.participants import today_in
from scan.rounds import create_round, launch
from tests.cast import Cast, add_people


def round_that_may_mail_now(cast: Cast, people: int) -> Round:
    """Workers of their own have a real clock. Call it inside a scope."""
    add_people(cast.departments["zorg / wijkteam oost"], people)
    today = today_in(cast.organisation)
    round_ = create_round(cast.organisation, "Leerscan", today, today + timedelta(days=9), contact="Anna")
    Plan.objects.create(round=round_, on_any_day=True, first_hour=0, last_hour=24)
    launch(round_)
    return Round.objects.select_related("organisation", "version").get(pk=round_.pk)


def due_mailing(round_: Round, kind: str) -> Mailing:
    """The invitation, or a reminder that is due today; nothing else of this round is."""
    if kind == Mailing.Kind.REMINDER:
        Mailing.objects.filter(round=round_).delete()
        Mailing.objects.create(round=round_, kind=kind, planned_on=round_.opens_on)
    return Mailing.objects.get(round=round_, kind=kind)


def job_of(mailing: Mailing) -> Job:
    """The unfinished one; asked for by the sweep when there is none."""
    start_due()
    return Job.objects.get(key=str(mailing.pk), state__in=Job.UNFINISHED)


def take_over(job_id: UUID) -> None:
    """The worker has been silent for a minute; its job waits for another one. Three deaths and it has failed."""
    Job.objects.filter(pk=job_id, state=Job.State.RUNNING).update(heartbeat=timezone.now() - timedelta(seconds=61))
    sweep()


def finish(mailing: Mailing) -> None:
    """Go on here until it is done."""
    for _turn in range(5):
        if Mailing.objects.get(pk=mailing.pk).state == Mailing.State.DONE:
            return
        run(job_of(mailing).pk)


def everybody(round_: Round) -> set[str]:
    return set(Person.objects.filter(organisation=round_.organisation).values_list("email", flat=True))


def uncertain_addresses(mailing: Mailing) -> set[str]:
    rows = Delivery.objects.filter(mailing=mailing, state=Delivery.State.UNCERTAIN)
    return {row.invitation.person.email for row in rows if row.invitation and row.invitation.person}
