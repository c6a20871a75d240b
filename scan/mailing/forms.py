"""What the HR adviser fills in on the page of mailings."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from scan.models import Mailing, Round


class DayForm(forms.Form):
    day = forms.DateField(
        label=_("Day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Choose a day."),
            "invalid": _("This is not a date. Write it as 2026-03-31, or choose it in the calendar."),
        },
    )


class ExampleForm(forms.Form):
    kind = forms.ChoiceField(label=_("Which mail"), choices=Mailing.Kind.choices)
    language = forms.ChoiceField(label=_("Language"))

    def __init__(self, *args: Any, round_: Round, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        languages = round_.languages or [round_.organisation.language]
        field = self.fields["language"]
        field.choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (code, name) for code, name in settings.LANGUAGES if code in languages
        ]
