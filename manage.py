#!/usr/bin/env python
"""Django's command line, for this project."""

import os
import sys

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as fault:
        # Whoever wrote a wrong setting needs the one line that names it; what comes up later is a fault of the program.
        if settings.configured:
            raise
        sys.exit(str(fault))


if __name__ == "__main__":
    main()
