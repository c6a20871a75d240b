"""The own answers after sending: in cookies only, for one person at a time, gone when the browser closes.

`result`, on the path of the link, holds the answers, locked with the link and a secret. `device`, on the path of all
links, holds that secret and names nobody. Whoever enters by another way takes the secret away, and what lies on any
path before that cannot be read by anybody any more (docs/decisions/0010).
"""

import base64
import binascii
import hmac
import secrets
from functools import cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from scan.answering.boxes import RESULT_BYTES, Sheet, lock, unlock
from scan.participants import Participant

COOKIE, DEVICE = "result", "device"
PURPOSE = "own result"
NO_COPIES = '"cache", "storage"'


def keep(response: HttpResponse, participant: Participant, sheet: Sheet) -> None:
    """A new secret each time: what was kept of somebody else on this device is lost with the old one."""
    secret = secrets.token_urlsafe(16)
    box = lock(Sheet(sheet.answers), participant.token + secret, PURPOSE, RESULT_BYTES)
    # Without the sign at its end that is no letter of a cookie, and would have all of it looked through and quoted.
    _set(response, COOKIE, base64.urlsafe_b64encode(box).decode().rstrip("="), _path(participant))
    _set(response, DEVICE, f"{secret}.{_mark(secret, participant.token)}", _path_of_all())


def find(request: HttpRequest, participant: Participant) -> Sheet | None:
    secret = request.COOKIES.get(DEVICE, "").partition(".")[0]
    try:
        kept = request.COOKIES.get(COOKIE, "").rstrip("=")
        box = base64.urlsafe_b64decode(kept + "=" * (-len(kept) % 4))
    except (binascii.Error, ValueError):
        return None
    return unlock(box, participant.token + secret, PURPOSE)


def make_way(request: HttpRequest, response: HttpResponse, participant: Participant | None = None) -> None:
    """Somebody enters: forget what is kept, unless it is of this very link."""
    if DEVICE not in request.COOKIES or DEVICE in response.cookies:
        return
    secret, _dot, mark = request.COOKIES[DEVICE].partition(".")
    if participant and hmac.compare_digest(mark.encode(), _mark(secret, participant.token).encode()):
        return
    _forget_secret(response)


def forget(request: HttpRequest, response: HttpResponse, participant: Participant) -> None:
    """Every cookie of this link, the chosen language, and what scripts or the browser itself kept of these pages."""
    for name in request.COOKIES:
        response.delete_cookie(name, path=_path(participant), samesite="Lax")
    response.delete_cookie(settings.LANGUAGE_COOKIE_NAME, samesite="Lax")
    _forget_secret(response)


def _forget_secret(response: HttpResponse) -> None:
    response.delete_cookie(DEVICE, path=_path_of_all(), samesite="Lax")
    response["Clear-Site-Data"] = NO_COPIES


def _mark(secret: str, token: str) -> str:
    """Says to who has the link whether the secret is of that link, and nothing to anybody else."""
    return hmac.digest(secret.encode(), token.encode(), "sha256").hex()


def _set(response: HttpResponse, name: str, value: str, path: str) -> None:
    response.set_cookie(name, value, path=path, secure=settings.HTTPS, httponly=True, samesite="Lax")


def _path(participant: Participant) -> str:
    """That of scan:start."""
    return f"{_path_of_all()}{participant.token}/"


@cache
def _path_of_all() -> str:
    return reverse("scan:code")
