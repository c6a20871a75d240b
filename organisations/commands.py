"""What all our commands have in common: faults a person can mend become one clear message and exit code 1."""

import errno
import os
import pwd
from abc import ABC, abstractmethod
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import Error, connection
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobs.database_faults import cannot_be_used, lacks_tables
from jobs.running import BusyElsewhereError


class InputError(Exception):
    """Something in the input is wrong; the text says what, where, and what would be right."""


WHY_NOT = {
    errno.ENOENT: gettext_lazy("nothing of that name is there"),
    errno.EISDIR: gettext_lazy("it is a folder"),
    errno.ENOTDIR: gettext_lazy("there is a file where a folder should be"),
    errno.EEXIST: gettext_lazy("there is a file where a folder should be"),
    errno.EACCES: gettext_lazy("this user may not do that"),
    errno.EPERM: gettext_lazy("this user may not do that"),
    errno.EROFS: gettext_lazy("nothing can be written there"),
    errno.ENOSPC: gettext_lazy("the disk is full"),
}


def unreadable_file(file: Path, fault: OSError) -> InputError:
    return InputError(_("%(file)s cannot be read: %(reason)s.") % {"file": file, "reason": _why_not(fault)})


def unwritable_file(file: Path, fault: OSError) -> InputError:
    return InputError(_("%(file)s cannot be written: %(reason)s.") % {"file": file, "reason": _why_not(fault)})


def _why_not(fault: OSError) -> str:
    """The system's own words for what is rare."""
    return str(WHY_NOT.get(fault.errno or 0, fault.strerror or str(fault)))


class OwnCommand(BaseCommand, ABC):
    @abstractmethod
    def work(self, options: dict[str, Any]) -> None: ...

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override(_terminal_language()):
            try:
                self.work(options)
            except (InputError, BusyElsewhereError) as fault:
                raise CommandError(str(fault)) from fault
            except Error as fault:
                if said := _of_the_database(fault):
                    raise CommandError(said) from fault
                raise


def _of_the_database(fault: Error) -> str:
    """Empty: a fault of the program."""
    if lacks_tables(fault):
        return _("The database has no tables yet. Run: manage.py migrate")
    if why := cannot_be_used(fault):
        return " ".join([_("The database cannot be used: %(why)s.") % {"why": why}, *_whose_file_it_is()])
    return ""


def _whose_file_it_is() -> list[str]:
    """Most often one works as oneself instead of as the user that Leerscan runs as."""
    if connection.vendor != "sqlite":
        return []
    about = {"file": connection.settings_dict["NAME"], "user": _user()}
    return [_("It is the file %(file)s, and you are the user %(user)s.") % about]


def _user() -> str:
    """Who this process works as, whatever the environment says; in a container that may be a number without a name."""
    number = os.geteuid()
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return str(number)


def _terminal_language() -> str:
    """Dutch, unless the terminal is set to English."""
    wish = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "en" if wish.startswith("en") else "nl"
