"""What all our commands have in common: faults a person can mend become one clear message and exit code 1."""

import os
from abc import ABC, abstractmethod
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, ProgrammingError
from django.utils import translation
from django.utils.translation import gettext as _

from jobs.running import BusyElsewhereError


class InputError(Exception):
    """Something in the input is wrong; the text says what, where, and what would be right."""


class OwnCommand(BaseCommand, ABC):
    @abstractmethod
    def work(self, options: dict[str, Any]) -> None: ...

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with translation.override(_terminal_language()):
                self.work(options)
        except (InputError, BusyElsewhereError) as fault:
            raise CommandError(str(fault)) from fault
        except (OperationalError, ProgrammingError) as fault:
            if "no such table" in str(fault) or "does not exist" in str(fault):
                raise CommandError(_("The database has no tables yet. Run: manage.py migrate")) from fault
            raise


def _terminal_language() -> str:
    """Dutch, unless the terminal is set to English."""
    wish = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "en" if wish.startswith("en") else "nl"
