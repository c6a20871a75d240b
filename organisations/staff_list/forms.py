"""What the HR adviser can choose: a file, what its columns are, which department counts, whether it is complete.

Crispy puts help texts and labels on the page as they are: what comes from a file is escaped here.
"""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from organisations.staff_list.fields import Field
from organisations.staff_list.paths import MARKS
from organisations.staff_list.reading import check_kind
from organisations.staff_list.tables import UnreadableError
from organisations.staff_list.wording import unreadable

SINGLE_NAMES = "single"
ACCEPTED = ".xlsx,.xlsm,.csv,.txt,.tsv"


class UploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Staff list"),
        allow_empty_file=True,
        help_text=gettext_lazy("An Excel workbook (.xlsx) or a CSV file, at most 10 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED}),
    )

    def __init__(self, request: HttpRequest) -> None:
        is_sent = request.method == "POST"
        # The files are read first: only then is known whether one was too large.
        files = request.FILES if is_sent else None
        super().__init__(request.POST if is_sent else None, files)
        self.content = b""
        if getattr(request, "file_too_large", False):
            self.fields["file"].error_messages["required"] = unreadable("too_large", "")
        else:
            self.fields["file"].error_messages["required"] = _("Choose a file first.")

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        self.content = file.read()
        try:
            check_kind(self.content)
        except UnreadableError as fault:
            raise forms.ValidationError(unreadable(fault.code, fault.detail)) from fault
        return file


class ColumnsForm(forms.Form):
    """A select for each column, with its first values."""

    def __init__(self, result: Mapping[str, Any], data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        self._columns = result.get("columns", [])
        sheets = result.get("sheets", [])
        if len(sheets) > 1:
            self.fields["sheet"] = forms.ChoiceField(
                label=_("Sheet"), choices=[(name, name) for name in sheets], initial=result["sheet"]
            )
        if len(result.get("first_rows", [])) > 1:
            self.fields["heading_row"] = _heading_row_field(result)
        if any(column["field"] == Field.DEPARTMENT for column in self._columns):
            self.fields["mark"] = _mark_field(result)
        choices = [("", _("not used")), *Field.choices]
        for column in self._columns:
            self.fields[_name(column)] = forms.ChoiceField(
                label=escape(_column(column)),
                help_text=escape(_examples(column["examples"])),
                choices=choices,
                required=False,
                initial=column["field"],
            )

    def clean(self) -> dict[str, Any]:
        chosen = super().clean() or self.cleaned_data
        counts = Counter(field for column in self._columns if (field := chosen.get(_name(column))))
        for column in self._columns:
            field = chosen.get(_name(column))
            if field and counts[field] > 1:
                self.add_error(_name(column), _chosen_twice(field))
        return chosen

    @property
    def chosen(self) -> dict[int, str]:
        return {column["index"]: self.cleaned_data[_name(column)] for column in self._columns}

    @property
    def other_heading_row(self) -> int | None:
        """None: as it was."""
        number = self.cleaned_data.get("heading_row", "")
        return int(number) if number and number != self["heading_row"].initial else None

    @property
    def options(self) -> dict[str, str]:
        mark = self.cleaned_data.get("mark", "")
        return {"mark": "" if mark == SINGLE_NAMES else mark} if mark else {}


def _heading_row_field(result: Mapping[str, Any]) -> forms.ChoiceField:
    rows = [
        (str(number), _("Row %(row)s: %(text)s") % {"row": number, "text": text})
        for number, text in result["first_rows"]
    ]
    return forms.ChoiceField(
        label=_("Row with the headings"),
        help_text=_("With another row, the columns are looked at afresh."),
        choices=[("0", _("there are no headings")), *rows],
        required=False,
        initial=str(result["heading_row"]),
    )


def _mark_field(result: Mapping[str, Any]) -> forms.ChoiceField:
    mark = result.get("mark")
    marks = [
        (each, _("departments within departments, with “%(mark)s” between them") % {"mark": each}) for each in MARKS
    ]
    return forms.ChoiceField(
        label=_("The departments in this file are"),
        choices=[("", _("as we understood them")), (SINGLE_NAMES, _("single names")), *marks],
        required=False,
        initial=SINGLE_NAMES if mark == "" else mark or "",
    )


def _column(column: Mapping[str, Any]) -> str:
    heading = column["heading"] or _("no heading")
    return _("Column %(letter)s: %(heading)s") % {"letter": column["letter"], "heading": heading}


def _examples(values: list[str]) -> str:
    if not values:
        return _("This column is empty.")
    return _("For example: %(values)s") % {"values": " · ".join(value[:60] for value in values)}


def _chosen_twice(field: str) -> str:
    return _(
        "“%(field)s” is chosen for more than one column. Choose it once; for departments in several columns, use the"
        " levels."
    ) % {"field": Field(field).label}


def _name(column: Mapping[str, Any]) -> str:
    return f"column-{column['index']}"


class DepartmentsForm(forms.Form):
    """Radio buttons for everybody with two contracts: which department counts?"""

    def __init__(self, result: Mapping[str, Any], data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        self._questions = result.get("questions", [])
        for question in self._questions:
            paths: dict[str, int] = {}
            for row, path in question["options"]:
                paths.setdefault(path, row)
            self.fields[_asked(question)] = forms.ChoiceField(
                label=escape(question["name"]),
                choices=[
                    (path, _("%(path)s (row %(row)s)") % {"path": path or "/", "row": row})
                    for path, row in paths.items()
                ],
                widget=forms.RadioSelect,
                required=False,
                initial=question["chosen"],
            )

    @property
    def chosen(self) -> dict[str, str]:
        answers = ((question["key"], self.cleaned_data[_asked(question)]) for question in self._questions)
        return {key: path for key, path in answers if path}


def _asked(question: Mapping[str, Any]) -> str:
    """The same in every reading, so that a page of before cannot answer for somebody else."""
    return f"person-{question.get('place', question['key'])}"


class ApplyForm(forms.Form):
    is_complete = forms.BooleanField(required=False, label=gettext_lazy("This file is our complete staff list"))

    def __init__(self, result: Mapping[str, Any], data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        missing = result.get("counts", {}).get("missing", 0)
        if not missing:
            del self.fields["is_complete"]
            return
        self.fields["is_complete"].help_text = ngettext(
            "%(count)s person on our staff list is not in this file. With a tick here this person is marked as having"
            " left; without it, this person stays.",
            "%(count)s people on our staff list are not in this file. With a tick here they are marked as having left;"
            " without it, they stay.",
            missing,
        ) % {"count": missing}
