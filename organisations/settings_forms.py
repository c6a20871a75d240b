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
from organisations.time_zones import known_time_zones, time_zone_choices, why_time_zone_stays


class SettingsForm(forms.ModelForm[Organisation]):
    class Meta:
        model = Organisation
        fields = (
            "name",
            "language",
            "time_zone",
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
            "time_zone": _("Time zone"),
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
            "time_zone": _("A scan opens and closes at midnight by this clock, and mails keep to its hours."),
            "sender_name": _(
                "Mails come from this name. Empty: the name of the installation, or of the organisation when there is "
                "none or when you fill in an address."
            ),
            "sender_address": _(
                "Mails come from this address. Empty: the address of this installation. Ask your IT department to let "
                "our mail server send for it (SPF and DKIM); otherwise mails end up among the unwanted ones."
            ),
            "reply_address": _("Replies go here: an address that somebody reads."),
            "requires_second_factor": _(
                "A code from an app on the phone. Anybody without such an app is asked to set it up first. That takes "
                "two minutes."
            ),
            "allows_comparison": _(
                "Consultants and HR advisers with a role at several organisations see those that agreed side by side: "
                "the results of your organisation as a whole, from the newest closed scan, with margins and without "
                "ranks. Nothing of a department. If you turn this off, your results are gone from that page at once."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zones = forms.Select(choices=time_zone_choices(self.instance.time_zone))
        self.fields["time_zone"].widget = zones

    def clean_time_zone(self) -> str:
        zone = str(self.cleaned_data["time_zone"])
        if zone == self.initial.get("time_zone"):
            return zone
        if zone not in known_time_zones():
            raise forms.ValidationError(_("There is no time zone with this name. Choose one from the list."))
        if reason := why_time_zone_stays(self.instance):
            raise forms.ValidationError(reason)
        return zone

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
