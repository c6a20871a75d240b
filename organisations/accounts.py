"""What we change in allauth: accounts are made by the organisation, mails are ours, and words are plain."""

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context as current
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from organisations import mail
from organisations.account_changes import tell_of_change
from organisations.addresses import plain_address
from organisations.client_address import client_address
from organisations.logins import note_login
from organisations.models import User
from organisations.password_tokens import end_of_forgotten
from organisations.second_factor import end_other_sessions, has_second_factor, took_second_step

CODE_FAULT = _("This code is not right. Check that it is the newest one, and type it again.")
FAULTS = {
    "account_inactive": _("This account has been closed. Ask the HR adviser of your organisation about it."),
    "email_password_mismatch": _(
        "This e-mail address and password do not belong together. Try again, or have a code mailed to you."
    ),
    "enter_current_password": _("This is not your current password."),
    "incorrect_code": CODE_FAULT,
    "incorrect_password": _("This is not your password."),
    "invalid_login": _("This e-mail address and password do not belong together."),
    "invalid_password_reset": _("This link has been used or is too old. Ask for a new one."),
    "too_many_login_attempts": _("That was not right several times in a row. Wait five minutes, then try again."),
    "rate_limited": _("That was not right several times in a row. Wait five minutes, then try again."),
}
PASSWORD_FAULTS = {
    "password_too_short": _("This password is too short. Use at least 8 characters; a short sentence is fine."),
    "password_too_common": _(
        "Many people use this password, or nearly this one. Choose another one, for example a short sentence."
    ),
    "password_without_letters": _(
        "Digits and signs alone are easy to guess. Choose another one, for example a short sentence."
    ),
    "password_too_similar": _("This password looks like your name or your e-mail address. Choose another one."),
}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages: ClassVar[dict[str, Any]] = {**DefaultAccountAdapter.error_messages, **FAULTS}

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        note_login(request, user)
        response: HttpResponse = super().post_login(request, user, **kwargs)
        return response

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        user = User.objects.filter(email__iexact=email).first()
        language = (user.language if user else "") or get_language() or settings.LANGUAGE_CODE
        template = template_prefix.replace("account/email/", "account/")
        try:
            mail.send(email, template, language, {"email": email, "until": end_of_forgotten()} | context)
        except mail.MailNotSentError as fault:
            page = render(current.request, "account/mail_not_sent.html", {"reason": fault}, status=503)
            raise ImmediateHttpResponse(page) from fault

    def clean_password(self, password: str, user: User | None = None) -> str:
        try:
            return str(super().clean_password(password, user))
        except ValidationError as fault:
            plain = [PASSWORD_FAULTS.get(error.code or "", error.messages[0]) for error in fault.error_list]
            raise ValidationError(plain) from fault

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not when the person logged in just now, in any way: also who has a code mailed can set up a second step.

        But a second step that this session did not take is always asked for.
        """
        user = current.request.user
        if has_second_factor(user) and not took_second_step(current.request, user):
            return True
        required: bool = super().is_reauthentication_required(app=app, **kwargs)
        return required and not logged_in_just_now(current.request)

    def get_client_ip(self, request: HttpRequest) -> str:
        """The limits on logging in go by this."""
        return client_address(request)

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        """Who has a second step is asked for that: a stolen password alone should change nothing."""
        ways: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        stronger = [way for way in ways if way["id"] != "reauthenticate"]
        return stronger if ways and has_second_factor(user) else ways

    def send_notification_mail(
        self, template_prefix: str, user: User, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Here allauth tells of every change in how somebody logs in."""
        if template_prefix.startswith("mfa/"):
            end_other_sessions(self.request, user)
        tell_of_change(user, template_prefix.rpartition("/")[2])

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account")


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": CODE_FAULT,
        "cannot_generate_recovery_codes": _("Spare codes are for people who have a second step. Set that up first."),
    }

    def generate_authenticator_name(self, user: User, type: Any) -> str:  # noqa: A002 -- the name is allauth's
        number = self._passkeys(user) + 1
        return str(_("Passkey %(number)s") % {"number": number})

    def _passkeys(self, user: User) -> int:
        from allauth.mfa.models import Authenticator  # noqa: PLC0415 -- allauth reads this module before its models

        return int(Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN).count())


class SingleSignOnAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Logging in at the organisation's own server, for people who have an account here already."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """The first time: by the address that the server vouches for."""
        if sociallogin.is_existing:
            return
        for address in sociallogin.email_addresses:
            user = User.objects.filter(email__iexact=plain_address(address.email), is_active=True).first()
            if user and address.verified:
                sociallogin.connect(request, user)
                return


def logged_in_just_now(request: HttpRequest) -> bool:
    records = get_authentication_records(request, request.user)
    age = timezone.now().timestamp() - max((float(record["at"]) for record in records), default=0)
    return age < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
