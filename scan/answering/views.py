"""The pages of answering. A GET changes nothing; the token is in every address, for there is no session."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from measurement.scoring import MIN_ANSWERED
from organisations.language import remember_language
from questionnaires.loading import load_advice, newest_advice_number
from scan.answering import drafts, kept_result
from scan.answering.boxes import Sheet
from scan.answering.forms import FormFaultError, read_closing, read_part, too_many, with_part
from scan.answering.own_result import own_result
from scan.answering.packing import answered_count, pack
from scan.answering.page import for_participant, link_page
from scan.answering.pages import closing_page, part_page, result_page, start_page
from scan.answering.submitting import submit
from scan.participants import Participant


@require_GET
@for_participant()
def start(request: HttpRequest, participant: Participant) -> HttpResponse:
    return render(request, "scan/start.html", start_page(participant))


@require_http_methods(["GET", "POST"])
@for_participant()
def part(request: HttpRequest, participant: Participant, number: int) -> HttpResponse:
    items = participant.questionnaire.items_of_part(number)
    sheet = drafts.load(participant)
    if request.method == "POST":
        try:
            answers = read_part(request.POST, items)
        except FormFaultError:
            return _bad_form(request, participant)
        drafts.save(participant, with_part(sheet, items, answers))
        return _go(participant, number, back=request.POST.get("go") == "back")
    return render(request, "scan/part.html", part_page(participant, number, sheet))


@require_http_methods(["GET", "POST"])
@for_participant()
def closing(request: HttpRequest, participant: Participant) -> HttpResponse:
    sheet = drafts.load(participant)
    fault = ""
    if request.method == "POST":
        asks_remark = bool(participant.round.remark_reader)
        try:
            obstacles, remark = read_closing(request.POST, participant.questionnaire, asks_remark=asks_remark)
        except FormFaultError:
            return _bad_form(request, participant)
        sheet = Sheet(sheet.answers, obstacles, remark)
        if not too_many(obstacles):
            drafts.save(participant, sheet)
            number = len(participant.questionnaire.parts) + 1
            return _go(participant, number, back=request.POST.get("go") == "back")
        fault = _("You chose %(count)s. Choose at most three, then continue.") % {"count": len(obstacles)}
    page = closing_page(participant, sheet, fault)
    return render(request, "scan/closing.html", page, status=422 if fault else 200)


@require_GET
@for_participant()
def check(request: HttpRequest, participant: Participant) -> HttpResponse:
    sheet = drafts.load(participant)
    items = participant.questionnaire.items
    answered = answered_count(pack(sheet.answers, items))
    open_parts = [
        (number, sum(item.id not in sheet.answers for item in participant.questionnaire.items_of_part(number)))
        for number in range(1, len(participant.questionnaire.parts) + 1)
    ]
    context = {
        "participant": participant,
        "answered": answered,
        "item_count": len(items),
        "open_parts": [(number, count) for number, count in open_parts if count],
        "is_too_little": answered < MIN_ANSWERED,
        "minimum": MIN_ANSWERED,
    }
    return render(request, "scan/check.html", context)


@require_POST
@for_participant()
def send(request: HttpRequest, participant: Participant) -> HttpResponse:
    sheet = drafts.load(participant)
    submit(participant, sheet)
    response = redirect("scan:result", participant.token)
    kept_result.keep(response, participant, sheet)
    return response


@require_GET
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
    pages = {reverse("scan:closing", args=[token]), reverse("scan:check", args=[token])}
    pages |= {reverse("scan:result", args=[token])}
    pages |= {reverse("scan:part", args=[token, number]) for number in range(1, 7)}
    return page if page in pages else reverse("scan:start", args=[token])


def _go(participant: Participant, number: int, *, back: bool) -> HttpResponse:
    """To the page after (or before) page `number`: six parts, the closing questions, the check."""
    parts = len(participant.questionnaire.parts)
    target = number - 1 if back else number + 1
    if target < 1:
        return redirect("scan:start", participant.token)
    if target <= parts:
        return redirect("scan:part", participant.token, target)
    return redirect("scan:closing" if target == parts + 1 else "scan:check", participant.token)


def _bad_form(request: HttpRequest, participant: Participant) -> HttpResponse:
    return render(request, "scan/bad_form.html", {"participant": participant}, status=400)
