"""All that an import would do, as a CSV file: the page shows only the first names of each group."""

import csv
import io
from collections.abc import Iterator

from django.utils.translation import gettext as _

from organisations.staff_list.planning import Plan, Target
from organisations.staff_list.wording import field_name, reason, value_in_words

# Excel takes a cell that begins so for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def plan_file(plan: Plan) -> bytes:
    """As Excel opens it by a double click. In the language that is active."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(
        [_("What happens"), _("Row"), _("Staff number"), _("Name"), _("What changes"), _("Was"), _("Becomes")]
    )
    for line in _lines(plan):
        writer.writerow([_safe(str(cell)) for cell in line])
    return out.getvalue().encode("utf-8-sig")


def _lines(plan: Plan) -> Iterator[tuple[object, ...]]:
    department = _("Department")
    for target in plan.added:
        yield _("New"), *_who(target), department, "", target.path or "/"
    for target in plan.changed:
        for name in target.fields:
            was, now = getattr(target.was, name, None), getattr(target, name, None)
            yield _("Changed"), *_who(target), field_name(name), _cell(name, was), _cell(name, now)
    for target in plan.moved:
        yield _("To another department"), *_who(target), department, target.was_path or "/", target.path or "/"
    for leaving in plan.leaving:
        what = _("Has left") if leaving.said_by_file else _("Not in the file")
        yield what, "", leaving.person.number, leaving.person.name, "", "", ""
    for left in plan.left_out:
        yield _("Left out"), left.row, left.number, left.name, reason(left.reason), "", ""
    for path in plan.new_departments:
        yield _("New department"), "", "", "", department, "", path


def _who(target: Target) -> tuple[object, ...]:
    return target.row, target.number, target.name


def _cell(field: str, value: object) -> str:
    return "" if value is None or value == "" else value_in_words(field, value)


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA) else text
