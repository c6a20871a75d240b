"""A new round, with choices that suit most organisations; and away with it."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db import transaction

from organisations import log
from organisations.models import Organisation, User
from scan.models import Plan, Round
from scan.preparing.choosing import hold_draft
from scan.preparing.days import default_reminders, default_results_day
from scan.rounds import create_round

KEPT = ("privacy_officer", "results_how", "legal_basis", "retention_days")


def new_round(
    organisation: Organisation, user: User, title: str, opens_on: date, closes_on: date, **fields: Any
) -> Round:
    """A draft with everything filled in that can be guessed."""
    guesses = {
        "contact": f"{user.name} ({user.email})" if user.name else user.email,
        "remark_reader": f"{user} (HR)",
        "results_on": default_results_day(closes_on),
        **_as_last_time(organisation),
    }
    with transaction.atomic():
        round_ = create_round(organisation, title, opens_on, closes_on, **guesses | fields)
        Plan.objects.create(round=round_, reminders=default_reminders(opens_on, closes_on))
        log.record(organisation, "create_round", round_.title, user)
    return round_


def save_basics(round_: Round, save: Callable[[], object]) -> None:
    """`save` stores other dates. Reminders that are still as we proposed them are proposed anew for these."""
    with transaction.atomic():
        before = hold_draft(round_)
        save()
        plan = Plan.objects.filter(round=round_).first()
        if plan and plan.reminders == default_reminders(before.opens_on, before.closes_on):
            plan.reminders = default_reminders(round_.opens_on, round_.closes_on)
            plan.save(update_fields=["reminders"])


def _as_last_time(organisation: Organisation) -> dict[str, Any]:
    """What seldom differs from the scan before."""
    asked = Round.objects.filter(organisation=organisation, origin=Round.Origin.ASKED)
    last = asked.order_by("-created_at").first()
    return {name: getattr(last, name) for name in KEPT} if last else {}


def delete_draft(round_: Round, user: User) -> None:
    """Only a round in preparation can be deleted. Raises InputError."""
    with transaction.atomic():
        draft = hold_draft(round_)
        log.record(draft.organisation, "delete_round", draft.title, user)
        draft.delete()


def remember_seen(round_: Round, code: str) -> None:
    """Remember that the HR adviser has looked at this step."""
    plan, _created = Plan.objects.get_or_create(round=round_)
    if code not in plan.seen:
        plan.seen = [*plan.seen, code]
        plan.save(update_fields=["seen"])
