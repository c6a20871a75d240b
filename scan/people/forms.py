"""The forms about people in a round that is open."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from organisations.models import Person


class SearchForm(forms.Form):
    search = forms.CharField(
        label=_("Name, number or address"), max_length=200, error_messages={"required": _("Type a part of the name.")}
    )


class AddressForm(forms.Form):
    def __init__(self, person: Person, data: Any = None) -> None:
        super().__init__(data, auto_id="address-%s", initial={"email": person.email})
        self.fields["email"] = forms.EmailField(
            label=_("E-mail address"), max_length=254, error_messages={"required": _("Give an address.")}
        )


class PlaceForm(forms.Form):
    """Where somebody answers."""

    def __init__(self, person: Person, units: list[tuple[UUID, str]], unit: UUID | None, data: Any = None) -> None:
        initial = {"unit": str(unit or ""), "as_leader": person.is_leader}
        super().__init__(data, auto_id="place-%s", initial=initial)
        self.fields["unit"] = forms.TypedChoiceField(
            label=_("Department in this scan"),
            choices=[("", _("Choose a department")), *((str(pk), name) for pk, name in units)],
            coerce=UUID,
            error_messages={
                "required": _("Choose a department from the list."),
                "invalid_choice": _("This department is not in the list (any more). Choose another one."),
            },
        )
        self.fields["as_leader"] = forms.BooleanField(
            label=_("Leads this department"),
            required=False,
            help_text=_("Then the answers count with those of the other managers, one level up."),
        )


class AddForm(PlaceForm):
    """`must_confirm`: in this round people answer by a code or an open link, and nobody knows who."""

    def __init__(
        self,
        person: Person,
        units: list[tuple[UUID, str]],
        unit: UUID | None,
        data: Any = None,
        *,
        must_confirm: bool,
    ) -> None:
        super().__init__(person, units, unit, data)
        if must_confirm:
            self.fields["has_no_other_way"] = forms.BooleanField(
                label=_("This person has not had a code on paper or an open link for this scan"),
                error_messages={
                    "required": _(
                        "Ask this person first, and tick this box if it is so: otherwise one can answer twice."
                    )
                },
            )
