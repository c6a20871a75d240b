"""Bring a staff list in at once, without questions: for the command and for the demo."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _
from django_scopes import scope

from organisations.commands import InputError
from organisations.models import Organisation
from organisations.named import organisation_named
from organisations.staff_list.applying import apply_entries, record_import
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


def read_file(organisation: Organisation, file: Path) -> Understood:
    """Call it inside the scope. Raises InputError."""
    try:
        if file.stat().st_size > MAX_BYTES:
            raise UnreadableError("too_large")
        return understand(organisation, file.read_bytes())
    except OSError as fault:
        reason = fault.strerror or str(fault)
        raise InputError(_("%(file)s cannot be read: %(reason)s.") % {"file": file, "reason": reason}) from fault
    except UnreadableError as fault:
        raise InputError(unreadable(fault.code, fault.detail)) from fault


def load_staff(organisation: Organisation, file: Path) -> Plan:
    """Everybody in the file onto the staff list. Call it inside the scope. Raises InputError when there are faults."""
    plan = apply_entries(organisation, read_file(organisation, file).entries, {}, is_complete=False)
    if not plan.is_valid:
        raise InputError(_("%(file)s has faults; import it with: manage.py import_people") % {"file": file})
    return plan


def import_file(
    name: str, file: Path, *, create: bool, dry_run: bool, is_complete: bool, choices: Mapping[str, str]
) -> Loaded:
    """`manage.py import_people`. With faults, nothing is stored. Raises InputError when there is nothing to plan."""
    outcome: list[Loaded] = []
    try:
        with transaction.atomic():
            organisation = organisation_named(name, create=create)
            with scope(organisation=organisation):
                understood = read_file(organisation, file)
                plan = apply_entries(organisation, understood.entries, choices, is_complete=is_complete)
                record_import(organisation, plan, file.name, None)
            outcome.append(Loaded(organisation, understood, plan))
            if dry_run or not plan.is_valid:
                raise _DryRunError
    except _DryRunError:
        pass
    return outcome[0]
