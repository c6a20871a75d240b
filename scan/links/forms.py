"""Widen the limits of an open link."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from scan.models import OpenLink


class LimitsForm(forms.Form):
    start_limit = forms.IntegerField(
        label=gettext_lazy("How many people may start"),
        max_value=100_000,
        help_text=gettext_lazy("Somebody who stops halfway and begins anew counts twice here."),
    )
    submit_limit = forms.IntegerField(
        label=gettext_lazy("How many questionnaires may be sent"),
        max_value=100_000,
        help_text=gettext_lazy("If more come in than expected, we do not show separate results of this department."),
    )

    def __init__(self, link: OpenLink, data: QueryDict | None) -> None:
        super().__init__(data, initial={"start_limit": link.start_limit, "submit_limit": link.submit_limit})
        self._link = link

    def clean_start_limit(self) -> int:
        return self._at_least(self.cleaned_data["start_limit"], self._link.start_limit)

    def clean_submit_limit(self) -> int:
        return self._at_least(self.cleaned_data["submit_limit"], self._link.submit_limit)

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if not self.errors and data["start_limit"] < data["submit_limit"]:
            self.add_error("start_limit", _("Fill in at least the number that may send."))
        return data

    def _at_least(self, wanted: int, now: int) -> int:
        if wanted < now:
            raise forms.ValidationError(_("A limit can only go up. Choose %(now)s or more.") % {"now": now})
        return wanted
