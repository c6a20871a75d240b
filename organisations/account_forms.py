"""The forms of allauth in our own words, and the one of "My account"."""

from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.core import context as current
from allauth.mfa.base import forms as second_factor
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as passkeys
from django import forms
from django.utils.translation import gettext_lazy as _

from organisations.addresses import plain_address
from organisations.colleague_forms import checked_person_name
from organisations.models import LANGUAGE_CHOICES, User
from organisations.second_factor import note_second_step

LABELS = {
    "login": _("E-mail address"),
    "email": _("E-mail address"),
    "password": _("Password"),
    "remember": _("Stay logged in on this device"),
    "code": _("Code"),
    "oldpassword": _("Current password"),
    "password1": _("New password"),
    "password2": _("New password, once more"),
    "name": _("Name"),
    "passwordless": _("Log in with this passkey alone, without a password"),
}
HELP = {"password1": _("At least 8 characters. A short sentence is safe, and easy to remember.")}


class PlainWords:
    """The label says what a field is for; a placeholder that repeats it only gets in the way."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = LABELS.get(name, field.label)
            field.help_text = HELP.get(name, "")
            field.widget.attrs.pop("placeholder", None)
            if name == "code":
                field.widget.attrs["inputmode"] = "text"
                field.widget.attrs["autofocus"] = True


class LoginForm(PlainWords, account.LoginForm):  # type: ignore[misc]
    def clean_login(self) -> str:
        return plain_address(super().clean_login())


class RequestLoginCodeForm(PlainWords, account.RequestLoginCodeForm):  # type: ignore[misc]
    def clean_email(self) -> str:
        self.cleaned_data["email"] = plain_address(self.cleaned_data["email"])
        email: str = super().clean_email()
        return email


class ConfirmLoginCodeForm(PlainWords, account.ConfirmLoginCodeForm):  # type: ignore[misc]
    pass


class ResetPasswordForm(PlainWords, account.ResetPasswordForm):  # type: ignore[misc]
    def clean_email(self) -> str:
        self.cleaned_data["email"] = plain_address(self.cleaned_data["email"])
        email: str = super().clean_email()
        return email


class ResetPasswordKeyForm(PlainWords, account.ResetPasswordKeyForm):  # type: ignore[misc]
    pass


class ChangePasswordForm(PlainWords, account.ChangePasswordForm):  # type: ignore[misc]
    pass


class SetPasswordForm(PlainWords, account.SetPasswordForm):  # type: ignore[misc]
    pass


class ReauthenticateForm(PlainWords, account.ReauthenticateForm):  # type: ignore[misc]
    pass


class AuthenticateForm(PlainWords, second_factor.AuthenticateForm):  # type: ignore[misc]
    pass


class SecondFactorAgainForm(PlainWords, second_factor.ReauthenticateForm):  # type: ignore[misc]
    pass


class ActivateTOTPForm(PlainWords, totp.ActivateTOTPForm):  # type: ignore[misc]
    def clean_code(self) -> str:
        code: str = super().clean_code()
        note_second_step(current.request, self.user, Authenticator.Type.TOTP)
        return code


class AddPasskeyForm(PlainWords, passkeys.AddWebAuthnForm):  # type: ignore[misc]
    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean()
        if data.get("credential"):
            note_second_step(current.request, self.user, Authenticator.Type.WEBAUTHN)
        return data


class EditPasskeyForm(PlainWords, passkeys.EditWebAuthnForm):  # type: ignore[misc]
    pass


class AccountForm(forms.ModelForm[User]):
    language = forms.ChoiceField(
        label=_("Language"),
        choices=[("", _("The language of my browser")), *LANGUAGE_CHOICES],
        required=False,
        help_text=_("The language of the pages, and of mails about your account."),
    )

    class Meta:
        model = User
        fields = ("name", "language")
        labels: ClassVar[dict[str, Any]] = {"name": _("Name")}
        help_texts: ClassVar[dict[str, Any]] = {
            "name": _("This is how colleagues see you in the log and in invitations.")
        }

    def clean_name(self) -> str:
        return checked_person_name(self.cleaned_data["name"])
