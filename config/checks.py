"""What `manage.py check --deploy` says about an installation that staff are about to use: what is missing, and what
would be right. Only settings are looked at here; what servers answer stands in config/server_checks.py.
"""

from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register  # noqa: A004 -- Django's name
from django.db import connection

from config import environment, server_checks

SHORTEST_KEY, FEWEST_CHARACTERS = 50, 10
THIS_MACHINE = ("localhost", "127.0.0.1", "::1")
Messages = Iterator[CheckMessage]


def _address() -> Messages:
    if not settings.HTTPS:
        yield Warning(
            f"LEERSCAN_BASE_URL is {settings.BASE_URL}: whoever is on the network can read links and answers.",
            hint="Give it an address that begins with https://, behind a proxy with a certificate.",
            id="leerscan.W001",
        )
    elif not settings.BEHIND_PROXY:
        yield Warning(
            "The address is https, but LEERSCAN_BEHIND_PROXY is not set: every page would be redirected for ever, and "
            "limits would count all people as one.",
            hint="Set LEERSCAN_BEHIND_PROXY=1, and let the proxy set X-Forwarded-Proto and X-Forwarded-For itself.",
            id="leerscan.W003",
        )
    if settings.DEBUG:
        yield Warning(
            "LEERSCAN_DEBUG is on: pages of errors show links and statements to whoever caused them.",
            hint="Leave LEERSCAN_DEBUG out.",
            id="leerscan.W002",
        )


def _keys() -> Messages:
    in_files = [name for name, is_given in settings.KEYS_GIVEN.items() if not is_given]
    if in_files and has_several_machines():
        yield Warning(
            f"{' and '.join(in_files)} would be made by each machine for itself: links of one would fail at others.",
            hint="Set them in the environment of every machine, the same on all; keep them apart from the database.",
            id="leerscan.W004",
        )
    if settings.SECRET_KEY == settings.SCAN_KEY:
        yield Error(
            "LEERSCAN_SECRET_KEY and LEERSCAN_SCAN_KEY are the same: neither could be replaced alone.",
            hint="Write other random characters for LEERSCAN_SECRET_KEY. People log in once more, links in mails stay.",
            id="leerscan.E005",
        )
    for name, key in (("LEERSCAN_SECRET_KEY", settings.SECRET_KEY), ("LEERSCAN_SCAN_KEY", settings.SCAN_KEY)):
        if len(key) < SHORTEST_KEY or len(set(key)) < FEWEST_CHARACTERS:
            yield Warning(
                f"{name} is short, or made of few different characters.",
                hint=f'Write at least {SHORTEST_KEY} random ones: python3 -c "import secrets; '
                'print(secrets.token_urlsafe(48))". The former key goes to the setting of the same name that ends '
                "in _FALLBACKS.",
                id="leerscan.W006",
            )


def _machines() -> Messages:
    if not settings.QUEUE_URL:
        return
    if is_sqlite():
        yield Error(
            "LEERSCAN_QUEUE_URL is set, but the database is SQLite: a file that only one machine can use.",
            hint="Set DATABASE_URL to a PostgreSQL, or leave LEERSCAN_QUEUE_URL out on a single machine.",
            id="leerscan.E007",
        )
    if not settings.CACHE_URL:
        yield Warning(
            "LEERSCAN_QUEUE_URL is set, but LEERSCAN_CACHE_URL is not: each web process counts limits by itself, so "
            "that four processes let through four times as many wrong passwords and codes.",
            hint="Set LEERSCAN_CACHE_URL, for example redis://host:6379/1.",
            id="leerscan.W008",
        )


def _mail() -> Messages:
    if settings.DEFAULT_FROM_EMAIL == settings.BUILT_IN_SENDER:
        yield Warning(
            "LEERSCAN_FROM is not set: mails would come from leerscan@localhost, and most servers refuse those.",
            hint='Set LEERSCAN_FROM, for example "Leerscan <leerscan@example.org>".',
            id="leerscan.W009",
        )
    server: Any = settings.MAILERS["default"].get("OPTIONS", {})
    if (server.get("host"), server.get("port")) == ("127.0.0.1", 8025):
        yield Warning(
            "No mail server is named: mails would be offered to port 8025 of this machine, where nobody takes them.",
            hint="Set LEERSCAN_SMTP_HOST and LEERSCAN_SMTP_PORT, and what it needs of user, password and TLS.",
            id="leerscan.W010",
        )
    if not settings.SENDER_DOMAINS:
        yield Warning(
            "LEERSCAN_SENDER_DOMAINS is not set: an organisation can send mails through your server in the name of "
            "anybody.",
            hint="Name the domains that your mail server may send for, with commas between them.",
            id="leerscan.W011",
        )
    if _shows_its_password(server):
        yield Warning(
            "LEERSCAN_SMTP_USER is set, but neither LEERSCAN_SMTP_TLS nor LEERSCAN_SMTP_SSL: the password, and every "
            "mail with its link, goes to the mail server for anybody on the network to read.",
            hint="Set LEERSCAN_SMTP_TLS=1 with port 587, or LEERSCAN_SMTP_SSL=1 with port 465.",
            id="leerscan.W018",
        )


def _shows_its_password(server: dict[str, Any]) -> bool:
    is_encrypted = server.get("use_tls") or server.get("use_ssl")
    is_far = str(server.get("host", "")).lower() not in THIS_MACHINE
    return bool(server.get("username")) and is_far and not is_encrypted


def _names() -> Messages:
    for name in environment.unknown():
        meant = environment.likely_meant(name)
        yield Warning(
            f"{name} is not a setting of Leerscan: what stands there does nothing.",
            hint=(f"Did you mean {meant}? " if meant else "Leave it out. ") + "All settings stand in docs/settings.md.",
            id="leerscan.W019",
        )


def has_several_machines() -> bool:
    """As far as settings tell: who uses a server as database or queue, can add a machine."""
    return bool(settings.QUEUE_URL) or not is_sqlite()


def is_sqlite() -> bool:
    return connection.vendor == "sqlite"


PARTS: tuple[Callable[[], Messages], ...] = (
    _address,
    _keys,
    _machines,
    _mail,
    _names,
    server_checks.cache,
    server_checks.queue,
    server_checks.database,
)


@register(Tags.security, deploy=True)
def check_installation(**kwargs: Any) -> list[CheckMessage]:
    return [message for part in PARTS for message in part()]
