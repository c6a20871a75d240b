"""Only the web server: on every further machine of a fleet, and beside a worker that runs by itself."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from jobs.management.web_options import add_web_options, address_of
from jobs.serving import ServingError, become_web_server


class Command(BaseCommand):
    help = "Run only the web server until Ctrl-C (or a signal); the long work is done elsewhere by `work`."

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_web_options(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            become_web_server(address_of(options), options["processes"])
        except ServingError as fault:
            raise CommandError(str(fault)) from fault
