"""Read settings from the environment; say which one is wrong and what would be right."""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

# Far more than the limits of logging in and of links need; some 25 MB if it ever were full.
CACHE_ENTRIES = 50_000


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default)


def yes_or_no(name: str) -> bool:
    """No, unless it says otherwise."""
    value = os.environ.get(name, "").strip().lower()
    if value in ("1", "true", "yes", "on"):
        return True
    if value in ("0", "false", "no", "off", ""):
        return False
    raise ImproperlyConfigured(f"{name} is {value!r}; write 1 or 0.")


def number(name: str, default: int) -> int:
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    if not value.isascii() or not value.isdigit():
        raise ImproperlyConfigured(f"{name} is {value!r}; write a whole number.")
    return int(value)


def words(name: str, default: list[str]) -> list[str]:
    """A list, written with commas between its members."""
    value = os.environ.get(name)
    if value is None:
        return default
    return [part.strip() for part in value.split(",") if part.strip()]


def key(name: str, folder: Path) -> str:
    """A secret from the environment, else from a file that is made once, readable by its owner only.

    A fleet gives every machine the same keys through the environment; a single machine needs no set-up.
    """
    value = os.environ.get(name)
    if value is not None:
        if len(value) < 32:
            raise ImproperlyConfigured(f"{name} has {len(value)} characters; write at least 32 random ones.")
        return value
    path = folder / name.lower().removeprefix("leerscan_")
    if not path.exists():
        _write_once(path, secrets.token_urlsafe(48))
    return path.read_text(encoding="ascii").strip()


def _write_once(path: Path, content: str) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(content)
    try:
        os.link(draft, path)  # fails when another process was first: then its key holds
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def database(url: str, sqlite_file: Path) -> dict[str, object]:
    """Django's database settings for DATABASE_URL (postgresql://user:password@host:port/name), else SQLite."""
    if not url:
        return _sqlite(sqlite_file)
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(Path(parts.path))
    if parts.scheme not in ("postgresql", "postgres"):
        raise ImproperlyConfigured(
            f"DATABASE_URL begins with {parts.scheme!r}; write postgresql://user:password@host:port/name "
            "or sqlite:///path/to/file, or leave it empty for SQLite."
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def redis_url(name: str) -> str:
    """The address of a Redis server; empty when there is none."""
    url = text(name).strip()
    if url and (urlsplit(url).scheme not in ("redis", "rediss") or not urlsplit(url).hostname):
        raise ImproperlyConfigured(f"{name} must read redis://host:6379/0 or rediss://host:6379/0; or leave it empty.")
    return url


def cache(url: str) -> dict[str, object]:
    """Django's cache settings: in Redis for all processes together, else in the memory of each."""
    # Django keeps 300 by itself, and then drops any third of them: counts would be forgotten within the hour.
    options = {"MAX_ENTRIES": CACHE_ENTRIES}
    if not url:
        return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": options}
    return {"BACKEND": "config.shared_cache.SharedCache", "LOCATION": url, "OPTIONS": options}


def tasks(queue_url: str) -> dict[str, Any]:
    """Django's setting TASKS: Celery over Redis for a fleet, else a table of the database."""
    if not queue_url:
        return {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}
    return {
        "BACKEND": "django_tasks_celery.CeleryBackend",
        "QUEUES": ["default"],
        "OPTIONS": {"CELERY_APP": "config.celery.app"},
    }


def _sqlite(file: Path) -> dict[str, object]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": file,
        # Tests use a file too: the write-ahead log is part of what they test.
        "TEST": {"NAME": file.with_name("test.sqlite3")},
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            # IMMEDIATE: a transaction that will write waits for its turn at the start, not halfway.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # secure_delete: what is deleted is overwritten (measurement.md 9).
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON;",
        },
    }
