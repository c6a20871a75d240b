"""Preparing a round: a checklist, and a page for each of its steps."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from organisations.access import Right
from organisations.commands import InputError
from organisations.models import Organisation
from organisations.pages import member_page, user_of
from scan.facts import sentence
from scan.mailing.hours import plan_of
from scan.models import Round
from scan.preparing import checklist as preparing
from scan.preparing import days, drafts
from scan.preparing.forms import BasicsForm, PromiseForm
from scan.preparing.mail_step import no_mail_text
from scan.preparing.pages import form_page, save_draft, saved
from scan.preparing.participation import Participation, participation_of
from scan.preparing.sender import sender_of
from scan.round_page import draft_page, posted
from scan.rounds import launch_when_ready


@require_http_methods(["GET", "HEAD", "POST"])
@member_page(Right.MANAGE_ROUNDS)
def round_new(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    opens_on, closes_on = days.default_dates(organisation)
    draft = Round(organisation=organisation)
    initial = {
        "title": f"Leerscan {opens_on.year}",
        "opens_on": opens_on,
        "closes_on": closes_on,
        "k": 5,
        "languages": ["nl", "en"],
    }
    form = BasicsForm(posted(request), instance=draft, initial=initial)
    if request.method == "POST" and form.is_valid():
        round_ = drafts.new_round(organisation, user_of(request), **form.cleaned_data)
        return redirect("prepare", organisation.slug, round_.slug)
    return form_page(request, form, {"organisation": organisation}, "scan/round_new.html")


@require_safe
@draft_page
def prepare(request: HttpRequest, round_: Round) -> HttpResponse:
    participation = participation_of(round_)
    steps = preparing.checklist(round_, participation)
    context = {"round": round_, "steps": steps, "todos": preparing.todos(steps), "total": participation.total}
    return render(request, "scan/prepare.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@draft_page
def basics(request: HttpRequest, round_: Round) -> HttpResponse:
    form = BasicsForm(posted(request), instance=round_)
    if request.method == "POST" and form.is_valid():
        drafts.save_basics(round_, form.save)
        return saved(request, round_)
    return form_page(request, form, {"round": round_, "title": _("Title and dates")}, "scan/prepare_form.html")


@require_http_methods(["GET", "HEAD", "POST"])
@draft_page
def promise(request: HttpRequest, round_: Round) -> HttpResponse:
    intro = _("Staff read this before they begin. At launch it is fixed, and the software keeps to it.")
    form = PromiseForm(posted(request), instance=round_)
    if request.method == "POST" and form.is_valid():
        save_draft(round_, form.save)
        return saved(request, round_)
    context = {"round": round_, "title": _("What you promise staff"), "intro": intro}
    return form_page(request, form, context, "scan/prepare_form.html")


@require_http_methods(["GET", "HEAD", "POST"])
@draft_page
def launch_page(request: HttpRequest, round_: Round) -> HttpResponse:
    participation = participation_of(round_)
    if request.method == "POST":
        try:
            launch_when_ready(round_, user_of(request))
        except InputError as fault:
            messages.error(request, str(fault))
            return redirect("prepare", round_.organisation.slug, round_.slug)
        messages.success(request, _launched(round_, participation))
        return redirect("round", round_.organisation.slug, round_.slug)
    plan = plan_of(round_)
    goes_out = days.invitations_go_out_on(round_, plan)
    context = {
        "round": round_,
        "participation": participation,
        "todos": preparing.todos(preparing.checklist(round_, participation)),
        "plan": plan,
        "goes_out": (goes_out, days.day_note(goes_out)),
        "reminders": [(day, days.day_note(day)) for _wish, day in days.reminders_go_out_on(round_, plan)],
        "without_mail": "" if participation.mail_count else no_mail_text(participation),
        "sender": sender_of(round_.organisation),
        "by_link": sum(unit.expected or 0 for unit in participation.units),
        "others": Round.objects.filter(organisation=round_.organisation, state=Round.State.OPEN),
        "results_how": sentence(round_.results_how),
    }
    return render(request, "scan/launch.html", context)


def _launched(round_: Round, participation: Participation) -> str:
    done = _("“%(title)s” has been launched.") % {"title": round_.title}
    if not participation.mail_count:
        return f"{done} {no_mail_text(participation)}"
    day = days.invitations_go_out_on(round_, plan_of(round_))
    return f"{done} " + _("Invitations go out on %(day)s.") % {"day": date_format(day, "l j F Y")}


@require_http_methods(["GET", "HEAD", "POST"])
@draft_page
def delete(request: HttpRequest, round_: Round) -> HttpResponse:
    if request.method == "POST":
        drafts.delete_draft(round_, user_of(request))
        messages.success(request, _("“%(title)s” has been deleted.") % {"title": round_.title})
        return redirect("organisation", round_.organisation.slug)
    return render(request, "scan/round_delete.html", {"round": round_})
