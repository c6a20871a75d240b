"""The result of an import as its page shows it: stored data in words of the screen's language."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from organisations.models import StaffImport
from organisations.staff_list import importing
from organisations.staff_list.fields import Field
from organisations.staff_list.findings import ABOUT_COLUMNS, Kind
from organisations.staff_list.notes import note_text, read_note
from organisations.staff_list.wording import (
    field_name,
    problem,
    read_finding,
    reason,
    remedy,
    unreadable,
    value_in_words,
)


class Line(NamedTuple):
    row: int
    name: str
    column: str
    value: str
    problem: str
    remedy: str


class Part(NamedTuple):
    """People to whom the same happens: the first of them by name, and how many there are."""

    code: str
    title: str
    total: int
    lines: list[str]

    @property
    def more(self) -> int:
        return self.total - len(self.lines)


def staff_import_context(staff_import: StaffImport) -> dict[str, Any]:
    result = staff_import.result
    counts = result.get("counts", {})
    is_working = staff_import.state in (StaffImport.State.READING, StaffImport.State.APPLYING)
    job = importing.newest_job(staff_import) if is_working else None
    return {
        "staff_import": staff_import,
        "job": job,
        "is_busy": job is not None and not job.is_finished,
        "has_failed": is_working and (job is None or job.is_finished),
        "unreadable": unreadable(result["unreadable"], result["detail"]) if "unreadable" in result else "",
        "counts": counts,
        "to_correct": counts.get("faults", 0) - counts.get("questions", 0),
        "columns_are_wrong": any(stored["kind"] in ABOUT_COLUMNS for stored in result.get("faults", [])),
        "questions_shown": sum(not question["chosen"] for question in result.get("questions", [])),
        # Questions have a place of their own on the page.
        "faults": [_line(stored) for stored in result.get("faults", []) if stored["kind"] != Kind.TWO_DEPARTMENTS],
        "notes": [note_text(read_note(stored)) for stored in result.get("notes", [])],
        "corrections": [_line(stored) for stored in result.get("corrections", [])],
        "understood_columns": [_column(column) for column in result.get("columns", []) if column["field"]],
        "unused_columns": [
            column["heading"] or column["letter"] for column in result.get("columns", []) if not column["field"]
        ],
        "parts": _parts(result) if "added" in result else [],
        "emptied": [_emptied(entry) for entry in result.get("emptied", [])],
        "emptied_if_complete": [_emptied(entry) for entry in result.get("emptied_if_complete", [])],
    }


def _line(stored: dict[str, Any]) -> Line:
    finding = read_finding(stored)
    return Line(finding.row, stored.get("name", ""), finding.column, finding.value, problem(finding), remedy(finding))


def _column(column: Mapping[str, Any]) -> tuple[str, str]:
    """What it is called in the file, and what we take it for."""
    name = column["heading"] or _("Column %(letter)s") % {"letter": column["letter"]}
    return name, str(Field(column["field"]).label)


def _parts(result: Mapping[str, Any]) -> list[Part]:
    counts = result["counts"]
    left_out = [_left_out(entry) for entry in result["left_out"]]
    renamed = [_renamed(was, now) for was, now in result.get("renamed", [])]
    parts = [
        Part("added", _("New on the staff list"), counts["added"], [_added(entry) for entry in result["added"]]),
        Part("changed", _("Something changes"), counts["changed"], [_changed(entry) for entry in result["changed"]]),
        Part("moved", _("To another department"), counts["moved"], [_moved(entry) for entry in result["moved"]]),
        Part("gone", _("Has left, the file says"), counts["gone"], result["gone"]),
        Part("missing", _("On our staff list but not in the file"), counts["missing"], result["missing"]),
        Part("left_out", _("Rows that are left out"), counts["left_out"], left_out),
        Part("departments", _("New departments"), counts["new_departments"], result["new_departments"]),
        Part("renamed", _("Called otherwise here than in the file"), len(renamed), renamed),
    ]
    return [part for part in parts if part.total]


def _renamed(was: str, now: str) -> str:
    return _("“%(was)s” in the file is “%(now)s” here") % {"was": was, "now": now or "/"}


def _emptied(entry: Mapping[str, Any]) -> str:
    if not entry["managers"]:
        return str(entry["path"])
    names = ", ".join(entry["managers"])
    return _("%(path)s (has a role for it: %(names)s)") % {"path": entry["path"], "names": names}


def _who(entry: Mapping[str, Any]) -> str:
    return f"{entry['name']} ({entry['number']})" if entry["number"] else entry["name"]


def _added(entry: Mapping[str, Any]) -> str:
    return f"{_who(entry)}: {entry['to'] or '/'}"


def _moved(entry: Mapping[str, Any]) -> str:
    return f"{_who(entry)}: {entry['from'] or '/'} → {entry['to'] or '/'}"


def _changed(entry: Mapping[str, Any]) -> str:
    return f"{_who(entry)}: {'; '.join(_change(change) for change in entry['changes'])}"


def _change(change: Mapping[str, Any]) -> str:
    field = change["field"]
    if field == "left_on":
        left = date.fromisoformat(change["was"])
        return _("back in service (had left on %(day)s)") % {"day": date_format(left, "j F Y")}
    return f"{field_name(field)} {_value(field, change['was'])} → {_value(field, change['is'])}"


def _value(field: str, value: Any) -> str:
    if isinstance(value, bool) or field == "language":
        return value_in_words(field, value)
    return f"“{value}”" if value else _("empty")


def _left_out(entry: Mapping[str, Any]) -> str:
    return _("Row %(row)s: %(reason)s (%(name)s)") % {
        "row": entry["row"],
        "name": entry["name"],
        "reason": reason(entry["reason"]),
    }
