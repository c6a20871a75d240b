"""Saving and sending as the script of the page does it, in JSON.

What is refused gets a page, as everywhere: the script looks only at its status.
"""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from scan.answering import drafts, kept_result
from scan.answering.given import FormFaultError, now_in_ms
from scan.answering.page import bad_form, for_participant
from scan.answering.script import changes_in, copy_in, newer_than, read
from scan.answering.submitting import submit
from scan.participants import AlreadySentError, Participant


@require_POST
@for_participant()
def save(request: HttpRequest, participant: Participant) -> HttpResponse:
    """What was answered since it last saved; answers what another device gave later."""
    try:
        changes = changes_in(read(request.body), participant.questionnaire, asks_remark=participant.asks_remark)
    except FormFaultError:
        return bad_form(request, participant)
    sheet = drafts.save(participant, changes)
    return JsonResponse({"now": now_in_ms(), "newer": newer_than(changes, sheet)})


def send_by_script(request: HttpRequest, participant: Participant) -> HttpResponse:
    """Sent again because no answer came back: they have arrived, and the own result is made of what the page shows."""
    try:
        content = read(request.body)
        changes = changes_in(content, participant.questionnaire, asks_remark=participant.asks_remark)
        copied = copy_in(content, participant.questionnaire)
    except FormFaultError:
        return bad_form(request, participant)
    try:
        sheet = submit(participant, changes)
    except AlreadySentError:
        if copied is None:
            raise
        sheet = copied
    response = JsonResponse({"now": now_in_ms()})
    kept_result.keep(response, participant, sheet)
    return response
