"""The forms of the tree of departments."""

from uuid import UUID

from django import forms
from django.utils.translation import gettext as _

from organisations.models import Department
from organisations.names import MAX_NAME
from organisations.tree import below, label_of


def department_field(label: str, departments: list[Department], *, empty: str = "") -> forms.TypedChoiceField:
    """A select of departments by their paths; gives the id."""
    choices = [
        ("", empty or _("Choose a department")),
        *((str(department.pk), label_of(department)) for department in departments),
    ]
    return forms.TypedChoiceField(
        label=label,
        choices=choices,
        coerce=UUID,
        empty_value=None,
        error_messages={
            "required": _("Choose a department from the list."),
            "invalid_choice": _("This department is not in the list (any more). Choose another one."),
        },
    )


def name_field(label: str) -> forms.CharField:
    # The number of characters and the sign “/” are looked at where the tree changes.
    return forms.CharField(label=label, max_length=10 * MAX_NAME, error_messages={"required": _("Give a name.")})


class AddForm(forms.Form):
    def __init__(self, departments: list[Department], data: object = None) -> None:
        root = departments[0].pk
        super().__init__(data, auto_id="add-%s", initial={"under": str(root)})  # type: ignore[arg-type]
        self.fields["name"] = name_field(_("Name of the department"))
        self.fields["under"] = department_field(_("Under"), departments)


class RenameForm(forms.Form):
    def __init__(self, department: Department, departments: list[Department], data: object = None) -> None:
        super().__init__(data, auto_id="rename-%s", initial={"name": department.name})  # type: ignore[arg-type]
        self.fields["name"] = name_field(_("New name"))


class MoveForm(forms.Form):
    def __init__(self, department: Department, departments: list[Department], data: object = None) -> None:
        super().__init__(data, auto_id="move-%s", initial={"under": str(department.parent_id)})  # type: ignore[arg-type]
        self.fields["under"] = department_field(_("Move under"), not_below(department, departments))


class MergeForm(forms.Form):
    def __init__(self, department: Department, departments: list[Department], data: object = None) -> None:
        super().__init__(data, auto_id="merge-%s")  # type: ignore[arg-type]
        self.fields["into"] = department_field(_("Merge into"), not_below(department, departments))
        self.fields["is_sure"] = forms.BooleanField(
            label=_("I know that this cannot be undone"),
            error_messages={"required": _("Tick this box: two departments that were merged cannot be taken apart.")},
        )


class ArchiveForm(forms.Form):
    def __init__(self, department: Department, departments: list[Department], data: object = None) -> None:
        super().__init__(data, auto_id="archive-%s")  # type: ignore[arg-type]


def not_below(department: Department, departments: list[Department]) -> list[Department]:
    """Where a department can go: everywhere but to itself and to what lies below it."""
    own = below(department, departments)
    return [other for other in departments if other not in own]
