#!/usr/bin/env python
"""Django's command line, for this project."""

import os
import signal
import sys
from typing import NoReturn

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        _execute()
    except ImproperlyConfigured as fault:
        # Whoever wrote a wrong setting needs the one line that names it; what comes up later is a fault of the program.
        if settings.configured:
            raise
        sys.exit(str(fault))
    except KeyboardInterrupt:
        _end_as_interrupted()
    except BrokenPipeError:
        _end_unread()


def _execute() -> None:
    try:
        execute_from_command_line(sys.argv)
    finally:
        if sys.stdout:
            sys.stdout.flush()  # here, and not when nobody can say any more what went wrong


def _end_as_interrupted() -> NoReturn:
    """Of the signal itself, so that a script that runs this command stops too.

    But systemd takes that for a good end, and the first process of a container is not ended by it.
    """
    sys.stderr.write("\nInterrupted before it was done.\n")
    sys.stderr.flush()
    if "INVOCATION_ID" not in os.environ:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        signal.raise_signal(signal.SIGINT)
    sys.exit(128 + signal.SIGINT)


def _end_unread() -> NoReturn:
    """Whoever read what this command says has stopped: `| head -1`. Nothing more can be written there."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit("Nobody reads what this command says, so it ended before it had said all.")


if __name__ == "__main__":
    main()
