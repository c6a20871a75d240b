"""For how long, and for whom."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from reports.sharing.links import DAYS


def _choices() -> list[tuple[int, str]]:
    """In the language of the moment."""
    return [(days, ngettext("%(count)s day", "%(count)s days", days) % {"count": days}) for days in DAYS]


class ShareForm(forms.Form):
    key = forms.UUIDField(widget=forms.HiddenInput)
    days = forms.TypedChoiceField(
        label=_("How long should the link work?"),
        choices=_choices,
        coerce=int,
        initial=DAYS[1],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose for how long the link should work."),
            "invalid_choice": _("Choose 7, 30 or 90 days."),
        },
    )
    note = forms.CharField(
        label=_("For whom is it?"),
        max_length=100,
        help_text=_("So that you and your colleagues know it later. The person with the link does not see this."),
        error_messages={
            "required": _("Fill in for whom the link is, such as “our coach” or “the supervisory board”."),
            "max_length": _("Keep it to 100 characters."),
        },
    )
