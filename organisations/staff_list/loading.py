"""Bring a staff list in at once, without questions: for the command and for the demo."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _
from django_scopes import scope

from organisations.commands import InputError, unreadable_file
from organisations.models import Organisation
from organisations.named import organisation_named
from organisations.staff_list.applying import apply_entries, record_import
from organisations.staff_list.fields import LEVELS, PLACES, Field, heading_key
from organisations.staff_list.layout import Column
from organisations.staff_list.planning import Plan
from organisations.staff_list.tables import MAX_BYTES, UnreadableError
from organisations.staff_list.understanding import Understood, understand
from organisations.staff_list.wording import unreadable


class _DryRunError(Exception):
    """Rolls a dry run back."""


@dataclass(frozen=True)
class Loaded:
    organisation: Organisation
    understood: Understood
    plan: Plan


@dataclass(frozen=True)
class Told:
    """What somebody says about the file on the command line, where it cannot be asked."""

    sheet: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    """A Field by heading or letter; empty: not used."""
    departments: Mapping[str, str] = field(default_factory=dict)
    """Which one counts for somebody who has two: a path by staff number or address."""


def read_file(organisation: Organisation, file: Path, told: Told | None = None) -> Understood:
    """Call it inside the scope. Raises InputError."""
    told = told or Told()
    try:
        if file.stat().st_size > MAX_BYTES:
            raise UnreadableError("too_large")
        return _understood(organisation, file.read_bytes(), told)
    except OSError as fault:
        raise unreadable_file(file, fault) from fault
    except UnreadableError as fault:
        raise InputError(unreadable(fault.code, fault.detail)) from fault


def _understood(organisation: Organisation, content: bytes, told: Told) -> Understood:
    first = understand(organisation, content, sheet=told.sheet)
    if told.sheet and first.sheet != told.sheet:
        sheets = ", ".join(first.sheets) or _("a CSV file has none")
        raise InputError(
            _("There is no sheet “%(sheet)s” in this file. Choose one of: %(sheets)s.")
            % {"sheet": told.sheet, "sheets": sheets}
        )
    if not told.columns:
        return first
    return understand(organisation, content, sheet=first.sheet, columns=_corrected(first.layout.columns, told.columns))


def _corrected(columns: Sequence[Column], told: Mapping[str, str]) -> dict[str, str]:
    """What the columns hold by number: as recognised, but for what was said, and for what that leaves no room for."""
    said = {_column(columns, name).index: meaning for name, meaning in told.items()}
    gone = {gone for meaning in said.values() for gone in _instead_of(meaning)}
    recognised = {
        column.index: "" if column.field in gone else column.field for column in columns if column.index not in said
    }
    return {str(index): meaning for index, meaning in (recognised | said).items()}


def _column(columns: Sequence[Column], name: str) -> Column:
    for column in columns:
        if heading_key(name) and heading_key(column.heading) == heading_key(name):
            return column
    for column in columns:
        if column.letter == name.strip().upper():
            return column
    names = ", ".join(f"{column.letter} {column.heading}".strip() for column in columns)
    raise InputError(_("There is no column “%(name)s”. Choose one of: %(names)s.") % {"name": name, "names": names})


def _instead_of(meaning: str) -> set[str]:
    """A field is in one column, a name is whole or in parts, and a department is a path or levels."""
    if meaning == Field.DEPARTMENT:
        return set(PLACES)
    if meaning in LEVELS:
        return {meaning, Field.DEPARTMENT}
    if meaning == Field.FULL_NAME:
        return {Field.FULL_NAME, Field.FAMILY_NAME}
    return {meaning}


def load_staff(organisation: Organisation, file: Path) -> Plan:
    """Everybody in the file onto the staff list. Call it inside the scope. Raises InputError when there are faults."""
    plan = apply_entries(organisation, read_file(organisation, file).entries, {}, is_complete=False)
    if not plan.is_valid:
        raise InputError(_("%(file)s has faults; import it with: manage.py import_people") % {"file": file})
    return plan


def import_file(name: str, file: Path, told: Told, *, create: bool, dry_run: bool, is_complete: bool) -> Loaded:
    """`manage.py import_people`. With faults, nothing is stored. Raises InputError when there is nothing to plan."""
    outcome: list[Loaded] = []
    try:
        with transaction.atomic():
            organisation = organisation_named(name, create=create)
            with scope(organisation=organisation):
                understood = read_file(organisation, file, told)
                plan = apply_entries(organisation, understood.entries, told.departments, is_complete=is_complete)
                record_import(organisation, plan, file.name, None)
            outcome.append(Loaded(organisation, understood, plan))
            if dry_run or not plan.is_valid:
                raise _DryRunError
    except _DryRunError:
        pass
    return outcome[0]
