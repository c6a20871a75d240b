"""The form of an organisation's settings."""

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from organisations.addresses import AddressField
from organisations.mail import may_send_as
from organisations.models import Organisation
from organisations.names import clean_name, has_link


class SettingsForm(forms.ModelForm[Organisation]):
    class Meta:
        model = Organisation
        fields = (
            "name",
            "language",
            "council",
            "sender_name",
            "sender_address",
            "reply_address",
            "requires_second_factor",
            "allows_comparison",
        )
        field_classes: ClassVar[dict[str, Any]] = {"sender_address": AddressField, "reply_address": AddressField}
        labels: ClassVar[dict[str, Any]] = {
            "name": _("Name of the organisation"),
            "language": _("Language"),
            "council": _("Who speaks for staff"),
            "sender_name": _("Name of the sender"),
            "sender_address": _("Address of the sender"),
            "reply_address": _("Address for replies"),
            "requires_second_factor": _("Everybody with a role logs in with a second step"),
            "allows_comparison": _("Consultants may put our results beside those of other organisations"),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "name": _("As it stands in mails and reports. The addresses of pages stay as they are."),
            "language": _("Of invitations to colleagues, and of reports unless somebody asks for the other one."),
            "sender_name": _("Mails come from this name. Empty: the name that this installation uses."),
            "sender_address": _(
                "Mails come from this address. Empty: the address of this installation. Ask your IT department to let "
                "our mail server send for it (SPF and DKIM); otherwise mails end up among the unwanted ones."
            ),
            "reply_address": _("Replies go here: an address that somebody reads."),
            "requires_second_factor": _(
                "A code from an app on the phone. Who has none is asked to set it up first; that takes two minutes."
            ),
            "allows_comparison": _(
                "Only released figures, only by consultants who have a role at each of these organisations."
            ),
        }

    def clean_name(self) -> str:
        return _without_link(clean_name(self.cleaned_data["name"]))

    def clean_sender_name(self) -> str:
        """One line: an address line with a break in it is none."""
        return _without_link(clean_name(self.cleaned_data["sender_name"]))

    def clean_sender_address(self) -> str:
        address: str = self.cleaned_data["sender_address"]
        if address and not may_send_as(address):
            raise forms.ValidationError(
                gettext("Mails cannot come from this address. Use an address at %(domains)s, or leave this empty.")
                % {"domains": ", ".join(sorted(settings.SENDER_DOMAINS))}
            )
        return address


def _without_link(name: str) -> str:
    if has_link(name):
        raise forms.ValidationError(gettext("This stands in mails as a name. Leave out the web address."))
    return name
