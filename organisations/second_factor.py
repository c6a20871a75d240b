"""A second step when logging in: a code from an app, or a passkey. An organisation can require it."""

from allauth.mfa.models import Authenticator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from organisations.models import Organisation, User

# In the session: which organisation asked for it, and the page to come back to.
ASKED = "second_factor"
KINDS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def has_second_factor(user: User) -> bool:
    """Who has one cannot log in without it."""
    return bool(Authenticator.objects.filter(user=user, type__in=KINDS).exists())


def lead_to_setting_up(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    page = request.get_full_path() if request.method == "GET" else reverse("organisation", args=[organisation.slug])
    request.session[ASKED] = {"organisation": organisation.name, "page": page}
    return redirect("mfa_index")


def forget_asking(request: HttpRequest) -> None:
    request.session.pop(ASKED, None)
