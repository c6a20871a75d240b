"""Read settings from the environment; say which one is wrong and what would be right."""

import difflib
import os
import re
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

PREFIX = "LEERSCAN_"
# Far more than the limits of logging in and of links need; some 25 MB if it ever were full.
CACHE_ENTRIES = 50_000
LAST_PORT = 65_535
ADDRESS = re.compile(
    r"(?P<scheme>https?)://(?P<place>(?:[\w.-]+|\[[0-9a-f:.]+\])(?::(?P<port>[0-9]{1,5}))?)/?", re.IGNORECASE
)
# Each of these would otherwise end the password, or what follows it.
IN_A_PASSWORD = "/ as %2F, # as %23, @ as %40, ? as %3F, and % as %25"  # noqa: S105 -- how to write one
# What DATABASE_URL may say behind a question mark: how to reach the server, and how to know that it is the right one.
LIBPQ_WORDS = (
    "sslmode",
    "sslrootcert",
    "sslcert",
    "sslkey",
    "connect_timeout",
    "application_name",
    "target_session_attrs",
)

# What was asked for: all settings that there are, once config/settings.py has been read.
_asked: set[str] = set()


def _given(name: str) -> str | None:
    _asked.add(name)
    return os.environ.get(name)


def unknown() -> list[str]:
    """Names of the environment that look like settings and are none: a slip of the pen would pass unseen."""
    return sorted(name for name in os.environ if name.startswith(PREFIX) and name not in _asked)


def likely_meant(name: str) -> str | None:
    return next(iter(difflib.get_close_matches(name, sorted(_asked), n=1, cutoff=0.85)), None)


def text(name: str, default: str = "") -> str:
    value = _given(name)
    return default if value is None else value


def yes_or_no(name: str) -> bool:
    """No, unless it says otherwise."""
    value = (_given(name) or "").strip().lower()
    if value in ("1", "true", "yes", "on"):
        return True
    if value in ("0", "false", "no", "off", ""):
        return False
    raise ImproperlyConfigured(f"{name} is {value!r}; write 1 or 0.")


def number(name: str, default: int, lowest: int = 0, highest: int | None = None) -> int:
    value = (_given(name) or "").strip()
    if not value:
        return default
    if not value.isascii() or not value.isdigit():
        raise ImproperlyConfigured(f"{name} is {value!r}; write a whole number.")
    if int(value) < lowest or (highest is not None and int(value) > highest):
        right = f"from {lowest} to {highest}" if highest is not None else f"of {lowest} or more"
        raise ImproperlyConfigured(f"{name} is {value}; write a number {right}.")
    return int(value)


def choice(name: str, choices: tuple[str, ...]) -> str:
    """One of these, in capitals or not; the first unless it says otherwise."""
    value = (_given(name) or "").strip() or choices[0]
    for one in choices:
        if one.lower() == value.lower():
            return one
    raise ImproperlyConfigured(f"{name} is {value!r}; write {', '.join(choices[:-1])} or {choices[-1]}.")


def address(name: str, default: str) -> str:
    """Where people find this installation: links are put behind it, so that it has no path and no slash at its end."""
    value = text(name).strip() or default
    found = ADDRESS.fullmatch(value)
    if not found or (found["port"] and not 1 <= int(found["port"]) <= LAST_PORT):
        # Before an @ may stand a password.
        shown = "holds an @" if "@" in value else f"is {value!r}"
        raise ImproperlyConfigured(
            f"{name} {shown}; write http:// or https://, a host, if need be a port (1 to {LAST_PORT}), and nothing "
            "after that: https://scan.example.org or http://127.0.0.1:8000."
        )
    return f"{found['scheme'].lower()}://{found['place']}"


def home(name: str, default: Path) -> Path:
    """A folder, made when it is not there: for its owner only, for a database tells who answered what."""
    folder = Path(text(name).strip() or default).resolve()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as fault:
        raise ImproperlyConfigured(
            f"{name} is {str(folder)!r}, and no such folder can be made ({fault.strerror}); name a folder in which the "
            "user that runs Leerscan may write."
        ) from None
    return folder


def secret(name: str) -> str:
    """A word that lets a machine in; empty: none does."""
    value = (_given(name) or "").strip()
    if value and (len(value) < 16 or not value.isascii()):
        raise ImproperlyConfigured(f"{name} is too easy to guess; write at least 16 random letters and digits.")
    return value


def words(name: str, default: list[str]) -> list[str]:
    """A list, written with commas between its members."""
    value = _given(name)
    if value is None:
        return default
    return [part.strip() for part in value.split(",") if part.strip()]


def key(name: str, folder: Path) -> str:
    """A secret from the environment, else from a file that is made once, readable by its owner only.

    A fleet gives every machine the same keys through the environment; a single machine needs no set-up.
    """
    value = _given(name)
    if value is not None:
        if len(value) < 32:
            raise ImproperlyConfigured(f"{name} has {len(value)} characters; write at least 32 random ones.")
        return value
    path = folder / name.lower().removeprefix("leerscan_")
    try:
        if not path.exists():
            _write_once(path, secrets.token_urlsafe(48))
        return path.read_text(encoding="ascii").strip()
    except OSError as fault:
        raise ImproperlyConfigured(
            f"{name} is kept in {path}, which cannot be made or read ({fault.strerror}); run Leerscan as the user "
            f"whose folder LEERSCAN_HOME is, or set {name}."
        ) from None


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
    parts = _parts_of_database(url)
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
        "OPTIONS": _libpq_options(parts.query),
    }


def _parts_of_database(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:  # quotes what it takes for the port: with a / or # in the password, a piece of that
        raise _unreadable_database() from None
    # In a password of digits these are no error: what follows is then taken for a name, and the user for the host.
    if port == 0 or (parts.scheme != "sqlite" and (parts.fragment or "@" in parts.path + parts.query)):
        raise _unreadable_database()
    return parts


def _unreadable_database() -> ImproperlyConfigured:
    return ImproperlyConfigured(
        f"DATABASE_URL cannot be read. Write postgresql://user:password@host:port/name; in a name or password write "
        f"{IN_A_PASSWORD}."
    )


def _libpq_options(query: str) -> dict[str, str]:
    options = {}
    for part in query.split("&") if query else ():
        name, _sign, value = part.partition("=")
        if name not in LIBPQ_WORDS:
            raise ImproperlyConfigured(
                f"DATABASE_URL has {name!r} after its question mark; only these are known: {', '.join(LIBPQ_WORDS)}."
            )
        if not value:
            raise ImproperlyConfigured(f"DATABASE_URL has {name} without a value; write {name}=… or leave it out.")
        options[name] = unquote(value)
    return options


def redis_url(name: str) -> str:
    """The address of a Redis server; empty when there is none."""
    url = text(name).strip()
    if url and not _names_a_redis(url):
        raise ImproperlyConfigured(
            f"{name} must read redis://host:6379/0 or rediss://host:6379/0; or leave it empty. In a password write "
            f"{IN_A_PASSWORD}."
        )
    return url


def _names_a_redis(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return (
            parts.scheme in ("redis", "rediss") and bool(parts.hostname) and parts.port != 0 and "@" not in parts.path
        )
    except ValueError:  # quotes a piece of the password, as above
        return False


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
