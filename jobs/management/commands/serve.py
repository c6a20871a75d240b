"""One command that runs everything: web server and worker."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from jobs.serving import Address, ServingError, serve


class Command(BaseCommand):
    help = "Run the web server and the worker until Ctrl-C (or a signal) stops both."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
        parser.add_argument("--port", type=int, help="port to listen on (default: that of a local LEERSCAN_BASE_URL)")
        parser.add_argument("--processes", type=int, default=1, help="web processes (default: %(default)s)")
        parser.add_argument("--mail-folder", type=Path, help="also take mail over SMTP and write it to this folder")

    def handle(self, *args: Any, **options: Any) -> None:
        address = Address(options["host"], _port(options["port"]))
        try:
            serve(address, options["processes"], options["mail_folder"], self._say_ready)
        except ServingError as fault:
            raise CommandError(str(fault)) from fault

    def _say_ready(self) -> None:
        self.stdout.write(f"Leerscan runs on {settings.BASE_URL}")
        self.stdout.flush()


def _port(wish: int | None) -> int:
    """Of a local address the port must be the one that people are told; behind a proxy it may be another."""
    parts = urlsplit(settings.BASE_URL)
    is_local = parts.hostname in ("127.0.0.1", "localhost")
    told = (parts.port or 80) if is_local else None
    if wish and told and wish != told:
        raise CommandError(
            f"LEERSCAN_BASE_URL is {settings.BASE_URL}; start with --port {told}, or set it to port {wish} too."
        )
    return wish or told or 8000
