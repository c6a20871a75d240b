"""The forms of the staff list."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organisations.addresses import AddressField
from organisations.commands import InputError
from organisations.department_forms import department_field
from organisations.models import Department, Person
from organisations.names import clean_name
from organisations.people import checked_address, checked_number


class SearchForm(forms.Form):
    search = forms.CharField(label=gettext_lazy("Name, number or address"), required=False, max_length=200)
    no_address = forms.BooleanField(label=gettext_lazy("Only people without an e-mail address"), required=False)

    def __init__(self, departments: list[Department], data: Any) -> None:
        super().__init__(data)
        self.fields["department"] = department_field(_("Department"), departments, empty=_("All departments"))
        self.fields["department"].required = False
        self.order_fields(("search", "department", "no_address"))


class PersonForm(forms.ModelForm[Person]):
    class Meta:
        model = Person
        fields = ("given_name", "infix", "family_name", "number", "email", "language", "is_leader")
        field_classes: ClassVar = {"email": AddressField}
        labels: ClassVar = {
            "given_name": gettext_lazy("First name"),
            "infix": gettext_lazy("Prefix"),
            "family_name": gettext_lazy("Last name"),
            "number": gettext_lazy("Staff number"),
            "email": gettext_lazy("E-mail address"),
            "language": gettext_lazy("Language of the mails"),
            "is_leader": gettext_lazy("Leads this department"),
        }
        help_texts: ClassVar = {
            "infix": gettext_lazy("Such as “van der”."),
            "number": gettext_lazy("By this the next upload knows this person again. May be empty."),
            "email": gettext_lazy(
                "Empty: this person gets a code on paper. A scan that is already running keeps the address of its "
                "launch."
            ),
            "is_leader": gettext_lazy(
                "A manager answers together with the other managers, one level up. This gives no access to reports."
            ),
        }

    field_order = ("given_name", "infix", "family_name", "number", "email", "department")

    def __init__(
        self, departments: list[Department], instance: Person, data: Any = None, *, is_new: bool = False
    ) -> None:
        super().__init__(data, instance=instance)
        field = department_field(_("Department"), departments)
        field.help_text = gettext_lazy("A scan that is already running keeps the department of its launch.")
        self.fields["department"] = field
        self.initial["department"] = "" if is_new else str(instance.department_id)
        self.order_fields(self.field_order)

    def clean_given_name(self) -> str:
        return clean_name(self.cleaned_data["given_name"])

    def clean_infix(self) -> str:
        return clean_name(self.cleaned_data["infix"])

    def clean_family_name(self) -> str:
        return clean_name(self.cleaned_data["family_name"])

    def clean_number(self) -> str:
        try:
            return checked_number(self.instance, self.cleaned_data["number"])
        except InputError as fault:
            raise forms.ValidationError(str(fault)) from fault

    def clean_email(self) -> str:
        try:
            return checked_address(self.instance, self.cleaned_data["email"])
        except InputError as fault:
            raise forms.ValidationError(str(fault)) from fault

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not (data["given_name"] or data["family_name"]):
            self.add_error("family_name", _("Give at least a first name or a last name."))
        if "department" in data:
            self.instance.department_id = data["department"]
        return data
