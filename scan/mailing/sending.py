"""The job that sends a mailing: one mail at a time, each step written down before and after.

It can be stopped and taken up again at any mail: by the HR adviser, at the end of the working day, when another job
wants its turn, after trouble with the mail server, or after the worker died.
"""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone
from django_scopes import scope, scopes_disabled

from jobs.models import Job
from jobs.progress import JobLostError, Progress
from organisations import log
from scan.mailing import deliveries
from scan.mailing.deliveries import ASKING, mailings
from scan.mailing.fail_points import reached
from scan.mailing.hours import may_send_at, now_in, plan_of
from scan.mailing.line import Line, RefusedError, TroubleError, UncertainError
from scan.mailing.messages import address_of, mail_for
from scan.mailing.pace import Pace
from scan.mailing.planning import is_due
from scan.models import Delivery, Mailing, Plan
from scan.participants import accepts_answers

LATER = timedelta(minutes=10)
State = Mailing.State


def new_pace() -> Pace:
    return Pace(settings.MAILS_PER_MINUTE)


def work(key: str, progress: Progress) -> str:
    """The job: its key is the mailing's id. Its result says why it ended."""
    with scopes_disabled():
        found = Mailing.objects.select_related("round__organisation", "round__plan").filter(pk=UUID(key)).first()
    if found is None:
        return "cancelled"
    with scope(organisation=found.round.organisation):
        try:
            return _run(found, progress)
        except TroubleError as trouble:
            mailings().filter(pk=found.pk).update(trouble=trouble.code)
            raise
        except (JobLostError, DatabaseError):
            raise
        except Exception:
            mailings().filter(pk=found.pk).update(trouble="fault")
            raise


def _run(mailing: Mailing, progress: Progress) -> str:
    if mailing.state == State.PLANNED and not (is_due(mailing) and _begin(mailing)):
        return "not now"
    deliveries.settle_what_died(mailing)
    why = _send_while_possible(mailing, progress)
    if why == "pass is over" and deliveries.are_left(mailing):
        mailings().filter(pk=mailing.pk).update(waits_until=timezone.now() + LATER)
        return "later"
    if why in ("pass is over", "closed"):
        _finish(mailing)
    return why


def _begin(mailing: Mailing) -> bool:
    if not deliveries.begin(mailing):
        return False
    log.record(mailing.round.organisation, f"begin_{mailing.kind}", mailing.round.title)
    mailing.refresh_from_db(fields=["state", "total", "planned_on"])
    return True


def _send_while_possible(mailing: Mailing, progress: Progress) -> str:
    plan, pace, is_first = plan_of(mailing.round), new_pace(), True
    with Line() as line:
        for delivery in deliveries.waiting(mailing):
            delivery.mailing = mailing
            if why := _why_not_now(mailing, plan):
                return why
            if not is_first and _another_job_waits():
                return "made way"
            _report(mailing, progress)
            if _send(mailing, delivery, line, pace):
                is_first = False
    _report(mailing, progress)
    return "pass is over"


def _why_not_now(mailing: Mailing, plan: Plan) -> str:
    """Looked at before every mail; empty when it may go out."""
    if not mailings().filter(pk=mailing.pk, state=State.RUNNING).exists():
        return "stopped"
    if mailing.kind in ASKING:
        mailing.round.refresh_from_db(fields=["state", "closes_on"])
        if not accepts_answers(mailing.round):
            return "closed"
    return "" if may_send_at(mailing.kind, plan, now_in(mailing.round.organisation)) else "outside hours"


def _another_job_waits() -> bool:
    """A mailing takes long; a report that somebody waits for does not. The next sweep takes the mailing up again."""
    return Job.objects.filter(state=Job.State.WAITING, tries=0).exists()


def _report(mailing: Mailing, progress: Progress) -> None:
    """Of a reminder only that it lives: its numbers would tell how many have not answered (R7)."""
    if mailing.kind == Mailing.Kind.REMINDER or not mailing.total:
        progress.beat()
        return
    mailing.refresh_from_db(fields=["sent", "refused", "uncertain"])
    progress.report(mailing.sent + mailing.refused + mailing.uncertain, mailing.total)


def _send(mailing: Mailing, delivery: Delivery, line: Line, pace: Pace) -> bool:
    """False: there was nothing to send."""
    if not address_of(delivery):
        deliveries.drop(mailing, delivery)
        return False
    mail = mail_for(delivery, mailing.round)
    pace.wait()
    reached("before claim")
    if not deliveries.claim(mailing, delivery):
        return False
    reached("before send")
    write_down = _offer(mailing, delivery, lambda: line.send(mail))
    reached("after send")
    write_down()
    if mailing.trouble:
        mailings().filter(pk=mailing.pk).update(trouble="")
        mailing.trouble = ""
    return True


def _offer(mailing: Mailing, delivery: Delivery, send: Callable[[], None]) -> Callable[[], None]:
    """Send it; answers how to write down what became of it."""
    try:
        send()
    except RefusedError as refusal:
        code = refusal.code
        step = deliveries.refused if refusal.for_good else deliveries.later
        return lambda: step(mailing, delivery, code)
    except UncertainError:
        return lambda: deliveries.uncertain(mailing, delivery)
    except TroubleError:
        deliveries.put_back(delivery)
        raise
    return lambda: deliveries.delivered(mailing, delivery)


def _finish(mailing: Mailing) -> None:
    """What a worker of before still had in hand when it lost the job is uncertain too."""
    deliveries.settle_what_died(mailing)
    deliveries.drop_waiting(mailing)
    today = now_in(mailing.round.organisation).date()
    finished = mailings().filter(pk=mailing.pk, state=State.RUNNING)
    if finished.update(state=State.DONE, trouble="", waits_until=None, finished_on=today):
        log.record(mailing.round.organisation, f"sent_{mailing.kind}", mailing.round.title)
