"""A new round with choices that suit most organisations, and what is still missing before it can be launched."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organisations import log
from organisations.commands import InputError
from organisations.models import Organisation, Person, User
from scan.mailing.hours import is_working_day
from scan.models import Plan, Round
from scan.participants import today_in
from scan.preparing.choosing import hold_draft
from scan.preparing.participation import Participation
from scan.rounds import create_round

OPEN_DAYS = 21
RESULTS_AFTER = 21
REMINDERS_AFTER = (7, 14)
LAST_REMINDER_BEFORE = 2


@dataclass(frozen=True)
class Step:
    """One line of the checklist. `todo`: what is still missing; empty when nothing is."""

    title: str
    address: str
    summary: str
    todo: str = ""
    is_optional: bool = False
    was_seen: bool = True

    @property
    def is_done(self) -> bool:
        return not self.todo and self.was_seen


def new_round(
    organisation: Organisation, user: User, title: str, opens_on: date, closes_on: date, **fields: Any
) -> Round:
    """A draft with everything filled in that can be guessed."""
    reader = f"{user} (HR)"
    with transaction.atomic():
        round_ = create_round(
            organisation,
            title,
            opens_on,
            closes_on,
            contact=f"{user.name} ({user.email})" if user.name else user.email,
            remark_reader=reader,
            results_on=closes_on + timedelta(days=RESULTS_AFTER),
            **fields,
        )
        Plan.objects.create(round=round_, reminders=default_reminders(opens_on, closes_on))
        log.record(organisation, "create_round", round_.title, user)
    return round_


def default_dates(organisation: Organisation) -> tuple[date, date]:
    """From the first working day in a week's time, for three weeks."""
    opens_on = next_working_day(today_in(organisation) + timedelta(days=7))
    return opens_on, opens_on + timedelta(days=OPEN_DAYS)


def default_reminders(opens_on: date, closes_on: date) -> list[str]:
    """After one and two weeks, and two days before the end; on working days, at least two days apart."""
    wishes = [next_working_day(opens_on + timedelta(days=days)) for days in REMINDERS_AFTER]
    wishes.append(last_working_day(closes_on - timedelta(days=LAST_REMINDER_BEFORE)))
    chosen: list[date] = []
    for day in wishes:
        earlier = chosen[-1] if chosen else opens_on
        if earlier + timedelta(days=2) <= day <= closes_on:
            chosen.append(day)
    return [day.isoformat() for day in chosen]


def last_working_day(day: date) -> date:
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day


def next_working_day(day: date) -> date:
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


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


def checklist(round_: Round, participation: Participation) -> list[Step]:
    """The steps before launch, in the order in which they are best done."""
    plan = Plan.objects.filter(round=round_).first() or Plan(round=round_)
    return [
        _basics(round_),
        _people(round_, participation),
        _promise(round_),
        _mails(round_, plan),
        Step(
            _("Which reports to expect"),
            _address(round_, "forecast"),
            _("See which departments will get a report at 50, 60, 70 and 80% response, and join small ones."),
            was_seen="forecast" in plan.seen,
        ),
        Step(
            _("Look at it as a participant"),
            _address(round_, "preview"),
            _("The questionnaire as staff will see it, on a phone and on a desktop."),
            was_seen="preview" in plan.seen,
        ),
        Step(
            _("Tell people about it"),
            _address(round_, "pack"),
            _("Texts for the announcement, intranet, managers and IT, made from your settings."),
            is_optional=True,
        ),
    ]


def todos(steps: list[Step]) -> list[Step]:
    """What stops the launch. Looking at forecast and preview is advised; it stops nothing."""
    return [step for step in steps if step.todo]


def _address(round_: Round, name: str) -> str:
    return reverse(name, args=[round_.organisation.slug, round_.slug])


def _basics(round_: Round) -> Step:
    summary = _("Open from %(first)s until %(last)s; results of groups of at least %(k)s people.") % {
        "first": date_format(round_.opens_on, "j F Y"),
        "last": date_format(round_.closes_on, "j F Y"),
        "k": round_.k,
    }
    has_passed = round_.opens_on < today_in(round_.organisation)
    todo = _("The first day has passed; choose another one.") if has_passed else ""
    return Step(_("Title and dates"), _address(round_, "prepare_basics"), summary, todo)


def _people(round_: Round, participation: Participation) -> Step:
    by_link = sum(unit.expected or 0 for unit in participation.units)
    mailed, coded = participation.mail_count, participation.code_count
    parts = [
        (mailed, ngettext("%(n)s person by mail", "%(n)s people by mail", mailed)),
        (coded, ngettext("%(n)s person with a code", "%(n)s people with a code", coded)),
        (by_link, ngettext("%(n)s person by an open link", "%(n)s people by an open link", by_link)),
    ]
    summary = ", ".join(text % {"n": count} for count, text in parts if count)
    todo = ""
    if not participation.total:
        todo = nobody(round_.organisation)
    elif participation.total < round_.k:
        todo = _("Fewer than %(k)s people take part: there would be no results for anybody.") % {"k": round_.k}
    return Step(_("Who takes part"), _address(round_, "prepare_people"), summary, todo)


def nobody(organisation: Organisation) -> str:
    """Why nobody takes part."""
    if Person.objects.filter(organisation=organisation, left_on=None).exists():
        return _("No department with people in it takes part. Choose at least one.")
    return _("Nobody is on the staff list yet. Upload one first.")


def _promise(round_: Round) -> Step:
    missing = list(_missing_promises(round_))
    todo = _("Still needed: %(what)s.") % {"what": ", ".join(missing)} if missing else ""
    summary = _("Contact, privacy, remarks, and how staff will hear the results.")
    return Step(_("What you promise staff"), _address(round_, "prepare_promise"), summary, todo)


def _missing_promises(round_: Round) -> Iterator[str]:
    if not round_.contact:
        yield _("who answers questions")
    if not round_.privacy_officer:
        yield _("the privacy officer")
    if not round_.results_on:
        yield _("when staff will hear the results")
    elif round_.results_on <= round_.closes_on:
        yield _("a day for the results after the last day of the scan")
    if not round_.results_how:
        yield _("how staff will hear the results")


def _mails(round_: Round, plan: Plan) -> Step:
    count = len(plan.reminders)
    summary = ngettext(
        "An invitation and %(n)s reminder. The texts are ready; change them if you like.",
        "An invitation and %(n)s reminders. The texts are ready; change them if you like.",
        count,
    ) % {"n": count}
    days = [date.fromisoformat(day) for day in plan.reminders]
    is_outside = any(not round_.opens_on < day <= round_.closes_on for day in days)
    todo = _("A reminder falls outside the days on which the scan is open.") if is_outside else ""
    return Step(_("Mails and reminders"), _address(round_, "prepare_mails"), summary, todo)


def check_ready(round_: Round, participation: Participation) -> None:
    """Raises InputError with everything that is still missing."""
    missing = [f"{step.title}: {step.todo}" for step in todos(checklist(round_, participation))]
    if missing:
        raise InputError(" ".join(missing))
