"""The form for another last day."""

from django import forms
from django.utils.translation import gettext_lazy

from scan.preparing.forms import day_input


class LastDayForm(forms.Form):
    closes_on = forms.DateField(
        label=gettext_lazy("Last day"),
        widget=day_input(),
        help_text=gettext_lazy("People can answer until midnight. It must come before the day of the results."),
    )
