"""The days on which the results of a round really go out, which can be moved after the launch; and the one promised."""

from collections.abc import Collection
from datetime import date, timedelta
from uuid import UUID

from scan.mailing.hours import sending_day
from scan.models import Mailing, Plan, Round


def results_day(round_: Round) -> date | None:
    """When staff hear the results: the day of their mailing; without one the day that was promised."""
    mailing = Mailing.objects.filter(round=round_, kind=Mailing.Kind.RESULTS).first()
    return mailing.planned_on if mailing else round_.results_on


def managers_day_before(plan: Plan, results_on: date) -> date:
    """As many days before as was planned; more when weekends or holidays would bring both mails on one day."""
    day = results_on - timedelta(days=plan.managers_days_before)
    while sending_day(plan, day) >= sending_day(plan, results_on):
        day -= timedelta(days=1)
    return day


def managers_day(round_: Round, plan: Plan) -> date | None:
    """When managers get their reports: the day of their mailing; without one as it was planned."""
    mailing = Mailing.objects.filter(round=round_, kind=Mailing.Kind.MANAGERS).first()
    return mailing.planned_on if mailing else _as_planned(round_, plan)


def managers_days(rounds: Collection[Round]) -> dict[UUID, date | None]:
    """The same of several rounds, in two queries."""
    mailings = Mailing.objects.filter(round__in=rounds, kind=Mailing.Kind.MANAGERS)
    days = dict(mailings.values_list("round_id", "planned_on"))
    plans = {plan.round_id: plan for plan in Plan.objects.filter(round__in=rounds)}
    return {
        round_.pk: days.get(round_.pk) or _as_planned(round_, plans.get(round_.pk) or Plan(round=round_))
        for round_ in rounds
    }


def _as_planned(round_: Round, plan: Plan) -> date | None:
    return managers_day_before(plan, round_.results_on) if round_.results_on else None
