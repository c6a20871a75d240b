"""The job that sends a mailing: one mail at a time, each step written down before and after.

It can be stopped and taken up again at any mail: by the HR adviser, at the end of the working day, when another job
wants its turn, after trouble with the mail server, or after the worker died.
"""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import Error
from django.utils import timezone
from django_scopes import scope, scopes_disabled

from jobs.fail_points import reached
from jobs.progress import JobLostError, Progress
from organisations import log
from organisations.mail import sender
from scan.mailing import deliveries
from scan.mailing.deliveries import mailings
from scan.mailing.hours import now_in
from scan.mailing.line import Line, RefusedError, TroubleError, UncertainError
from scan.mailing.messages import address_of, mail_for
from scan.mailing.pace import Pace
from scan.mailing.remedies import PASSING
from scan.mailing.starting import is_due
from scan.mailing.watching import Watch
from scan.models import Delivery, Mailing

LATER = timedelta(minutes=10)
AFTER_TROUBLE = timedelta(minutes=15)
# Not at every turn: servers count RSET as junk, some only a hundred times without a mail.
TURNS_OF_ONE_CHECK = 20
Kind, State = Mailing.Kind, Mailing.State


def new_pace(kind: str) -> Pace:
    """Reminders go slower, so that the time a mail takes falls within the gap: a row without one takes as long."""
    return Pace(settings.REMINDERS_PER_MINUTE if kind == Kind.REMINDER else settings.MAILS_PER_MINUTE)


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
            _write_down(found, trouble.code)
            raise
        except (JobLostError, Error):
            raise
        except Exception:
            _write_down(found, "fault")
            raise


def _write_down(mailing: Mailing, trouble: str) -> None:
    """What may pass is tried again by the sweep, at a moment that does not depend on who is left."""
    again_at = timezone.now() + AFTER_TROUBLE if trouble in PASSING else None
    unfinished = mailings().filter(pk=mailing.pk).exclude(state=State.DONE)
    unfinished.update(trouble=trouble, waits_until=again_at)


def _run(mailing: Mailing, progress: Progress) -> str:
    if mailing.state == State.PLANNED and not (is_due(mailing) and _begin(mailing)):
        return "not now"
    deliveries.settle_what_died(mailing)
    why = _send_while_possible(mailing, progress)
    if why == "pass is over" and deliveries.are_left(mailing):
        mailings().filter(pk=mailing.pk, state=State.RUNNING).update(waits_until=timezone.now() + LATER)
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
    pace, watch, is_first = new_pace(mailing.kind), Watch(mailing, progress), True
    with Line() as line:
        for turn, delivery in enumerate(deliveries.waiting(mailing)):
            delivery.mailing = mailing
            if why := watch.why_not_now(may_make_way=not is_first):
                return why
            if mailing.kind == Kind.REMINDER and turn % TURNS_OF_ONE_CHECK == 0:
                _check(line, mailing)
            if _take_turn(mailing, delivery, line, pace, watch):
                is_first = False
        if mailing.kind == Kind.REMINDER:
            pace.wait()  # so that the last one takes its time too
    watch.report()
    return "pass is over"


def _take_turn(mailing: Mailing, delivery: Delivery, line: Line, pace: Pace, watch: Watch) -> bool:
    """False: there is nobody to send to. A reminder that is dropped, for it was answered, is a turn like any other."""
    if not address_of(delivery):
        deliveries.drop(mailing, delivery)
        return False
    mail = mail_for(delivery, mailing.round, watch.facts)
    is_secret = mailing.kind == Kind.REMINDER
    pace.wait()
    reached("before claim")
    if deliveries.claim(mailing, delivery):
        reached("before send")
        write_down = _offer(mailing, delivery, lambda: line.send(mail, is_secret=is_secret))
        reached("after send")
        write_down()
        _forget_trouble(mailing)
    else:  # stopped meanwhile
        watch.look_soon()
    return True


def _check(line: Line, mailing: Mailing) -> None:
    """Before it is known whether there is anything to send, so that trouble shows alike when nobody is left."""
    line.check(sender(mailing.round.organisation))
    _forget_trouble(mailing)


def _forget_trouble(mailing: Mailing) -> None:
    if mailing.trouble:
        mailings().filter(pk=mailing.pk).exclude(state=State.DONE).update(trouble="", waits_until=None)
        mailing.trouble = ""


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
    is_mine = finished.update(state=State.DONE, trouble="", waits_until=None, finished_on=today)
    if is_mine and mailing.kind != Kind.NOTICE:
        log.record(mailing.round.organisation, f"sent_{mailing.kind}", mailing.round.title)
