"""Where the web server listens: options that `serve` and `web` share."""

from argparse import ArgumentParser
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import CommandError

from jobs.arguments import a_number, a_port, an_address
from jobs.serving import Address


def add_web_options(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--host", type=an_address, default="127.0.0.1", help="address to listen on (default: %(default)s)"
    )
    parser.add_argument("--port", type=a_port, help="port to listen on (default: that of a local LEERSCAN_BASE_URL)")
    parser.add_argument("--processes", type=a_number, default=1, help="web processes (default: %(default)s)")


def address_of(options: Mapping[str, Any]) -> Address:
    return Address(options["host"], _port(options["port"]))


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
