"""An example of a staff list, for who has no HR system to export from."""

import csv
import io

from django.utils.translation import gettext as _


def template_file() -> bytes:
    """CSV as Excel opens it by a double click: with semicolons and a mark that says UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerows([_headings(), *_examples()])
    return out.getvalue().encode("utf-8-sig")


def _headings() -> list[str]:
    return [
        _("Staff number"),
        _("First name"),
        _("Name prefix"),
        _("Last name"),
        _("E-mail address"),
        _("Department"),
        _("Manager (yes or no)"),
        _("Language"),
    ]


def _examples() -> list[list[str]]:
    department, above = _("Care / Night shift"), _("Care")
    yes, no = _("yes"), _("no")
    return [
        ["10001", "Anna", "van", "Jansen", "anna.van.jansen@example.org", department, no, "nl"],
        ["10002", "Sam", "", "Bakker", "", above, yes, "en"],
    ]
