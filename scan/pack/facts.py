"""What the communication pack says about a round and this installation, beyond what its mails say."""

from datetime import date, timedelta
from typing import Any, cast

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organisations.mail import name_and_address
from questionnaires.versions import questionnaire_of
from scan.facts import day, facts_of, sentence
from scan.links.codes import ON_PAPER, code_page_address
from scan.mailing.hours import MOST_DAYS, is_working_day, plan_of, sending_day
from scan.mailing.result_days import managers_day, results_day
from scan.models import Invitation, Plan, Round, Unit
from scan.participants import today_in
from scan.preparing.participation import participation_of
from scan.results_link import short_results_link

ANNOUNCED_DAYS_BEFORE = 7
IT_KNOWS_DAYS_BEFORE = 7
# Names that mean something here only: no address for staff, and nothing for an SPF record.
THIS_MACHINE = {"127.0.0.1", "localhost", "::1"}


def pack_facts(round_: Round, language: str) -> dict[str, str]:
    """By placeholder. What is not so, or not known yet, is an empty text."""
    with translation.override(language):
        return facts_of(round_, language) | _promises(round_) | _days(round_, language) | _mail(round_) | _ways(round_)


def _promises(round_: Round) -> dict[str, str]:
    council = round_.organisation.get_council_display()
    days = round_.retention_days
    return {
        "items": str(len(questionnaire_of(round_.version_id).items)),
        "privacy_officer": round_.privacy_officer,
        "remark_reader": round_.remark_reader,
        "results_how": sentence(round_.results_how),
        "results_link": short_results_link(round_) if round_.results_on else "",
        "basis": round_.get_legal_basis_display(),
        "council": council[:1].lower() + council[1:],
        "after_days": ngettext("%(days)s day", "%(days)s days", days) % {"days": days},
    }


def _days(round_: Round, language: str) -> dict[str, str]:
    plan = plan_of(round_)
    today = today_in(round_.organisation)

    announced = round_.opens_on - timedelta(days=ANNOUNCED_DAYS_BEFORE)
    mails_on = _first_mails_on(round_, plan, today)
    results = results_day(round_)
    reminders = [day(date.fromisoformat(reminder), language) for reminder in plan.reminders]
    return {
        "announce_on": day(announced if announced >= today else None, language),
        "it_on": _with_weekday(_it_knows_on(mails_on, today)),
        "mails_on": _with_weekday(mails_on),
        "thanks_on": day(round_.closes_on + timedelta(days=1), language),
        "results_mail_on": day(results, language) if plan.mails_results else "",
        "managers_date": day(managers_day(round_, plan), language),
        "consent_on": day(round_.consent_on, language),
        "reminder_days": _listed(reminders),
        "first_hour": str(plan.first_hour),
        "last_hour": str(plan.last_hour),
        "working_days": "" if plan.on_any_day else "yes",
    }


def _first_mails_on(round_: Round, plan: Plan, today: date) -> date:
    is_late = round_.state == Round.State.DRAFT and round_.opens_on < today
    return sending_day(plan, today if is_late else round_.opens_on)


def _it_knows_on(mails_on: date, today: date) -> date | None:
    """A working day: a week before the first mails where there is time, else the last one before them."""
    wishes = (_working_day_until(mails_on - timedelta(days=days)) for days in (IT_KNOWS_DAYS_BEFORE, 1))
    return next((wish for wish in wishes if wish >= today), None)


def _working_day_until(day: date) -> date:
    return next(
        earlier for earlier in (day - timedelta(days=back) for back in range(MOST_DAYS)) if is_working_day(earlier)
    )


def _with_weekday(value: date | None) -> str:
    """Call it in the language of the text."""
    return date_format(value, "l j F Y") if value else ""


def _mail(round_: Round) -> dict[str, str]:
    organisation = round_.organisation
    name, address = name_and_address(organisation)
    domain = address.rpartition("@")[2]
    options = cast("dict[str, Any]", settings.MAILERS["default"].get("OPTIONS", {}))
    server = str(options.get("host", ""))
    return {
        "address": settings.BASE_URL,
        "code_address": code_page_address(),
        "sender_name": name,
        "sender_address": "" if domain in THIS_MACHINE else address,
        "reply_address": organisation.reply_address,
        "domain": "" if domain in THIS_MACHINE else domain,
        "server": "" if server in THIS_MACHINE else server,
    }


def _ways(round_: Round) -> dict[str, str]:
    """How many people are reached by mail, by a code, and in how many departments by an open link."""
    if round_.state == Round.State.DRAFT:
        participation = participation_of(round_)
        mails, codes = participation.mail_count, participation.code_count
        links = sum(unit.has_open_link for unit in participation.units)
    else:
        invited = Invitation.objects.filter(round=round_)
        mails = invited.exclude(person=None).count()
        codes = invited.filter(ON_PAPER).count()
        links = Unit.objects.filter(round=round_, has_open_link=True).count()
    return {
        "mails": str(mails) if mails else "",
        "codes": str(codes) if codes else "",
        "open_links": str(links) if links else "",
    }


def _listed(parts: list[str]) -> str:
    """Call it in the language of the text."""
    if len(parts) < 2:
        return "".join(parts)
    return _("%(first)s and %(last)s") % {"first": ", ".join(parts[:-1]), "last": parts[-1]}
