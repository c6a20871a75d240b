"""The own answers after sending: in a cookie that only this link can read, gone when the browser closes."""

import base64
import binascii

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from scan.answering.boxes import RESULT_BYTES, Sheet, lock, unlock
from scan.participants import Participant

COOKIE = "result"
PURPOSE = "own result"


def keep(response: HttpResponse, participant: Participant, sheet: Sheet) -> None:
    box = lock(Sheet(sheet.answers), participant.token, PURPOSE, RESULT_BYTES)
    response.set_cookie(
        COOKIE,
        base64.urlsafe_b64encode(box).decode(),
        path=_path(participant),
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )


def find(request: HttpRequest, participant: Participant) -> Sheet | None:
    try:
        box = base64.urlsafe_b64decode(request.COOKIES.get(COOKIE, ""))
    except (binascii.Error, ValueError):
        return None
    return unlock(box, participant.token, PURPOSE)


def forget(request: HttpRequest, response: HttpResponse, participant: Participant) -> None:
    """Every cookie of this link, the chosen language, and what scripts or the browser itself kept of these pages."""
    for name in request.COOKIES:
        response.delete_cookie(name, path=_path(participant), samesite="Lax")
    response.delete_cookie(settings.LANGUAGE_COOKIE_NAME, samesite="Lax")
    response["Clear-Site-Data"] = '"cache", "storage"'


def _path(participant: Participant) -> str:
    return reverse("scan:start", args=[participant.token])
