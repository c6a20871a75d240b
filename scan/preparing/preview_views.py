"""The page on which the HR adviser looks at the scan as a participant, on a phone and on a desktop."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.csp import CSP
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe

from scan.answering.preview import preview_token
from scan.models import Round
from scan.preparing.drafts import remember_seen
from scan.round_page import managed_round

WITH_FRAMES: dict[str, Any] = {**settings.SECURE_CSP, "frame-src": [CSP.SELF]}


@require_safe
@csp_override(WITH_FRAMES)
@managed_round(Round.State.DRAFT, Round.State.OPEN)
def preview(request: HttpRequest, round_: Round) -> HttpResponse:
    if round_.state == Round.State.DRAFT:
        remember_seen(round_, "preview")
    return render(request, "scan/preview.html", {"round": round_, "token": preview_token(round_)})
