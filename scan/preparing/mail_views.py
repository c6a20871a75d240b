"""The pages on which the mails of a round are planned, and their texts written."""

from functools import partial
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from organisations.commands import InputError
from organisations.pages import user_of
from scan.mailing.examples import send_example
from scan.mailing.messages import one_of
from scan.mailing.texts import DEFAULTS, FACTS, OWN_WORDS
from scan.models import Mailing, Plan, Round
from scan.preparing.forms import MailPlanForm, MailTextForm
from scan.preparing.mail_preview import preview_of
from scan.preparing.pages import form_page, save_draft, saved
from scan.preparing.sender import sender_of
from scan.round_page import draft_page, posted


@require_http_methods(["GET", "HEAD", "POST"])
@draft_page
def mails(request: HttpRequest, round_: Round) -> HttpResponse:
    plan, _created = Plan.objects.get_or_create(round=round_)
    form = MailPlanForm(posted(request), instance=plan, round_=round_)
    if request.method == "POST" and form.is_valid():
        save_draft(round_, form.save)
        return saved(request, round_)
    context = {
        "round": round_,
        "kinds": [(kind, Mailing.Kind(kind).label, kind in round_.mail_texts) for kind in DEFAULTS],
        "languages": [(code, name) for code, name in settings.LANGUAGES if code in round_.languages],
        "example_language": one_of(round_, request.LANGUAGE_CODE),
        "sender": sender_of(round_.organisation),
        "my_address": user_of(request).email,
    }
    return form_page(request, form, context, "scan/prepare_mails.html")


@require_http_methods(["GET", "HEAD", "POST"])
@draft_page
def mail_text(request: HttpRequest, round_: Round, kind: str, language: str) -> HttpResponse:
    """`example` set: mail me what is saved. `look`: show what I typed, without saving it."""
    if kind not in DEFAULTS:
        raise Http404
    if request.method == "POST" and request.POST.get("example"):
        _mail_example(request, round_, kind, language)
        return redirect("prepare_mail_text", round_.organisation.slug, round_.slug, kind, language)
    texts = DEFAULTS[kind] | round_.mail_texts.get(kind, {})
    form = MailTextForm(posted(request), initial=texts[language], kind=kind)
    if request.method == "POST" and _store_what_was_sent(request, round_, kind, language, form):
        return redirect("prepare_mail_text", round_.organisation.slug, round_.slug, kind, language)
    context = {
        "round": round_,
        "kind": kind,
        "label": Mailing.Kind(kind).label,
        "text_language": language,
        "placeholders": FACTS,
        "own_words": OWN_WORDS,
        "is_own": language in round_.mail_texts.get(kind, {}),
        "preview": preview_of(round_, kind, language, typed=posted(request)),
        "my_address": user_of(request).email,
    }
    return form_page(request, form, context, "scan/prepare_mail_text.html")


def _mail_example(request: HttpRequest, round_: Round, kind: str, language: str) -> None:
    user = user_of(request)
    try:
        send_example(round_, kind, language, user)
        messages.success(request, _("An example is on its way to %(address)s.") % {"address": user.email})
    except InputError as fault:
        messages.error(request, str(fault))


def _store_what_was_sent(request: HttpRequest, round_: Round, kind: str, language: str, form: MailTextForm) -> bool:
    """Whether it was stored, or given up for the standard text."""
    if request.POST.get("standard"):
        _store_text(round_, kind, language, None)
        return True
    if request.POST.get("look") or not form.is_valid():
        return False
    _store_text(round_, kind, language, dict(form.cleaned_data))
    messages.success(request, _("Saved."))
    return True


def _store_text(round_: Round, kind: str, language: str, text: dict[str, Any] | None) -> None:
    """None: the standard text again."""
    own = {key: dict(texts) for key, texts in round_.mail_texts.items()}
    if text is None:
        own.get(kind, {}).pop(language, None)
    else:
        own.setdefault(kind, {})[language] = text
    round_.mail_texts = {key: texts for key, texts in own.items() if texts}
    save_draft(round_, partial(round_.save, update_fields=["mail_texts"]))
