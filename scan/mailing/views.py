"""The page of mailings of a round: what is planned, what is running, what was sent, and what can be done about it."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from organisations import log
from organisations.access import fetch
from organisations.commands import InputError
from organisations.pages import user_of
from scan.mailing import planning
from scan.mailing.examples import send_example
from scan.mailing.forms import DayForm, ExampleForm, HoursForm, ResultsDayForm
from scan.mailing.hours import now_in, plan_of
from scan.mailing.messages import one_of
from scan.mailing.page import mailings_page
from scan.models import Delivery, Mailing, Round
from scan.people.changing import send_delivery_again
from scan.round_page import managed_round

ACTIONS: dict[str, tuple[Callable[[Mailing], None], str | Promise]] = {
    "cancel": (planning.cancel, gettext_lazy("Taken off the plan.")),
    "stop": (planning.stop, gettext_lazy("Stopped. The mail in hand may still go out.")),
    "resume": (planning.resume, gettext_lazy("It goes on.")),
    "end": (planning.end, gettext_lazy("Ended. Who has not had it will not get it any more.")),
    "again": (planning.send_refused_again, gettext_lazy("It is sent again to all addresses that were refused.")),
}


@require_safe
@managed_round()
def mailings(request: HttpRequest, round_: Round) -> HttpResponse:
    return _page(request, round_)


@require_POST
@managed_round()
def add_reminder(request: HttpRequest, round_: Round) -> HttpResponse:
    form = DayForm(request.POST)
    if form.is_valid():
        try:
            day: date = form.cleaned_data["day"]
            planning.add_reminder(round_, day)
            log.record(round_.organisation, "plan_reminder", round_.title, user_of(request))
            messages.success(request, _("A reminder is planned on %(day)s.") % {"day": date_format(day, "l j F Y")})
            return _back(round_)
        except InputError as fault:
            form.add_error("day", str(fault))
    return _page(request, round_, reminder_form=form)


@require_POST
@managed_round(Round.State.OPEN, Round.State.CLOSED)
def plan_results(request: HttpRequest, round_: Round) -> HttpResponse:
    form = _results_form(round_, request.POST)
    if form.is_valid():
        try:
            day: date = form.cleaned_data["day"]
            planning.plan_results(round_, day)
            log.record(round_.organisation, "plan_results", round_.title, user_of(request))
            messages.success(request, _("The results go to staff on %(day)s.") % {"day": date_format(day, "l j F Y")})
            return _back(round_)
        except InputError as fault:
            form.add_error("day", str(fault))
    return _page(request, round_, results_form=form)


@require_POST
@managed_round(Round.State.OPEN)
def hours(request: HttpRequest, round_: Round) -> HttpResponse:
    form = HoursForm(request.POST, instance=plan_of(round_))
    if not form.is_valid():
        return _page(request, round_, hours_form=form)
    planning.change_hours(round_, form.cleaned_data)
    log.record(round_.organisation, "change_mail_hours", round_.title, user_of(request))
    messages.success(request, _("Saved. Mails that may go out by these hours start within a minute."))
    return _back(round_)


@require_POST
@managed_round()
def example(request: HttpRequest, round_: Round) -> HttpResponse:
    form = ExampleForm(request.POST, round_=round_)
    if form.is_valid():
        user = user_of(request)
        try:
            send_example(round_, form.cleaned_data["kind"], form.cleaned_data["language"], user)
            messages.success(request, _("An example is on its way to %(address)s.") % {"address": user.email})
            return _back(round_)
        except InputError as fault:
            form.add_error(None, str(fault))
    return _page(request, round_, example_form=form)


@require_POST
@managed_round()
def move(request: HttpRequest, round_: Round, mailing_id: UUID) -> HttpResponse:
    mailing = _mailing(round_, mailing_id)
    form = _day_form(mailing, request.POST)
    if form.is_valid():
        try:
            planning.move(mailing, form.cleaned_data["day"])
            log.record(round_.organisation, "move_mailing", round_.title, user_of(request))
            messages.success(request, _("Moved."))
            return _back(round_)
        except InputError as fault:
            form.add_error("day", str(fault))
    return _page(request, round_, move_form=form)


@require_POST
@managed_round()
def act(request: HttpRequest, round_: Round, mailing_id: UUID, action: str) -> HttpResponse:
    """Cancel, stop, resume or end a mailing, or send to all refused addresses again."""
    mailing = _mailing(round_, mailing_id)
    do, done = ACTIONS[action]
    return _try(request, round_, f"{action}_mailing", done, lambda: do(mailing))


@require_POST
@managed_round()
def send_again(request: HttpRequest, round_: Round, delivery_id: UUID) -> HttpResponse:
    rows = Delivery.objects.filter(mailing__round=round_).exclude(mailing__kind=Mailing.Kind.REMINDER)
    delivery = fetch(rows.select_related("mailing__round__organisation", "invitation__person"), pk=delivery_id)
    try:
        send_delivery_again(delivery, user_of(request))
    except InputError as fault:
        messages.error(request, str(fault))
    else:
        messages.success(request, _("On its way."))
    return _back(round_)


def _try(
    request: HttpRequest, round_: Round, action: str, done: str | Promise, do: Callable[[], object]
) -> HttpResponse:
    try:
        do()
    except InputError as fault:
        messages.error(request, str(fault))
    else:
        log.record(round_.organisation, action, round_.title, user_of(request))
        messages.success(request, str(done))
    return _back(round_)


def _mailing(round_: Round, mailing_id: UUID) -> Mailing:
    return fetch(Mailing.objects.filter(round=round_).select_related("round__organisation"), pk=mailing_id)


def _back(round_: Round) -> HttpResponse:
    return redirect("mailings", round_.organisation.slug, round_.slug)


def _page(request: HttpRequest, round_: Round, **forms: Any) -> HttpResponse:
    page = mailings_page(round_)
    moving = forms.get("move_form")
    context = {
        "organisation": round_.organisation,
        "round": round_,
        "page": page,
        "planned": [(row, _move_form(row.mailing, moving)) for row in page.planned],
        "hours_form": forms.get("hours_form") or HoursForm(instance=plan_of(round_)),
        "reminder_form": forms.get("reminder_form") or DayForm(),
        "results_form": forms.get("results_form") or _results_form(round_),
        "example_form": forms.get("example_form") or _example_form(round_),
    }
    return render(request, "scan/mailings.html", context, status=422 if forms else 200)


def _move_form(mailing: Mailing, faulty: DayForm | None) -> DayForm:
    if faulty is not None and faulty.prefix == str(mailing.pk):
        return faulty
    return _day_form(mailing)


def _day_form(mailing: Mailing, data: QueryDict | None = None) -> DayForm:
    choice: dict[str, Any] = {"initial": {"day": mailing.planned_on}, "prefix": str(mailing.pk)}
    if mailing.kind == Mailing.Kind.RESULTS:
        return ResultsDayForm(data, promised=mailing.round.results_on, **choice)
    return DayForm(data, **choice)


def _results_form(round_: Round, data: QueryDict | None = None) -> ResultsDayForm:
    """Who may read the results already needs not be told of another day."""
    promised = round_.results_on
    is_over = promised is not None and promised <= now_in(round_.organisation).date()
    return ResultsDayForm(data, promised=None if is_over else promised, initial={"day": promised}, prefix="results")


def _example_form(round_: Round) -> ExampleForm:
    return ExampleForm(round_=round_, initial={"language": one_of(round_, get_language() or "")})
