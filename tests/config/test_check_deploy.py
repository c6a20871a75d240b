"""`manage.py check --deploy` on real servers: what is missing is named, and with everything right it finds nothing."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.config.manage import manage
from tests.postgres import PrivatePostgres
from tests.redis import PrivateRedis

RIGHT = {
    "LEERSCAN_BASE_URL": "https://leerscan.example.org",
    "LEERSCAN_BEHIND_PROXY": "1",
    "LEERSCAN_SECRET_KEY": "zVb3jUuKqS1o7WcT0yHq2mRk9eLxPd5nFa8gYtJi4wQrXs6vBhNzCuEpMoAl",
    "LEERSCAN_SCAN_KEY": "Gm4tQe9rLw2nYk7uVx5bJc1sZd8fHa3pTi6oRg0yXvNqWlKjMhBuCzEsDfPa",
    "LEERSCAN_FROM": "Leerscan <leerscan@example.org>",
    "LEERSCAN_SENDER_DOMAINS": "example.org",
    "LEERSCAN_SMTP_HOST": "mail.example.org",
    "LEERSCAN_SMTP_PORT": "587",
    "LEERSCAN_SMTP_TLS": "1",
}


@pytest.fixture(scope="module")
def postgres() -> Iterator[tuple[str, str]]:
    """Its DATABASE_URL, and the folder of its socket."""
    server = PrivatePostgres()
    url = server.start()
    yield url, str(server.folder)
    server.stop()


@pytest.fixture
def redis() -> Iterator[PrivateRedis]:
    server = PrivateRedis()
    server.start()
    yield server
    server.stop()


def test_with_everything_right_it_finds_nothing_and_a_talkative_postgresql_is_named(
    tmp_path: Path, postgres: tuple[str, str], redis: PrivateRedis
) -> None:
    url, folder = postgres
    right = RIGHT | {
        "LEERSCAN_HOME": str(tmp_path),
        "DATABASE_URL": url,
        "PGHOST": folder,
        "LEERSCAN_QUEUE_URL": redis.url(0),
        "LEERSCAN_CACHE_URL": redis.url(1),
    }
    # As Debian installs it: a statement that fails is written down with its values.
    code, said = check(right)
    assert code == 1
    assert said.count("leerscan.") == 1
    assert "(leerscan.W017) PostgreSQL has log_min_error_statement = error" in said

    with psycopg.connect(f"host={folder} user=leerscan dbname=postgres", autocommit=True) as line:
        line.execute("ALTER DATABASE postgres SET log_min_error_statement = 'panic'")
    code, said = check(right)
    assert code == 0, said
    assert "no issues" in said


def check(settings: dict[str, str]) -> tuple[int, str]:
    done = manage("check", "--deploy", "--fail-level", "WARNING", **settings)
    return done.returncode, done.stdout + done.stderr
