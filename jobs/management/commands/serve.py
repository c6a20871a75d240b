"""One command that runs everything: web server and worker."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from jobs.arguments import a_path
from jobs.management.web_options import add_web_options, address_of
from jobs.serving import ServingError, serve


class Command(BaseCommand):
    help = "Run the web server and the worker until Ctrl-C (or a signal) stops both."

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_web_options(parser)
        parser.add_argument("--mail-folder", type=a_path, help="also take mail over SMTP and write it to this folder")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            serve(address_of(options), options["processes"], options["mail_folder"], self._say_ready)
        except ServingError as fault:
            raise CommandError(str(fault)) from fault

    def _say_ready(self) -> None:
        self.stdout.write(f"Leerscan runs on {settings.BASE_URL}")
        self.stdout.flush()
