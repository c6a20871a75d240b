"""The communication pack on screen and as a text file, in the language asked for, whatever that of the screen is."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from questionnaires.texts import LANGUAGES
from scan.models import Round
from scan.pack.facts import pack_facts
from scan.pack.gaps import gaps_in
from scan.pack.texts import LANGUAGE_NAMES, as_file, pack_for, texts_from
from scan.round_page import managed_round


@require_safe
@managed_round()
def pack(request: HttpRequest, round_: Round) -> HttpResponse:
    if round_.origin == Round.Origin.IMPORTED:
        return redirect("round", round_.organisation.slug, round_.slug)
    asked_for = request.GET.get("language", "")
    language = asked_for if asked_for in LANGUAGES else round_.organisation.language
    facts = pack_facts(round_, language)
    context = {
        "organisation": round_.organisation,
        "round": round_,
        "texts": texts_from(facts, language),
        "gaps": gaps_in(facts, round_),
        "text_language": language,
        "language_names": LANGUAGE_NAMES,
    }
    return render(request, "scan/pack.html", context)


@require_safe
@managed_round()
def pack_download(request: HttpRequest, round_: Round, language: str) -> HttpResponse:
    if round_.origin == Round.Origin.IMPORTED:
        return redirect("round", round_.organisation.slug, round_.slug)
    name = f"{round_.organisation.slug}-{round_.slug}-{language}.txt"
    headers = {"Content-Disposition": content_disposition_header(as_attachment=True, filename=name) or ""}
    content = as_file(pack_for(round_, language))
    return HttpResponse(content, content_type="text/plain; charset=utf-8", headers=headers)
