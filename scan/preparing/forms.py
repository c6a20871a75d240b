"""The forms of preparing a round. What is wrong is said beside its field."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organisations.names import clean_name
from questionnaires.models import QuestionnaireVersion
from questionnaires.versions import published
from scan.mailing.hours import sending_day
from scan.mailing.texts import faults_of
from scan.models import Plan, Round
from scan.participants import today_in
from scan.preparing.mail_step import too_early, too_late_reminder

MAX_DAYS = 120
MAX_REMINDERS = 3


def day_input() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class BasicsForm(forms.ModelForm[Round]):
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages of the questionnaire"),
        choices=settings.LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("People can switch while answering."),
        error_messages={"required": gettext_lazy("Choose at least one language.")},
    )

    class Meta:
        model = Round
        fields = ("title", "version", "opens_on", "closes_on", "k", "languages")
        labels: ClassVar = {
            "title": gettext_lazy("Title"),
            "version": gettext_lazy("Questionnaire"),
            "opens_on": gettext_lazy("First day"),
            "closes_on": gettext_lazy("Last day"),
            "k": gettext_lazy("Smallest group with results"),
        }
        help_texts: ClassVar = {
            "title": gettext_lazy("As staff will see it, for example Leerscan 2026."),
            "opens_on": gettext_lazy("The scan opens at midnight; mails go out that day during office hours."),
            "closes_on": gettext_lazy("Until midnight. Three weeks is usual."),
            "k": gettext_lazy(
                "From 5 to 20 people. A higher number protects more, and gives fewer departments a report of their own."
            ),
        }
        widgets: ClassVar = {"opens_on": day_input(), "closes_on": day_input()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # There is only something to choose when there are several.
        if QuestionnaireVersion.objects.count() < 2:
            del self.fields["version"]
        else:
            self.fields["version"].initial = published()

    def clean_title(self) -> str:
        """One line: it stands in subjects of mails."""
        return clean_name(self.cleaned_data["title"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        opens_on, closes_on = data.get("opens_on"), data.get("closes_on")
        if opens_on and opens_on < today_in(self.instance.organisation):
            self.add_error("opens_on", _("This day has passed. Choose today or later."))
        if opens_on and closes_on:
            self._check_period(opens_on, closes_on)
        return data

    def _check_period(self, opens_on: date, closes_on: date) -> None:
        if closes_on < opens_on:
            self.add_error("closes_on", _("The last day comes before the first. Choose a later day."))
        elif (closes_on - opens_on).days > MAX_DAYS:
            self.add_error("closes_on", _("That is more than four months. Choose an earlier last day."))


class PromiseForm(forms.ModelForm[Round]):
    asks_remarks = forms.BooleanField(
        label=gettext_lazy("Ask for a remark at the end"),
        required=False,
        help_text=gettext_lazy(
            "Somebody reads all remarks first and removes names. We only show them when there are at least 10."
        ),
    )

    class Meta:
        model = Round
        fields = (
            "contact",
            "privacy_officer",
            "results_on",
            "results_how",
            "asks_remarks",
            "remark_reader",
            "retention_days",
            "legal_basis",
            "consent_on",
        )
        labels: ClassVar = {
            "contact": gettext_lazy("Who answers questions from staff"),
            "privacy_officer": gettext_lazy("Privacy officer"),
            "results_on": gettext_lazy("Staff hear the results on"),
            "results_how": gettext_lazy("How they hear them"),
            "remark_reader": gettext_lazy("Who reads the remarks"),
            "retention_days": gettext_lazy("How many days after closing we delete all answers"),
            "legal_basis": gettext_lazy("Legal basis (GDPR, article 6)"),
        }
        help_texts: ClassVar = {
            "contact": gettext_lazy("Name and telephone number or e-mail address."),
            "privacy_officer": gettext_lazy("Name and how to reach this person."),
            "results_on": gettext_lazy(
                "A day after the last day of the scan. Staff see this promise before they begin."
            ),
            "results_how": gettext_lazy("For example: on the intranet and in every team meeting."),
            "remark_reader": gettext_lazy("Staff see this name before they write."),
            "retention_days": gettext_lazy("From 1 to 365. The results of groups remain."),
            "consent_on": gettext_lazy("Leave this empty when consent is not needed or not there yet."),
        }
        widgets: ClassVar = {"results_on": day_input(), "consent_on": day_input()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("contact", "privacy_officer", "results_on", "results_how"):
            self.fields[name].required = True
        for name in ("remark_reader", "consent_on"):
            self.fields[name].required = False
        self.fields["asks_remarks"].initial = bool(self.instance.remark_reader)
        council = self.instance.organisation.get_council_display()
        self.fields["consent_on"].label = _("%(council)s: day of consent") % {"council": council}

    def clean_consent_on(self) -> date | None:
        day: date | None = self.cleaned_data["consent_on"]
        if day and day > today_in(self.instance.organisation):
            raise forms.ValidationError(
                _("This day has not come yet. Fill in the day on which consent was given, or leave it empty.")
            )
        return day

    def clean_retention_days(self) -> int:
        days = int(self.cleaned_data["retention_days"])
        if not 1 <= days <= 365:
            raise forms.ValidationError(_("Choose a number from 1 to 365."))
        return days

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        results_on = data.get("results_on")
        if results_on and results_on <= self.instance.closes_on:
            self.add_error("results_on", _("Choose a day after the last day of the scan."))
        if not data.get("asks_remarks"):
            data["remark_reader"] = ""
        elif not data.get("remark_reader"):
            self.add_error("remark_reader", _("Say who reads the remarks, or do not ask for them."))
        return data


class MailPlanForm(forms.ModelForm[Plan]):
    class Meta:
        model = Plan
        fields = ("first_hour", "last_hour", "on_any_day", "managers_days_before", "mails_results")
        labels: ClassVar = {
            "first_hour": gettext_lazy("Send from (hour)"),
            "last_hour": gettext_lazy("Send until (hour)"),
            "on_any_day": gettext_lazy("Send at weekends and on holidays too"),
            "managers_days_before": gettext_lazy("How many days before staff managers get their report"),
            "mails_results": gettext_lazy(
                "Mail all staff a link to the organisation's results on the day you promised"
            ),
        }

    def __init__(self, *args: Any, round_: Round, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._round = round_
        for number in range(1, MAX_REMINDERS + 1):
            self.fields[f"reminder_{number}"] = forms.DateField(
                label=_("Reminder %(number)s") % {"number": number}, required=False, widget=day_input()
            )
        for number, day in enumerate(self.instance.reminders[:MAX_REMINDERS], 1):
            self.fields[f"reminder_{number}"].initial = date.fromisoformat(day)
        self.order_fields([f"reminder_{number}" for number in range(1, MAX_REMINDERS + 1)])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        names = [f"reminder_{number}" for number in range(1, MAX_REMINDERS + 1)]
        plan = Plan(on_any_day=bool(data.get("on_any_day")))
        for name in names:
            day = data.get(name)
            if day and not self._round.opens_on < day <= self._round.closes_on:
                self.add_error(name, _("Choose a day on which the scan is open, after the first."))
            elif day and sending_day(plan, day) > self._round.closes_on:
                self.add_error(name, too_late_reminder(day, sending_day(plan, day)))
        self._check_apart(data, names, plan)
        first, last = data.get("first_hour"), data.get("last_hour")
        if first is not None and last is not None and not 0 <= first < last <= 24:
            self.add_error("last_hour", _("The last hour must come after the first, and be at most 24."))
        days = data.get("managers_days_before")
        if days is not None:
            self.instance.managers_days_before = days
            if fault := too_early(self._round, self.instance):
                self.add_error("managers_days_before", fault)
        self.reminders = sorted({data[name].isoformat() for name in names if data.get(name)})
        return data

    def _check_apart(self, data: dict[str, Any], names: list[str], plan: Plan) -> None:
        """Two reminders may not go out on the same day, also when one waits for a working day."""
        taken: set[date] = set()
        for name in names:
            day = data.get(name)
            if day and sending_day(plan, day) in taken:
                when = date_format(sending_day(plan, day), "l j F")
                self.add_error(name, _("A reminder already goes out on %(day)s. Choose another day.") % {"day": when})
            elif day:
                taken.add(sending_day(plan, day))

    def save(self, commit: bool = True) -> Plan:  # noqa: FBT001, FBT002 -- Django's signature
        self.instance.reminders = self.reminders
        return super().save(commit)


class MailTextForm(forms.Form):
    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=150)
    body = forms.CharField(label=gettext_lazy("Text"), max_length=6000, widget=forms.Textarea(attrs={"rows": 18}))

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._kind = kind

    def clean_body(self) -> str:
        return str(self.cleaned_data["body"]).replace("\r\n", "\n")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for fault in faults_of(self._kind, data.get("subject", "-"), data.get("body", "{link}")):
            self.add_error(None, fault)
        return data
