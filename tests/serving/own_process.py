"""What a process of its own needs to work on the test's database with the test's keys."""

import os
import random
import socket

from django.conf import settings
from django.db import connection

# Below those that Linux hands out by itself: while a server is down, nobody else gets its port.
LOWEST, HIGHEST = 20_000, 32_000
_chance = random.SystemRandom()


def environment_of_the_test() -> dict[str, str]:
    """The database must hold committed data: django_db(transaction=True)."""
    name = connection.settings_dict["NAME"]
    url = f"sqlite://{name}" if connection.vendor == "sqlite" else f"postgresql://leerscan@/{name}"
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": url,
        "LEERSCAN_SCAN_KEY": settings.SCAN_KEY,
        "LEERSCAN_SECRET_KEY": settings.SECRET_KEY,
    }


def steady_port() -> int:
    """A free port of 127.0.0.1 that stays free while a server on it is restarted."""
    while True:
        port = _chance.randrange(LOWEST, HIGHEST)
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return port
