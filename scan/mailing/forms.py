"""What the HR adviser fills in on the page of mailings."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from scan.mailing.texts import DEFAULTS
from scan.models import Mailing, Plan, Round


class DayForm(forms.Form):
    day = forms.DateField(
        label=_("Day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Choose a day."),
            "invalid": _("This is not a date. Write it as 2026-03-31, or choose it in the calendar."),
        },
    )


class ResultsDayForm(DayForm):
    """Another day than staff were promised asks for a tick, once somebody has chosen one that is later."""

    def __init__(self, *args: Any, promised: date | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if promised and self._is_later(promised):
            self.fields["are_told"] = forms.BooleanField(
                label=_("Staff are told of the new day"),
                error_messages={
                    "required": gettext(
                        "You promised staff the results on %(date)s. Tell them of the new day, and tick this box."
                    )
                    % {"date": date_format(promised, "j F Y")}
                },
            )

    def _is_later(self, promised: date) -> bool:
        try:
            day = self.fields["day"].clean(self.data.get(self.add_prefix("day")))
        except ValidationError:
            return False
        return bool(day > promised)


class HoursForm(forms.ModelForm[Plan]):
    class Meta:
        model = Plan
        fields = ("first_hour", "last_hour", "on_any_day")
        labels: ClassVar[dict[str, Any]] = {
            "first_hour": _("Send from (hour)"),
            "last_hour": _("Send until (hour)"),
            "on_any_day": _("Send at weekends and on holidays too"),
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("first_hour"), data.get("last_hour")
        if first is not None and last is not None and not 0 <= first < last <= 24:
            self.add_error("last_hour", _("The last hour must come after the first, and be at most 24."))
        return data


class ExampleForm(forms.Form):
    kind = forms.ChoiceField(label=_("Which mail"), choices=[(kind, Mailing.Kind(kind).label) for kind in DEFAULTS])
    language = forms.ChoiceField(label=_("Language"))

    def __init__(self, *args: Any, round_: Round, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if round_.state == Round.State.CLOSED:
            after = (Mailing.Kind.MANAGERS, Mailing.Kind.RESULTS)
            self.fields["kind"].choices = [(kind.value, kind.label) for kind in after]  # type: ignore[attr-defined]
        languages = round_.languages or [round_.organisation.language]
        field = self.fields["language"]
        field.choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (code, name) for code, name in settings.LANGUAGES if code in languages
        ]
