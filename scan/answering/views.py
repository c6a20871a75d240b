"""The pages of answering. A GET changes nothing; the token is in every address, for there is no session."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organisations.language import remember_language
from questionnaires.loading import load_advice, newest_advice_number
from scan.answering import drafts, kept_result
from scan.answering.boxes import Sheet, merged
from scan.answering.forms import read_closing, read_part
from scan.answering.given import FormFaultError, too_many
from scan.answering.own_result import own_result
from scan.answering.page import bad_form, for_participant, link_page
from scan.answering.pages import questions_page, result_page, start_page
from scan.answering.script_views import send_by_script
from scan.answering.submitting import submit
from scan.participants import Participant


@require_safe
@for_participant()
def start(request: HttpRequest, participant: Participant) -> HttpResponse:
    sheet = Sheet() if participant.is_preview else drafts.load(participant)
    return render(request, "scan/start.html", start_page(participant, sheet))


@require_http_methods(["GET", "HEAD", "POST"])
@for_participant()
def part(request: HttpRequest, participant: Participant, number: int) -> HttpResponse:
    if request.method == "POST":
        try:
            changes = read_part(request.POST, participant.questionnaire.items_of_part(number))
        except FormFaultError:
            return bad_form(request, participant)
        drafts.save(participant, changes)
        return _go(participant, number, request.POST.get("go", ""))
    return _questions(request, participant, drafts.load(participant), str(number))


@require_http_methods(["GET", "HEAD", "POST"])
@for_participant()
def closing(request: HttpRequest, participant: Participant) -> HttpResponse:
    if request.method != "POST":
        return _questions(request, participant, drafts.load(participant), "closing")
    try:
        changes = read_closing(request.POST, participant.questionnaire, asks_remark=participant.asks_remark)
    except FormFaultError:
        return bad_form(request, participant)
    if too_many(changes.obstacles):
        fault = _("You chose %(count)s. Choose at most three, then continue.") % {"count": len(changes.obstacles)}
        sheet = merged(drafts.load(participant), changes)
        return _questions(request, participant, sheet, "closing", fault)
    drafts.save(participant, changes)
    return _go(participant, len(participant.questionnaire.parts) + 1, request.POST.get("go", ""))


@require_safe
@for_participant()
def check(request: HttpRequest, participant: Participant) -> HttpResponse:
    return _questions(request, participant, drafts.load(participant), "check")


@require_http_methods(["GET", "HEAD", "POST"])
@for_participant()
def erase(request: HttpRequest, participant: Participant) -> HttpResponse:
    if request.method == "POST":
        if not participant.is_preview:
            drafts.erase(participant.invitation)
        return redirect(reverse("scan:start", args=[participant.token]) + "?erased")
    return render(request, "scan/erase.html", {"participant": participant})


@require_POST
@for_participant(after_sending=True)
def send(request: HttpRequest, participant: Participant) -> HttpResponse:
    if request.content_type == "application/json":
        return send_by_script(request, participant)
    sheet = submit(participant)
    response = redirect("scan:result", participant.token)
    kept_result.keep(response, participant, sheet)
    return response


@require_safe
@for_participant(after_sending=True)
def result(request: HttpRequest, participant: Participant) -> HttpResponse:
    if not participant.invitation.used and not participant.is_preview:
        return redirect("scan:start", participant.token)
    sheet = kept_result.find(request, participant)
    own = None
    if sheet:
        advice = load_advice(participant.questionnaire.code, newest_advice_number(participant.questionnaire.code))
        language = get_language() or "nl"
        own = own_result(sheet.answers, participant.questionnaire, advice, language, participant.round.words)
    return render(request, "scan/result.html", result_page(participant, own, has_sheet=sheet is not None))


@require_POST
@link_page
def language(request: HttpRequest, token: str) -> HttpResponse:
    """Choose the language of answering; the same for every token, so that it betrays nothing about one."""
    chosen = request.POST.get("language", "")
    if chosen not in dict(settings.LANGUAGES):
        return HttpResponseBadRequest(_("Unknown language."))
    response = HttpResponseRedirect(_page_to_return_to(request.POST.get("page", ""), token))
    remember_language(response, chosen)
    return response


def _page_to_return_to(page: str, token: str) -> str:
    """A page of this token: never an address from outside."""
    pages = {reverse(f"scan:{name}", args=[token]) for name in ("closing", "check", "result", "erase")}
    pages |= {reverse("scan:part", args=[token, number]) for number in range(1, 7)}
    return page if page in pages else reverse("scan:start", args=[token])


def _questions(
    request: HttpRequest, participant: Participant, sheet: Sheet, current: str, fault: str = ""
) -> HttpResponse:
    comes_from_check = request.GET.get("from") == "check"
    page = questions_page(participant, sheet, current, fault=fault, comes_from_check=comes_from_check)
    return render(request, "scan/questions.html", page, status=422 if fault else 200)


def _go(participant: Participant, number: int, go: str) -> HttpResponse:
    """To the page after (or before) page `number`: six parts, the closing questions, the check."""
    parts = len(participant.questionnaire.parts)
    target = number - 1 if go == "back" else number + 1
    if target < 1:
        return redirect("scan:start", participant.token)
    if target > parts + 1 or go == "check":
        return redirect("scan:check", participant.token)
    if target > parts:
        return redirect("scan:closing", participant.token)
    return redirect("scan:part", participant.token, target)
