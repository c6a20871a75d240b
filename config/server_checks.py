"""What Redis and PostgreSQL themselves say, for `manage.py check --deploy`: whether they keep what nobody may find.

No check shows an address, for it can hold a password.
"""

from collections.abc import Iterator

from django.conf import settings
from django.core.checks import CheckMessage, Info, Warning  # noqa: A004 -- Django's name
from django.db import DatabaseError, connection

ANSWER_SECONDS = 3
OLDEST_POSTGRESQL = 15
# What each setting must be so that no statement, with its values and its moment, is written down.
SILENT_LOG = {
    "log_statement": ("none",),
    "log_duration": ("off",),
    "log_min_duration_statement": ("-1",),
    "log_min_duration_sample": ("-1",),
    "log_transaction_sample_rate": ("0",),
    "log_min_error_statement": ("panic", "fatal"),
}


def cache() -> Iterator[CheckMessage]:
    if not settings.CACHE_URL:
        return
    from redis import Redis  # noqa: PLC0415 -- only where it is used
    from redis.exceptions import RedisError, ResponseError  # noqa: PLC0415

    try:
        with Redis.from_url(settings.CACHE_URL, socket_timeout=ANSWER_SECONDS, decode_responses=True) as server:
            server.ping()
            # One by one: several names in one question are known since Redis 7 only.
            kept = server.config_get("save") | server.config_get("appendonly")
    except ResponseError:
        yield Info(
            "The Redis of LEERSCAN_CACHE_URL does not tell whether it saves to disk.",
            hint="See to it that it does not: in which order, and when, people answered would stand on that disk.",
            id="leerscan.I012",
        )
    except RedisError as fault:
        yield _does_not_answer("LEERSCAN_CACHE_URL", fault)
    else:
        if kept.get("save") or kept.get("appendonly") == "yes":
            yield Warning(
                "The Redis of LEERSCAN_CACHE_URL saves to disk: which links were used in which hour would stand there.",
                hint='In its configuration: save "" and appendonly no. Then delete dump.rdb and appendonlydir.',
                id="leerscan.W013",
            )


def queue() -> Iterator[CheckMessage]:
    if not settings.QUEUE_URL:
        return
    from redis import Redis  # noqa: PLC0415 -- only where it is used
    from redis.exceptions import RedisError  # noqa: PLC0415

    try:
        with Redis.from_url(settings.QUEUE_URL, socket_timeout=ANSWER_SECONDS) as server:
            server.ping()
    except RedisError as fault:
        yield _does_not_answer("LEERSCAN_QUEUE_URL", fault)


def _does_not_answer(name: str, fault: Exception) -> CheckMessage:
    return Warning(
        f"The Redis of {name} does not answer ({type(fault).__name__}).",
        hint="Start it, or correct the address: redis://user:password@host:6379/0, or rediss:// with TLS.",
        id="leerscan.W014",
    )


def database() -> Iterator[CheckMessage]:
    if connection.vendor != "postgresql":
        return
    try:
        with connection.cursor() as cursor:
            cursor.execute("SHOW server_version_num")
            version = int(cursor.fetchone()[0]) // 10_000
            cursor.execute("SELECT name, setting FROM pg_settings WHERE name = ANY(%s)", [list(SILENT_LOG)])
            kept = dict(cursor.fetchall())
    except DatabaseError as fault:
        yield Warning(
            f"PostgreSQL does not answer ({type(fault).__name__}).",
            hint="Start it, or correct DATABASE_URL: postgresql://user:password@host:5432/name.",
            id="leerscan.W015",
        )
        return
    yield from old_version(version)
    yield from talkative(kept)


def old_version(version: int) -> Iterator[CheckMessage]:
    if version < OLDEST_POSTGRESQL:
        yield Warning(
            f"PostgreSQL is of version {version}; Leerscan is tested from {OLDEST_POSTGRESQL} on.",
            hint="Upgrade PostgreSQL.",
            id="leerscan.W016",
        )


def talkative(kept: dict[str, str]) -> Iterator[CheckMessage]:
    for name, right in SILENT_LOG.items():
        if (value := kept.get(name, right[0])) not in right:
            yield Warning(
                f"PostgreSQL has {name} = {value}: answers, or their moments, can come into its log.",
                hint=f"As its superuser: ALTER DATABASE … SET {name} = '{right[0]}'; then connect anew.",
                id="leerscan.W017",
            )
