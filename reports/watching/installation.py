"""What runs here, on what, and with how much room."""

import shutil
import tomllib
from functools import cache

from django.conf import settings
from django.db import connection

# One answer is a few hundred bytes: a step this large says of no moment that somebody answered.
DATABASE_STEP = 100_000_000
GIGABYTE = 1_000_000_000
SIZES = {
    "sqlite": "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()",
    "postgresql": "SELECT pg_database_size(current_database())",
}


@cache
def version() -> str:
    project = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text(encoding="utf-8"))
    return str(project["project"]["version"])


def database_bytes() -> int:
    """Rounded up to whole steps."""
    with connection.cursor() as cursor:
        cursor.execute(SIZES[connection.vendor])
        size = int(cursor.fetchone()[0])
    return -(-size // DATABASE_STEP) * DATABASE_STEP


def database_name() -> str:
    """What it is, in words that an administrator knows."""
    return {"sqlite": "SQLite", "postgresql": "PostgreSQL"}.get(connection.vendor, connection.vendor)


def free_gigabytes() -> int:
    """Of the disk with LEERSCAN_HOME on this machine, rounded down."""
    return shutil.disk_usage(settings.HOME).free // GIGABYTE
