"""Preparing a round: a checklist, and a page for each of its steps."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from organisations.access import Right, fetch
from organisations.commands import InputError
from organisations.models import Organisation, Person
from organisations.pages import member_page, user_of
from scan.facts import sentence
from scan.mailing.hours import plan_of
from scan.mailing.texts import DEFAULTS, FACTS, OWN_WORDS
from scan.models import Mailing, Plan, Round
from scan.preparing import checklist as preparing
from scan.preparing import choosing, days, drafts
from scan.preparing.forms import BasicsForm, MailPlanForm, MailTextForm, PromiseForm
from scan.preparing.mail_preview import preview_of
from scan.preparing.participation import participation_of
from scan.preparing.rows import department_rows, left_out_people, people_named, read_choice
from scan.round_page import draft_page, posted
from scan.rounds import launch


@require_http_methods(["GET", "POST"])
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
    return _form_page(request, form, {"organisation": organisation}, "scan/round_new.html")


@require_GET
@draft_page
def prepare(request: HttpRequest, round_: Round) -> HttpResponse:
    participation = participation_of(round_)
    steps = preparing.checklist(round_, participation)
    context = {"round": round_, "steps": steps, "todos": preparing.todos(steps), "total": participation.total}
    return render(request, "scan/prepare.html", context)


@require_http_methods(["GET", "POST"])
@draft_page
def basics(request: HttpRequest, round_: Round) -> HttpResponse:
    return _draft_form(request, round_, BasicsForm, {"title": _("Title and dates")})


@require_http_methods(["GET", "POST"])
@draft_page
def promise(request: HttpRequest, round_: Round) -> HttpResponse:
    intro = _("Staff read this before they begin. At launch it is fixed, and the software keeps to it.")
    return _draft_form(request, round_, PromiseForm, {"title": _("What you promise staff"), "intro": intro})


def _draft_form(
    request: HttpRequest, round_: Round, form_class: type[BasicsForm | PromiseForm], texts: dict[str, str]
) -> HttpResponse:
    form = form_class(posted(request), instance=round_)
    if request.method == "POST" and form.is_valid():
        _save_draft(round_, form.save)
        return _saved(request, round_)
    return _form_page(request, form, {"round": round_, **texts}, "scan/prepare_form.html")


@require_http_methods(["GET", "POST"])
@draft_page
def people(request: HttpRequest, round_: Round) -> HttpResponse:
    """Which departments take part and how, and who does not; `q` looks for somebody to leave out."""
    fault = ""
    if request.method == "POST":
        try:
            choice = read_choice(round_, request.POST)
            choosing.choose(round_, choice.taking_part, choice.open_links)
            return _saved(request, round_)
        except InputError as error:
            fault = str(error)
    search = request.GET.get("q", "").strip()
    participation = participation_of(round_)
    context = {
        "round": round_,
        "rows": department_rows(round_, participation),
        "participation": participation,
        "few_codes": preparing.few_codes_warning(round_, participation),
        "nobody": "" if participation.total else preparing.nobody(round_.organisation),
        "left_out": left_out_people(round_),
        "search": search,
        "found": people_named(round_, search) if search else [],
        "fault": fault,
    }
    return render(request, "scan/prepare_people.html", context, status=422 if fault else 200)


@require_POST
@draft_page
def leave_out(request: HttpRequest, round_: Round, person_id: UUID) -> HttpResponse:
    """`take_back` set: this person takes part after all."""
    person = fetch(Person.objects.filter(organisation=round_.organisation_id), pk=person_id)
    if request.POST.get("take_back"):
        choosing.take_back(round_, person)
        messages.success(request, _("%(name)s takes part.") % {"name": person})
    else:
        choosing.leave_out(round_, person)
        messages.success(request, _("%(name)s is not asked this time.") % {"name": person})
    return redirect("prepare_people", round_.organisation.slug, round_.slug)


@require_http_methods(["GET", "POST"])
@draft_page
def mails(request: HttpRequest, round_: Round) -> HttpResponse:
    plan, _created = Plan.objects.get_or_create(round=round_)
    form = MailPlanForm(posted(request), instance=plan, round_=round_)
    if request.method == "POST" and form.is_valid():
        _save_draft(round_, form.save)
        return _saved(request, round_)
    kinds = [(kind, Mailing.Kind(kind).label, kind in round_.mail_texts) for kind in DEFAULTS]
    return _form_page(request, form, {"round": round_, "kinds": kinds}, "scan/prepare_mails.html")


@require_http_methods(["GET", "POST"])
@draft_page
def mail_text(request: HttpRequest, round_: Round, kind: str, language: str) -> HttpResponse:
    if kind not in DEFAULTS:
        raise Http404
    texts = DEFAULTS[kind] | round_.mail_texts.get(kind, {})
    form = MailTextForm(posted(request), initial=texts[language], kind=kind)
    if request.method == "POST":
        if request.POST.get("standard"):
            _store_text(round_, kind, language, None)
            return redirect("prepare_mail_text", round_.organisation.slug, round_.slug, kind, language)
        if form.is_valid():
            _store_text(round_, kind, language, dict(form.cleaned_data))
            messages.success(request, _("Saved."))
            return redirect("prepare_mail_text", round_.organisation.slug, round_.slug, kind, language)
    context = {
        "round": round_,
        "kind": kind,
        "label": Mailing.Kind(kind).label,
        "text_language": language,
        "placeholders": FACTS,
        "own_words": OWN_WORDS,
        "is_own": language in round_.mail_texts.get(kind, {}),
        "preview": preview_of(round_, kind, language),
    }
    return _form_page(request, form, context, "scan/prepare_mail_text.html")


def _store_text(round_: Round, kind: str, language: str, text: dict[str, Any] | None) -> None:
    """None: the standard text again."""
    own = {key: dict(texts) for key, texts in round_.mail_texts.items()}
    if text is None:
        own.get(kind, {}).pop(language, None)
    else:
        own.setdefault(kind, {})[language] = text
    round_.mail_texts = {key: texts for key, texts in own.items() if texts}
    _save_draft(round_, partial(round_.save, update_fields=["mail_texts"]))


def _save_draft(round_: Round, save: Callable[[], object]) -> None:
    """Not when somebody launched the round meanwhile, in another window: what was frozen stays as it is."""
    with transaction.atomic():
        choosing.hold_draft(round_)
        save()


@require_http_methods(["GET", "POST"])
@draft_page
def launch_page(request: HttpRequest, round_: Round) -> HttpResponse:
    participation = participation_of(round_)
    if request.method == "POST":
        try:
            preparing.check_ready(round_, participation)
            launch(round_, user_of(request))
        except InputError as fault:
            messages.error(request, str(fault))
            return redirect("prepare", round_.organisation.slug, round_.slug)
        messages.success(request, _launched(round_))
        return redirect("round", round_.organisation.slug, round_.slug)
    plan = plan_of(round_)
    context = {
        "round": round_,
        "participation": participation,
        "todos": preparing.todos(preparing.checklist(round_, participation)),
        "plan": plan,
        "goes_out": days.invitations_go_out_on(round_, plan),
        "reminders": [date.fromisoformat(day) for day in plan.reminders],
        "by_link": sum(unit.expected or 0 for unit in participation.units),
        "others": Round.objects.filter(organisation=round_.organisation, state=Round.State.OPEN),
        "results_how": sentence(round_.results_how),
    }
    return render(request, "scan/launch.html", context)


def _launched(round_: Round) -> str:
    day = days.invitations_go_out_on(round_, plan_of(round_))
    return _("“%(title)s” has been launched. Invitations go out on %(day)s.") % {
        "title": round_.title,
        "day": date_format(day, "l j F Y"),
    }


@require_http_methods(["GET", "POST"])
@draft_page
def delete(request: HttpRequest, round_: Round) -> HttpResponse:
    if request.method == "POST":
        drafts.delete_draft(round_, user_of(request))
        messages.success(request, _("“%(title)s” has been deleted.") % {"title": round_.title})
        return redirect("organisation", round_.organisation.slug)
    return render(request, "scan/round_delete.html", {"round": round_})


def _saved(request: HttpRequest, round_: Round) -> HttpResponse:
    messages.success(request, _("Saved."))
    return redirect("prepare", round_.organisation.slug, round_.slug)


def _form_page(request: HttpRequest, form: Any, context: dict[str, Any], template: str) -> HttpResponse:
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render(request, template, {**context, "form": form}, status=status)
