"""Findings and refusals in words: what is wrong, and what would be right."""

from typing import Any

from django.utils.translation import gettext as _

from organisations.models import LANGUAGE_CHOICES
from organisations.staff_list.fields import Field
from organisations.staff_list.findings import Finding, Kind
from organisations.staff_list.tables import MAX_BYTES, MAX_CELL, MAX_COLUMNS, MAX_ROWS
from organisations.staff_list.workbooks import MAX_UNPACKED


def problem(finding: Finding) -> str:
    """What is wrong, or what was put right."""
    texts = {
        Kind.BAD_ADDRESS: _("This is not an e-mail address."),
        Kind.DOUBLE_ADDRESS: _("This address is also in row %(other)s, with another name."),
        Kind.ADDRESS_TAKEN: _("On our staff list this address belongs to %(other)s, who is not in the file."),
        Kind.EMPTY_DEPARTMENT: _("The department is missing."),
        Kind.BAD_DEPARTMENT: _("This department has a name that is too long."),
        Kind.DOUBLE_NUMBER: _("This staff number is also in row %(other)s, with another name."),
        Kind.UNKNOWN_LANGUAGE: _("This language is not known here."),
        Kind.UNKNOWN_YES_NO: _("This is neither yes nor no."),
        Kind.NO_FAMILY_NAME: _("The last name is missing."),
        Kind.BAD_DATE: _("This is not a date."),
        Kind.TOO_LONG: _("This is too long."),
        Kind.FORMULA_ERROR: _("The spreadsheet shows an error in this cell instead of a value."),
        Kind.TWO_DEPARTMENTS: _("The same person is here with two departments, also with “%(other)s”."),
        Kind.NUMBER_OF_OTHER: _(
            "On our staff list this number belongs to %(other)s, whose name and e-mail address are different."
        ),
        Kind.NO_NUMBERS: _(
            "Is this really a staff number? %(other)s of these numbers belong to somebody else on our staff list. A "
            "number that only counts the rows goes to other people each time."
        ),
        Kind.NO_COLUMN: _missing_column(finding),
        Kind.NO_PEOPLE: _("There is nobody in this file who is in service."),
        Kind.ADDRESS_TIDIED: _("Capitals, spaces or unusual letters in the address."),
        Kind.PATH_TIDIED: _("Stray spaces in the department."),
        Kind.SLASH_REPLACED: _("A department's name cannot hold “/”."),
        Kind.TWO_ADDRESSES: _("The same person is here with two e-mail addresses."),
    }
    return texts[finding.kind] % {"other": finding.other}


def remedy(finding: Finding) -> str:
    """What would be right, or what we made of it."""
    texts = {
        Kind.BAD_ADDRESS: _(
            "Write a full address, such as name@organisation.nl, or leave the cell empty: this person then gets a code."
        ),
        Kind.DOUBLE_ADDRESS: _("Give each person an address of their own, or leave one of the two empty."),
        Kind.ADDRESS_TAKEN: _("Correct the address in the file, or change it for that person on the staff list."),
        Kind.EMPTY_DEPARTMENT: _("Write the department, with those above it, such as “Care / Night shift”."),
        Kind.BAD_DEPARTMENT: _("Use names of at most %(other)s characters."),
        Kind.DOUBLE_NUMBER: _("Give each person a number of their own."),
        Kind.UNKNOWN_LANGUAGE: _("Write nl or en, or leave the cell empty."),
        Kind.UNKNOWN_YES_NO: _("Write yes or no, or leave the cell empty: that means no."),
        Kind.NO_FAMILY_NAME: _("Write the last name."),
        Kind.BAD_DATE: _("Write the date as day-month-year, such as 31-12-2026, or leave the cell empty."),
        Kind.TOO_LONG: _("Use at most %(other)s characters."),
        Kind.FORMULA_ERROR: _("Correct the formula in the spreadsheet, or write the value itself."),
        Kind.TWO_DEPARTMENTS: _("Choose which department counts."),
        Kind.NUMBER_OF_OTHER: _(
            "Is this somebody else? Give this person a number of their own. Is it the same person? Then first change "
            "the name on the staff list by hand."
        ),
        Kind.NO_NUMBERS: _("If it is not, choose below that this column is not used. We then go by address and name."),
        Kind.NO_COLUMN: _("Say below which column it is, or add the column to the file."),
        Kind.NO_PEOPLE: _(
            "Check that this is the right file, and that we have recognised the first and last day of work correctly."
        ),
        Kind.ADDRESS_TIDIED: _("Becomes %(other)s"),
        Kind.PATH_TIDIED: _("Becomes %(other)s"),
        Kind.SLASH_REPLACED: _("Becomes %(other)s"),
        Kind.TWO_ADDRESSES: _("We use %(other)s"),
    }
    return texts[finding.kind] % {"other": finding.other}


def _missing_column(finding: Finding) -> str:
    if finding.other == Field.DEPARTMENT:
        return _("No column with the department was found.")
    return _("No column with the last name was found.")


def place(finding: Finding) -> str:
    """Where: for the command."""
    if not finding.row:
        return _("the file")
    if not finding.column:
        return _("row %(row)s") % {"row": finding.row}
    return _("row %(row)s, column %(column)s") % {"row": finding.row, "column": finding.column}


def read_finding(stored: dict[str, Any]) -> Finding:
    """Of a result that was kept as data."""
    return Finding(Kind(stored["kind"]), stored["row"], stored["column"], stored["value"], stored["other"])


def unreadable(code: str, detail: str) -> str:
    """Why the file as a whole cannot be read, and what to do."""
    texts = {
        "too_large": _(
            "This file is larger than %(megabytes)s MB. Remove columns that are not needed, or save it as CSV."
        ),
        "empty": _("This file is empty. Export the staff list again."),
        "old_office": _(
            "This is an old Excel file (.xls), or one with a password. Open it in Excel and save it as “Excel "
            "workbook (.xlsx)” without a password."
        ),
        "web_page": _(
            "This is a web page that was saved as a spreadsheet. Open it in Excel and save it as “Excel "
            "workbook (.xlsx)”."
        ),
        "other_sheet": _(
            "This kind of spreadsheet cannot be read. Open it in Excel or LibreOffice and save it as “Excel workbook"
            " (.xlsx)”."
        ),
        "not_a_sheet": _("This is not a spreadsheet. Use an Excel workbook (.xlsx) or a CSV file."),
        "no_staff_list": _(
            "This does not look like a staff list: we find no columns with names and departments. Choose another "
            "file, or put above each column what is in it."
        ),
        "damaged": _("This workbook is damaged. Open it in Excel, save it under another name and try again."),
        "unpacks_too_large": _(
            "This workbook takes more than %(unpacked)s MB when it is unpacked. Keep only the sheet with the "
            "staff list, or save that as CSV."
        ),
        "too_many_columns": _(
            "Row %(detail)s has more than %(columns)s columns. Keep only the columns that are needed."
        ),
        "too_many_rows": _("This file has more than %(rows)s rows. Keep only the staff list, or split it."),
        "cell_too_long": _(
            "A cell in row %(detail)s has more than %(cell)s characters. Is there a quotation mark too few or too many?"
        ),
        "bad_quotes": _(
            "Row %(detail)s cannot be read. Check the quotation marks in this row, or save the file as an Excel "
            "workbook (.xlsx)."
        ),
    }
    return texts[code] % {
        "detail": detail,
        "megabytes": MAX_BYTES // 1_000_000,
        "unpacked": MAX_UNPACKED // 1_000_000,
        "columns": MAX_COLUMNS,
        "rows": f"{MAX_ROWS:,}".replace(",", " "),
        "cell": MAX_CELL,
    }


def reason(code: str) -> str:
    """Why a row was left out."""
    texts = {
        "leaver": _("has left"),
        "not_started": _("has not started yet"),
        "total": _("a total"),
        "note": _("a remark, no person"),
        "heading": _("the headings again"),
        "again": _("second row of the same person"),
    }
    return texts[code]


def value_in_words(field: str, value: object) -> str:
    """Of what changes in a person."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if field == "language":
        return str(dict(LANGUAGE_CHOICES).get(str(value), value))
    return str(value)


def field_name(name: str) -> str:
    """Of what changes in a person."""
    return _("Back in service") if name == "left_on" else str(Field(name).label)
