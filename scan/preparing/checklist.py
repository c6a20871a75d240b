"""What is still missing before a round can be launched, as a list that can be gone through."""

from collections.abc import Iterator

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from organisations.commands import InputError
from scan.models import Plan, Round
from scan.participants import today_in
from scan.preparing.days import day_note, invitations_go_out_on
from scan.preparing.mail_step import mail_step
from scan.preparing.participation import Participation
from scan.preparing.people_step import people_step
from scan.preparing.steps import Link, Step, page_of


def checklist(round_: Round, participation: Participation) -> list[Step]:
    """The steps before launch, in the order in which they are best done."""
    plan = Plan.objects.filter(round=round_).first() or Plan(round=round_)
    return [
        _basics(round_, plan, participation),
        people_step(round_, participation),
        _promise(round_),
        mail_step(round_, plan, participation),
        Step(
            _("Which reports to expect"),
            page_of(round_, "forecast"),
            _(
                "See which departments will get a report at 50, 60, 70 and 80% response, and let small ones form one "
                "group."
            ),
            was_seen="forecast" in plan.seen,
        ),
        Step(
            _("Look at it as a participant"),
            page_of(round_, "preview"),
            _("The questionnaire as staff will see it, on a phone and on a desktop."),
            was_seen="preview" in plan.seen,
        ),
        Step(
            _("Tell people about it"),
            page_of(round_, "pack"),
            _("Texts for the announcement, intranet, managers and IT, made from your settings."),
            is_optional=True,
        ),
    ]


def todos(steps: list[Step]) -> list[Step]:
    """What stops the launch. Looking at forecast and preview is advised; it stops nothing."""
    return [step for step in steps if step.todo]


def _basics(round_: Round, plan: Plan, participation: Participation) -> Step:
    summary = _("Open from %(first)s until %(last)s; results of groups of at least %(k)s people.") % {
        "first": date_format(round_.opens_on, "l j F Y"),
        "last": date_format(round_.closes_on, "l j F Y"),
        "k": round_.k,
    }
    has_passed = round_.opens_on < today_in(round_.organisation)
    todo = _("The first day has passed; choose another one.") if has_passed else ""
    goes_out = invitations_go_out_on(round_, plan)
    is_later = participation.mail_count and goes_out != round_.opens_on
    note = _("Invitations go out on %(day)s.") % {"day": date_format(goes_out, "l j F Y")} if is_later else ""
    return Step(_("Title and dates"), page_of(round_, "prepare_basics"), summary, todo, note)


def _promise(round_: Round) -> Step:
    missing = list(_missing_promises(round_))
    todo = _("Still needed: %(what)s.") % {"what": ", ".join(missing)} if missing else ""
    summary = _("Contact, privacy, remarks, and how staff will hear the results.")
    notes = [day_note(round_.results_on)] if round_.results_on else []
    if not round_.consent_on:
        council = round_.organisation.get_council_display()
        notes.append(_("No consent has been filled in for: %(council)s.") % {"council": council})
    return Step(
        _("What you promise staff"),
        page_of(round_, "prepare_promise"),
        summary,
        todo,
        " ".join(notes).strip(),
        links=(Link(_("Privacy file for the works council and the privacy officer"), page_of(round_, "promise")),),
    )


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


def check_ready(round_: Round, participation: Participation) -> None:
    """Raises InputError with everything that is still missing."""
    missing = [f"{step.title}: {step.todo}" for step in todos(checklist(round_, participation))]
    if missing:
        raise InputError(" ".join(missing))
