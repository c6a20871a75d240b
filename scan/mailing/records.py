"""What mailings keep of the people they went to, and when that goes (docs/decisions/0011).

Those that asked for answers go with the answers. Those that hand results out go to managers and to today's staff list,
say nothing of who took part, and may be due after the answers were deleted: their days stay, for pages open on them.
Who was refused is kept for a week, so that the HR adviser can mend it.
"""

from datetime import timedelta
from uuid import UUID

from django.db.models import F, Q, QuerySet

from jobs.models import Job
from scan.mailing.deliveries import ASKING, deliveries, mailings
from scan.mailing.starting import KIND
from scan.models import Delivery, Mailing, Round
from scan.participants import today_in

BATCH = 500
ABOUT_THE_ROUND = (*ASKING, Mailing.Kind.NOTICE)
HANDING_OUT = (Mailing.Kind.MANAGERS, Mailing.Kind.RESULTS)
KEPT_TO_MEND = timedelta(days=7)


def asking_deliveries(round_: Round) -> QuerySet[Delivery]:
    return deliveries().filter(mailing__round=round_, mailing__kind__in=ABOUT_THE_ROUND)


def delete_some_asking(round_: Round) -> int:
    """A batch of mailings, of which no delivery is left, with their jobs; answers how many."""
    return _delete(mailings().filter(round=round_, kind__in=ABOUT_THE_ROUND))


def _delete(rows: QuerySet[Mailing]) -> int:
    ids = list(rows.values_list("pk", flat=True)[:BATCH])
    _jobs_of(ids).delete()
    mailings().filter(pk__in=ids).delete()
    return len(ids)


def delete_some_lost_jobs() -> int:
    """Of mailings that were cancelled, or called off by closing: the job outlived them."""
    there = {str(pk) for pk in mailings().values_list("pk", flat=True)}
    finished = Job.objects.filter(kind=KIND).exclude(state__in=Job.UNFINISHED)
    lost = [pk for pk, key in finished.values_list("pk", "key") if key not in there][:BATCH]
    Job.objects.filter(pk__in=lost).delete()
    return len(lost)


def forget_refusals(round_: Round) -> None:
    """Of handing out that ended more than a week ago only its days and its size stay."""
    ended = _ended(round_)
    ended.update(total=F("sent"), refused=0, uncertain=0)
    _jobs_of(list(ended.values_list("pk", flat=True))).delete()


def ended_deliveries(round_: Round) -> QuerySet[Delivery]:
    return deliveries().filter(mailing__in=_ended(round_))


def rounds_with_ended(rounds: QuerySet[Round]) -> list[Round]:
    """Those of these rounds in which handing out has left something that is to go now."""
    left = Q(deliveries__isnull=False) | Q(refused__gt=0) | Q(uncertain__gt=0)
    handed_out = mailings().filter(left, kind__in=HANDING_OUT, state=Mailing.State.DONE)
    found = rounds.filter(pk__in=handed_out.values("round"))
    return [one for one in found if _ended(one).filter(left).exists()]


def _ended(round_: Round) -> QuerySet[Mailing]:
    handed_out = mailings().filter(round=round_, kind__in=HANDING_OUT, state=Mailing.State.DONE)
    return handed_out.filter(finished_on__lte=today_in(round_.organisation) - KEPT_TO_MEND)


def _jobs_of(mailing_ids: list[UUID]) -> QuerySet[Job]:
    return Job.objects.filter(kind=KIND, key__in=[str(pk) for pk in mailing_ids])
