"""One command that runs everything: web server and worker."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from jobs.serving import Address, ServingError, serve


class Command(BaseCommand):
    help = "Run the web server and the worker until Ctrl-C (or a signal) stops both."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
        parser.add_argument("--port", type=int, default=8000, help="port to listen on (default: %(default)s)")
        parser.add_argument("--processes", type=int, default=1, help="web processes (default: %(default)s)")
        parser.add_argument("--mail-folder", type=Path, help="also take mail over SMTP and write it to this folder")

    def handle(self, *args: Any, **options: Any) -> None:
        address = Address(options["host"], options["port"])
        try:
            serve(address, options["processes"], options["mail_folder"], self._say_ready)
        except ServingError as fault:
            raise CommandError(str(fault)) from fault

    def _say_ready(self) -> None:
        self.stdout.write(f"Leerscan runs on {settings.BASE_URL}")
        self.stdout.flush()
