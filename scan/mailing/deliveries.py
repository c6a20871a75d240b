"""The steps of one delivery, each a commit of its own. Whoever dies between two of them leaves a row that tells.

    WAITING --claim--> SENDING --(mail goes out)--> row gone, or REFUSED, or WAITING for a later try
                       SENDING, found by the next worker --> UNCERTAIN, never sent again by itself

All go through plain managers and conditional updates: of two workers only one wins (scan/locks.py says why). What each
mail needs is written in SQL, as in scan/prepared.py: Django took a third of all computing to write it.
Of a reminder every row ends gone, and no counter but `uncertain` moves: who got one, and how many, is a secret.
"""

import secrets
from collections.abc import Iterator, Sequence
from itertools import batched
from uuid import UUID

from django.db import transaction
from django.db.models import F, Min, QuerySet

from jobs.fail_points import reached
from scan.locks import hold_open, hold_unused
from scan.mailing import recipients
from scan.models import Delivery, Invitation, Mailing
from scan.prepared import execute

COUNTERS = ("sent", "refused", "uncertain")
CLAIM = (
    "UPDATE scan_delivery SET state = %s WHERE id = %s AND state = %s "
    "AND EXISTS (SELECT 1 FROM scan_mailing WHERE id = %s AND state = %s)"
)
TAKE_AWAY = "DELETE FROM scan_delivery WHERE id = %s AND state = %s"
LINK_IS_OUT = "UPDATE scan_invitation SET was_mailed = %s WHERE id = %s"
ONE_MORE = {name: f"UPDATE scan_mailing SET {name} = {name} + 1 WHERE id = %s" for name in COUNTERS}  # noqa: S608 -- ours
ASKING = (Mailing.Kind.INVITATION, Mailing.Kind.SINGLE, Mailing.Kind.REMINDER)
LEAVING_NOTHING = (Mailing.Kind.REMINDER, Mailing.Kind.NOTICE)
MOST_TRIES = 3
BATCH = 500
FETCHED_AT_ONCE = 50
shuffle = secrets.SystemRandom().shuffle


def begin(mailing: Mailing) -> bool:
    """Write down everybody who gets it, in random order, and set it running; False: somebody else did, or not now.

    In batches, so that nobody who is answering waits long. Whoever goes on after a worker that died in between adds
    what is missing: a row is there once (a constraint), and none comes any more when the mailing is running.
    """
    rows = recipients.deliveries_for(mailing)
    shuffle(rows)
    return all(_add(mailing, batch) for batch in batched(rows, BATCH)) and _set_running(mailing)


def _add(mailing: Mailing, rows: Sequence[Delivery]) -> bool:
    with transaction.atomic():
        if not _hold_planned(mailing):
            return False
        _store(rows)
        reached("before rows are committed")
    reached("after rows are committed")
    return True


def _set_running(mailing: Mailing) -> bool:
    with transaction.atomic():
        if not _hold_planned(mailing):
            return False
        _add_late_comers(mailing)
        is_secret = mailing.kind == Mailing.Kind.REMINDER
        total = None if is_secret else deliveries().filter(mailing=mailing).count()
        mailings().filter(pk=mailing.pk).update(state=Mailing.State.RUNNING, total=total)
        reached("before begin is committed")
    reached("after begin is committed")
    return True


def _store(rows: Sequence[Delivery]) -> None:
    """Not those of an invitation that was replaced since they were listed. Call it while the round is held."""
    asked = [row.invitation_id for row in rows if row.invitation_id]
    there = set(Invitation.objects.filter(pk__in=asked).values_list("pk", flat=True))
    kept = [row for row in rows if row.invitation_id is None or row.invitation_id in there]
    Delivery.objects.bulk_create(kept, ignore_conflicts=True)


def _add_late_comers(mailing: Mailing) -> None:
    """Who was added, or got another link, while the rows were made: nothing has been sent yet."""
    if mailing.kind in (Mailing.Kind.INVITATION, Mailing.Kind.REMINDER):
        known = set(deliveries().filter(mailing=mailing).values_list("invitation_id", flat=True))
        _store([row for row in recipients.deliveries_for(mailing) if row.invitation_id not in known])


def _hold_planned(mailing: Mailing) -> bool:
    """Whether it is still planned, and its round still asks; if so, both stay so until this transaction ends."""
    if mailing.kind in ASKING and not hold_open(mailing.round_id):
        return False
    return mailings().select_for_update().filter(pk=mailing.pk, state=Mailing.State.PLANNED).first() is not None


def waiting(mailing: Mailing) -> Iterator[Delivery]:
    """Those of this pass: first everybody once, then those of whom the server said “later”. Ids are random."""
    level = _of(mailing, Delivery.State.WAITING).aggregate(least=Min("tries"))["least"]
    if level is None:
        return
    last = None
    while True:
        rows = _of(mailing, Delivery.State.WAITING).filter(tries=level).order_by("pk")
        rows = rows.select_related("invitation__person", "person", "user")
        batch = list((rows.filter(pk__gt=last) if last else rows)[:FETCHED_AT_ONCE])
        if not batch:
            return
        yield from batch
        last = batch[-1].pk


def are_left(mailing: Mailing) -> bool:
    return _of(mailing, Delivery.State.WAITING).exists()


def claim(mailing: Mailing, delivery: Delivery) -> bool:
    """This worker, and no other, may send it now, as long as the mailing runs.

    A reminder to somebody who has answered is dropped.
    """
    with transaction.atomic():
        step = Delivery.State.SENDING.value, delivery.pk, Delivery.State.WAITING.value
        is_mine = bool(execute(CLAIM, *step, mailing.pk, Mailing.State.RUNNING.value))
        # After the row, never before it: forgetting takes them in this order too.
        if is_mine and mailing.kind == Mailing.Kind.REMINDER and not hold_unused(_invitation_id(delivery)):
            _row(delivery, Delivery.State.SENDING).delete()
            is_mine = False
        reached("before claim is committed")
    reached("after claim is committed")
    return is_mine


def delivered(mailing: Mailing, delivery: Delivery) -> None:
    with transaction.atomic():
        is_mine = execute(TAKE_AWAY, delivery.pk, Delivery.State.SENDING.value)
        if is_mine:
            _note_link_is_out(mailing, delivery)
            _count(mailing, "sent")
        reached("before delivered is committed")
    reached("after delivered is committed")


def refused(mailing: Mailing, delivery: Delivery, code: str) -> None:
    """The server does not want this address; also before it was claimed, when the address itself is no address."""
    with transaction.atomic():
        rows = deliveries().filter(pk=delivery.pk, state__in=(Delivery.State.WAITING, Delivery.State.SENDING))
        if mailing.kind in LEAVING_NOTHING:
            rows.delete()
        elif rows.update(state=Delivery.State.REFUSED, code=code[:10]):
            _count(mailing, "refused")
        reached("before refused is committed")
    reached("after refused is committed")


def later(mailing: Mailing, delivery: Delivery, code: str) -> None:
    """The server asked to come back; after three times that is a refusal.

    A reminder does not come back: that it waits would show that somebody has not answered.
    """
    if mailing.kind == Mailing.Kind.REMINDER or delivery.tries + 1 >= MOST_TRIES:
        refused(mailing, delivery, code)
        return
    _row(delivery, Delivery.State.SENDING).update(
        state=Delivery.State.WAITING, tries=delivery.tries + 1, code=code[:10]
    )


def put_back(delivery: Delivery) -> None:
    """It was certainly not sent, through no fault of the address."""
    _row(delivery, Delivery.State.SENDING).update(state=Delivery.State.WAITING)


def uncertain(mailing: Mailing, delivery: Delivery) -> None:
    """Sent or not, nobody knows: it is never sent again by itself."""
    with transaction.atomic():
        rows = _row(delivery, Delivery.State.SENDING)
        leaves_nothing = mailing.kind in LEAVING_NOTHING
        changed = rows.delete()[0] if leaves_nothing else rows.update(state=Delivery.State.UNCERTAIN)
        if changed:
            _note_link_is_out(mailing, delivery)
            _count(mailing, "uncertain")


def _note_link_is_out(mailing: Mailing, delivery: Delivery) -> None:
    """So that another address gets another link. Never written down of a reminder: who gets one is a secret."""
    if mailing.kind in (Mailing.Kind.INVITATION, Mailing.Kind.SINGLE) and delivery.invitation_id:
        execute(LINK_IS_OUT, True, delivery.invitation_id)  # noqa: FBT003 -- a value


def link_is_out(invitation: Invitation) -> bool:
    """Whether somebody has its link, or may have it, or is about to. Call it while the round is held.

    By a reminder too; so from the first one on every link is taken to be out, for who got one is a secret.
    """
    kinds = (Mailing.Kind.INVITATION, Mailing.Kind.SINGLE)
    # Locked, so that none of them is claimed before this transaction ends.
    rows = list(deliveries().select_for_update().filter(invitation=invitation, mailing__kind__in=kinds))
    begun = mailings().filter(round_id=invitation.round_id, kind=Mailing.Kind.REMINDER)
    return (
        invitation.was_mailed
        or any(row.state == Delivery.State.SENDING for row in rows)
        or begun.exclude(state=Mailing.State.PLANNED).exists()
    )


def settle_what_died(mailing: Mailing) -> None:
    """What another worker left between claiming and writing down."""
    for delivery in _of(mailing, Delivery.State.SENDING):
        uncertain(mailing, delivery)


def drop_waiting(mailing: Mailing) -> None:
    _of(mailing, Delivery.State.WAITING).delete()


def drop(mailing: Mailing, delivery: Delivery) -> None:
    """Who has left meanwhile, or has no address any more, is no longer meant."""
    with transaction.atomic():
        if _row(delivery, Delivery.State.WAITING).delete()[0] and mailing.kind != Mailing.Kind.REMINDER:
            mailings().filter(pk=mailing.pk).update(total=F("total") - 1)


def again(delivery: Delivery) -> bool:
    """Take a refused or uncertain row away, because its mail is sent once more as another mailing."""
    with transaction.atomic():
        counter = "refused" if delivery.state == Delivery.State.REFUSED else "uncertain"
        is_mine = bool(_row(delivery, delivery.state).delete()[0])
        if is_mine:
            counted = mailings().filter(pk=delivery.mailing_id, total__gt=0, **{f"{counter}__gt": 0})
            counted.update(**{counter: F(counter) - 1, "total": F("total") - 1})
    return is_mine


def settle(invitation_id: UUID) -> None:
    """Its mail is sent once more, by itself: nothing that is left of earlier ones may stand there or go out too.

    Reminders are left alone: their rows say nothing, and who has answered is dropped from them anyway.
    """
    kinds = (Mailing.Kind.INVITATION, Mailing.Kind.SINGLE)
    for delivery in deliveries().filter(invitation_id=invitation_id, mailing__kind__in=kinds):
        if delivery.state == Delivery.State.WAITING:
            _take_off(delivery)
        elif delivery.state != Delivery.State.SENDING:
            again(delivery)


def settle_replaced(invitation_id: UUID) -> None:
    """Nothing may be left of mails with a link that is replaced by another; not one in hand either."""
    for delivery in deliveries().filter(invitation_id=invitation_id, state=Delivery.State.SENDING):
        mailing = mailings().get(pk=delivery.mailing_id)
        if mailing.kind != Mailing.Kind.REMINDER and _row(delivery, Delivery.State.SENDING).delete()[0]:
            mailings().filter(pk=mailing.pk, total__gt=0).update(total=F("total") - 1)
    settle(invitation_id)


def _take_off(delivery: Delivery) -> None:
    """A single mailing of which nothing is left to send is over."""
    if _row(delivery, Delivery.State.WAITING).delete()[0]:
        found = mailings().filter(pk=delivery.mailing_id)
        found.filter(total__gt=0).update(total=F("total") - 1)
        found.filter(kind=Mailing.Kind.SINGLE).update(state=Mailing.State.DONE, trouble="", waits_until=None)


def refused_again(mailing: Mailing) -> int:
    """All refused addresses wait for their turn once more; answers how many."""
    with transaction.atomic():
        count = _of(mailing, Delivery.State.REFUSED).update(state=Delivery.State.WAITING, tries=0, code="")
        mailings().filter(pk=mailing.pk).update(refused=0)
    return count


def mailings() -> QuerySet[Mailing]:
    return Mailing._base_manager.all()  # noqa: SLF001 -- plain, see above


def deliveries() -> QuerySet[Delivery]:
    return Delivery._base_manager.all()  # noqa: SLF001 -- plain, see above


def _of(mailing: Mailing, state: Delivery.State) -> QuerySet[Delivery]:
    return deliveries().filter(mailing=mailing, state=state)


def _row(delivery: Delivery, state: str) -> QuerySet[Delivery]:
    return deliveries().filter(pk=delivery.pk, state=state)


def _invitation_id(delivery: Delivery) -> UUID:
    if delivery.invitation_id is None:
        raise TypeError("a reminder is about an invitation")
    return delivery.invitation_id


def _count(mailing: Mailing, what: str) -> None:
    """One more of `what`, a counter; of a reminder only what is uncertain."""
    if mailing.kind != Mailing.Kind.REMINDER or what == "uncertain":
        execute(ONE_MORE[what], mailing.pk)
