"""A second step when logging in: a code from an app, or a passkey. An organisation can require it.

What counts is that this session took it: somebody may have logged in with a stolen password before it was set up.
"""

from collections.abc import Iterable

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from organisations.models import Organisation, User

# In the session: which organisation asked for it, and the page to come back to.
ASKED = "second_factor"
KINDS = ("totp", "webauthn")


def has_second_factor(user: User) -> bool:
    from allauth.mfa.models import Authenticator  # noqa: PLC0415 -- allauth reads this module before its models

    return bool(Authenticator.objects.filter(user=user, type__in=KINDS).exists())


def took_second_step(request: HttpRequest, user: User) -> bool:
    """Did this session use a second step that the user still has, or one that the login server asked for?"""
    methods = {record["method"] for record in get_authentication_records(request, user)}
    if settings.OIDC_SECOND_STEP and "socialaccount" in methods:
        return True
    return "mfa" in methods and has_second_factor(user)


def without_second_step(request: HttpRequest, user: User, organisations: Iterable[Organisation]) -> list[Organisation]:
    """Those that ask for a second step, if this session did not take it: their scans stay unseen."""
    asking = [organisation for organisation in organisations if organisation.requires_second_factor]
    return asking if asking and not took_second_step(request, user) else []


def note_second_step(request: HttpRequest, user: User, kind: str) -> None:
    """Setting it up is using it: a code of the new app has been typed, or the new passkey has answered."""
    record_authentication(request, user, "mfa", type=kind)


def lead_to_second_step(request: HttpRequest, user: User, organisation: Organisation) -> HttpResponse:
    """To setting it up, or to using it in this session; then back to the page."""
    page = (
        request.get_full_path()
        if request.method in {"GET", "HEAD"}
        else reverse("organisation", args=[organisation.slug])
    )
    request.session[ASKED] = {"organisation": organisation.name, "page": page}
    if not has_second_factor(user):
        return redirect("mfa_index")
    way = get_adapter().get_reauthentication_methods(user)[0]["url"]
    return redirect(f"{way}?{urlencode({'next': page})}")


def forget_asking(request: HttpRequest) -> None:
    request.session.pop(ASKED, None)


def end_other_sessions(request: HttpRequest, user: User) -> None:
    """Everywhere else this user has to log in again, and then with what has just been set up."""
    for session in Session.objects.filter(expire_date__gt=timezone.now()).exclude(pk=request.session.session_key):
        if session.get_decoded().get(SESSION_KEY) == str(user.pk):
            session.delete()
