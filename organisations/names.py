"""Names and paths of departments and units: how they are written, and when two are the same."""

import unicodedata
from functools import lru_cache

SEPARATOR = " / "
MAX_NAME = 120
MAX_PATH = 1000
# A staff list names the same few hundred departments in thousands of rows.
REMEMBERED = 5_000


def clean_name(text: str) -> str:
    """One name: NFC, no double or outer spaces."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def has_link(text: str) -> bool:
    """Mail programs make a link of it: a name is no place for one."""
    return "://" in text or "www." in text.casefold()


@lru_cache(maxsize=REMEMBERED)
def split_path(text: str) -> tuple[str, ...]:
    """The names of a path; a path is names joined by " / ", and a name holds no "/"."""
    return tuple(name for part in text.split("/") if (name := clean_name(part)))


def join_path(names: tuple[str, ...]) -> str:
    return SEPARATOR.join(names)


@lru_cache(maxsize=REMEMBERED)
def path_key(path: str) -> str:
    """What two paths that mean the same have in common: case and spaces do not matter."""
    # Once more NFC: folding the case can take letters apart.
    return unicodedata.normalize("NFC", join_path(split_path(path)).casefold())
