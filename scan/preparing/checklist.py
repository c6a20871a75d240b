"""What is still missing before a round can be launched, as a list that can be gone through."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organisations.commands import InputError
from organisations.models import Organisation, Person
from scan.models import LeftOutDepartment, Plan, Round
from scan.participants import today_in
from scan.preparing.days import day_note, invitations_go_out_on
from scan.preparing.participation import Participation


@dataclass(frozen=True)
class Step:
    """One line of the checklist. `todo`: what is still missing; `note`: what is good to know. Both may be empty."""

    title: str
    address: str
    summary: str
    todo: str = ""
    note: str = ""
    is_optional: bool = False
    was_seen: bool = True

    @property
    def is_done(self) -> bool:
        return not self.todo and self.was_seen and not self.is_optional

    @property
    def state(self) -> str:
        """In words, for who does not see the mark."""
        if self.todo:
            return _("(to do)")
        if self.is_optional:
            return _("(optional)")
        return _("(ready)") if self.was_seen else _("(advised, not looked at yet)")


def checklist(round_: Round, participation: Participation) -> list[Step]:
    """The steps before launch, in the order in which they are best done."""
    plan = Plan.objects.filter(round=round_).first() or Plan(round=round_)
    return [
        _basics(round_, plan),
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


def _basics(round_: Round, plan: Plan) -> Step:
    summary = _("Open from %(first)s until %(last)s; results of groups of at least %(k)s people.") % {
        "first": date_format(round_.opens_on, "l j F Y"),
        "last": date_format(round_.closes_on, "l j F Y"),
        "k": round_.k,
    }
    has_passed = round_.opens_on < today_in(round_.organisation)
    todo = _("The first day has passed; choose another one.") if has_passed else ""
    goes_out = invitations_go_out_on(round_, plan)
    note = "" if goes_out == round_.opens_on else _("Invitations go out on %(day)s.") % {"day": _long(goes_out)}
    return Step(_("Title and dates"), _address(round_, "prepare_basics"), summary, todo, note)


def _long(day: date) -> str:
    return date_format(day, "l j F Y")


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
    else:
        todo = _single_codes(round_, participation)
    note = merged_note(round_)
    return Step(_("Who takes part"), _address(round_, "prepare_people"), summary, todo, note)


def merged_note(round_: Round) -> str:
    """Whoever was left out with a department takes part again when that was merged into another."""
    rows = LeftOutDepartment.objects.filter(round=round_).select_related("department__merged_into")
    departments = [row.department for row in rows.order_by("department__path_key")]
    text = _("“%(name)s”, which you had left out, was merged into “%(into)s”: its people now take part.")
    return " ".join(
        text % {"name": department.path, "into": department.merged_into}
        for department in departments
        if department.merged_into and department.merged_into not in departments
    )


def _single_codes(round_: Round, participation: Participation) -> str:
    """A code for one person is that person's: whoever prints it could see whether it was used (R18)."""
    alone = [unit for unit, count in participation.few_codes() if count == 1]
    if not alone:
        return ""
    names = ", ".join(sorted({unit.path or round_.organisation.name for unit in alone}))
    return _(
        "One person alone would get a code in: %(names)s. That code would tell whether this person answered. Add an "
        "address, leave this person out, or let the department form one group with another."
    ) % {"names": names}


def few_codes_warning(round_: Round, participation: Participation) -> str:
    """Two to four codes in a group are allowed, with care."""
    few = [unit for unit, count in participation.few_codes() if count > 1]
    if not few:
        return ""
    names = ", ".join(sorted({unit.path or round_.organisation.name for unit in few}))
    return _(
        "Only two to four people get a code in: %(names)s. Whoever has the sheet can try the codes and see how many "
        "were used. Hand them out folded, and let nobody keep a copy."
    ) % {"names": names}


def nobody(organisation: Organisation) -> str:
    """Why nobody takes part."""
    if Person.objects.filter(organisation=organisation, left_on=None).exists():
        return _("No department with people in it takes part. Choose at least one.")
    return _("Nobody is on the staff list yet. Upload one first.")


def _promise(round_: Round) -> Step:
    missing = list(_missing_promises(round_))
    todo = _("Still needed: %(what)s.") % {"what": ", ".join(missing)} if missing else ""
    summary = _("Contact, privacy, remarks, and how staff will hear the results.")
    notes = [day_note(round_.results_on)] if round_.results_on else []
    if not round_.consent_on:
        council = round_.organisation.get_council_display()
        notes.append(_("No consent has been filled in for: %(council)s.") % {"council": council})
    return Step(
        _("What you promise staff"), _address(round_, "prepare_promise"), summary, todo, " ".join(notes).strip()
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


def _mails(round_: Round, plan: Plan) -> Step:
    count = len(plan.reminders)
    summary = ngettext(
        "An invitation and %(n)s reminder. The texts are ready; change them if you like.",
        "An invitation and %(n)s reminders. The texts are ready; change them if you like.",
        count,
    ) % {"n": count}
    days = [date.fromisoformat(day) for day in plan.reminders]
    is_outside = any(not round_.opens_on < day <= round_.closes_on for day in days)
    todo = _("A reminder falls outside the days on which the scan is open.") if is_outside else too_early(round_, plan)
    return Step(_("Mails and reminders"), _address(round_, "prepare_mails"), summary, todo)


def too_early(round_: Round, plan: Plan) -> str:
    """Managers cannot read results before the scan is closed."""
    most = (round_.results_on - round_.closes_on).days - 1 if round_.results_on else plan.managers_days_before
    if plan.managers_days_before <= most:
        return ""
    return _("Managers would get their report before the scan is closed. Choose at most %(most)s days.") % {
        "most": max(most, 0)
    }


def check_ready(round_: Round, participation: Participation) -> None:
    """Raises InputError with everything that is still missing."""
    missing = [f"{step.title}: {step.todo}" for step in todos(checklist(round_, participation))]
    if missing:
        raise InputError(" ".join(missing))
