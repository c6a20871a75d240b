"""The forms of colleagues: who, in which role, for which departments, until when."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisations.addresses import AddressField
from organisations.models import Department, Membership, Role
from organisations.names import clean_name, has_link
from organisations.roles import Terms
from organisations.tree import label_of

NO_ADDRESS = _("This is not an e-mail address. Write one such as anna@example.org.")


class RoleForm(forms.Form):
    role = forms.ChoiceField(
        label=_("Role"),
        choices=[("", _("Choose a role")), *Role.choices],
        error_messages={"required": _("Choose a role.")},
    )
    departments = forms.MultipleChoiceField(
        label=_("Departments"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Only for a manager: choose the departments whose reports this person may read, with everything below. "
            "For other roles, skip this list."
        ),
        error_messages={"invalid_choice": _("One of these departments no longer exists. Choose again.")},
    )
    ends_on = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("A consultant's role always ends on a day. For others you may leave this empty."),
        error_messages={"invalid": _("This is not a date. Write one such as 2027-06-30.")},
    )

    def __init__(self, departments: list[Department], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._departments = {str(department.pk): department for department in departments}
        choices = [(key, _labelled(department)) for key, department in self._departments.items()]
        self.fields["departments"].choices = choices  # type: ignore[attr-defined]

    def clean_ends_on(self) -> object:
        ends_on = self.cleaned_data["ends_on"]
        if ends_on and ends_on < timezone.localdate():
            raise forms.ValidationError(_("This day is past. To end a role now, withdraw it."))
        return ends_on

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("role") == Role.MANAGER and not data.get("departments") and "departments" not in self.errors:
            self.add_error("departments", _("Choose at least one department: a manager reads the reports of those."))
        if data.get("role") == Role.CONSULTANT and not data.get("ends_on") and "ends_on" not in self.errors:
            self.add_error("ends_on", _("Fill in the last day of the consultant's work."))
        return data

    @property
    def terms(self) -> Terms:
        """What was filled in; only when the form is valid."""
        role = Role(self.cleaned_data["role"])
        chosen = self.cleaned_data["departments"] if role == Role.MANAGER else []
        return Terms(role, tuple(self._departments[key] for key in chosen), self.cleaned_data["ends_on"])


class InviteForm(RoleForm):
    email = AddressField(
        label=_("E-mail address"), error_messages={"required": _("Fill in an address."), "invalid": NO_ADDRESS}
    )
    name = forms.CharField(
        label=_("Name"),
        required=False,
        max_length=150,
        help_text=_("As colleagues see it, from the first login on. You may leave this empty."),
    )

    def clean_name(self) -> str:
        return checked_person_name(self.cleaned_data["name"])

    field_order = ("email", "name", "role", "departments", "ends_on")


def checked_person_name(text: str) -> str:
    """It stands in mails to people who do not know the sender: one line, and nothing to click on."""
    if has_link(text) or len(text.splitlines()) > 1:
        raise forms.ValidationError(_("This is no name. Fill in a name on one line, without a web address."))
    return clean_name(text)


def _labelled(department: Department) -> str:
    """A role keeps a department that was archived: the reports of earlier scans are still about it."""
    label = label_of(department)
    return str(_("%(path)s (in the archive)") % {"path": label}) if department.archived_on else label


def initial_of(membership: Membership) -> dict[str, Any]:
    chosen: list[UUID] = [department.pk for department in membership.departments.all()]
    return {"role": membership.role, "departments": [str(pk) for pk in chosen], "ends_on": membership.ends_on}
