"""What the page of mailings shows. Of a reminder never how many got it: that is who has not answered (R7)."""

from dataclasses import dataclass, field

from django.db.models import QuerySet

from scan.mailing import wording
from scan.mailing.deliveries import ASKING
from scan.mailing.hours import may_send_at, now_in, plan_of
from scan.mailing.messages import address_of
from scan.mailing.planning import MOST_REMINDERS, may_plan_results
from scan.mailing.remedies import PASSING, Remedy, remedy_of, trouble_of
from scan.models import Delivery, Mailing, Plan, Round

MOST_NAMES = 200
Kind, State = Mailing.Kind, Mailing.State


@dataclass(frozen=True)
class Row:
    mailing: Mailing
    label: str
    words: str
    warnings: list[str] = field(default_factory=list)
    trouble: Remedy | None = None
    done: int | None = None
    """Empty for reminders."""
    ending: str = ""
    """What ending it means; empty when it cannot be ended."""

    @property
    def can_resume(self) -> bool:
        return self.mailing.state == State.STOPPED or self.trouble is not None

    @property
    def tries_by_itself(self) -> bool:
        return self.mailing.state == State.RUNNING and self.mailing.trouble in PASSING

    @property
    def can_stop(self) -> bool:
        return self.mailing.state == State.RUNNING

    @property
    def can_send_refused_again(self) -> bool:
        is_over = self.mailing.kind in ASKING and self.mailing.round.state != Round.State.OPEN
        return self.mailing.state == State.DONE and self.mailing.refused > 0 and not is_over

    @property
    def can_cancel(self) -> bool:
        return self.mailing.kind == Kind.REMINDER


@dataclass(frozen=True)
class Refused:
    """Somebody whose mail was refused, or of which nobody knows whether it went out."""

    delivery: Delivery
    name: str
    address: str
    remedy: Remedy | None

    @property
    def can_send_again(self) -> bool:
        return self.delivery.invitation_id is not None


@dataclass(frozen=True)
class MailingsPage:
    planned: list[Row]
    running: list[Row]
    sent: list[Row]
    singles: int
    """Invitations to one person that were sent; by themselves they tell nothing."""
    refused: list[Refused]
    uncertain: list[Refused]
    hours: str
    handing_out: list[str]
    """When who hears the results; empty until the round is closed."""
    can_plan_results: bool
    can_change_hours: bool
    can_add_reminder: bool
    is_busy: bool


def mailings_page(round_: Round) -> MailingsPage:
    plan = plan_of(round_)
    rows: dict[str, list[Row]] = {State.PLANNED: [], State.RUNNING: [], State.DONE: []}
    mailings = Mailing.objects.filter(round=round_).exclude(kind=Kind.SINGLE, state=State.DONE)
    found = list(mailings.order_by("planned_on", "kind", "number"))
    reminders = sum(mailing.kind == Kind.REMINDER for mailing in found)
    for mailing in found:
        mailing.round = round_
        place = State.RUNNING if mailing.state == State.STOPPED else mailing.state
        rows[place].append(_row(mailing, plan, found))
    deliveries = _to_mend(round_)
    is_open = round_.state == Round.State.OPEN and round_.origin == Round.Origin.ASKED
    return MailingsPage(
        planned=rows[State.PLANNED],
        running=rows[State.RUNNING],
        sent=rows[State.DONE],
        singles=Mailing.objects.filter(round=round_, kind=Kind.SINGLE, state=State.DONE, sent__gt=0).count(),
        refused=[_to_correct(delivery) for delivery in deliveries if delivery.state == Delivery.State.REFUSED],
        uncertain=[_to_correct(delivery) for delivery in deliveries if delivery.state == Delivery.State.UNCERTAIN],
        hours=wording.hours(plan),
        handing_out=list(wording.handing_out(round_, found)),
        can_plan_results=may_plan_results(round_),
        can_change_hours=is_open,
        can_add_reminder=is_open and reminders < MOST_REMINDERS,
        is_busy=any(_is_moving(row.mailing, plan) for row in rows[State.RUNNING]),
    )


def _to_mend(round_: Round) -> QuerySet[Delivery]:
    """By name, of any mailing but reminders; of those no such row is ever kept."""
    states = (Delivery.State.REFUSED, Delivery.State.UNCERTAIN)
    rows = Delivery.objects.filter(mailing__round=round_, state__in=states).exclude(mailing__kind=Kind.REMINDER)
    rows = rows.select_related("mailing", "invitation__person", "person", "user")
    return rows.order_by("invitation__person__family_name", "person__family_name", "pk")[:MOST_NAMES]


def _to_correct(delivery: Delivery) -> Refused:
    person = delivery.invitation.person if delivery.invitation else delivery.person
    name = str(person or delivery.user or "–")
    return Refused(delivery, name, address_of(delivery), remedy_of(delivery.code) if delivery.code else None)


def _row(mailing: Mailing, plan: Plan, others: list[Mailing]) -> Row:
    label = wording.label_of(mailing, others)
    if mailing.state == State.PLANNED:
        return Row(mailing, label, wording.on(mailing.planned_on), wording.warnings(mailing, plan, others))
    trouble = trouble_of(mailing.trouble) if mailing.trouble and mailing.state == State.RUNNING else None
    is_secret = mailing.kind == Kind.REMINDER
    done = None if is_secret or not mailing.total else mailing.sent + mailing.refused + mailing.uncertain
    ending = wording.ending(mailing) if mailing.state == State.STOPPED else ""
    return Row(mailing, label, wording.words(mailing, plan), wording.counts(mailing), trouble, done, ending)


def _is_moving(mailing: Mailing, plan: Plan) -> bool:
    return (
        mailing.state == State.RUNNING
        and not mailing.trouble
        and not mailing.waits_until
        and may_send_at(mailing.kind, plan, now_in(mailing.round.organisation))
    )
