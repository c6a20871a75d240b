"""The keys beside a backup: it holds fingerprints of them, by which a restore knows that they are the right ones."""

import hmac
import os
from collections.abc import Mapping, Sequence

from django.conf import settings

NAMES = ("SCAN_KEY", "SECRET_KEY")


def known(name: str) -> list[str]:
    """The key that is in use, then the earlier ones that still count."""
    return [str(getattr(settings, name)), *getattr(settings, f"{name}_FALLBACKS")]


def fingerprints() -> dict[str, list[str]]:
    """Of the key in use first. They prove a key and tell nothing of it."""
    return {name: [_fingerprint(name, key) for key in known(name)] for name in NAMES}


def _fingerprint(name: str, key: str) -> str:
    return hmac.digest(key.encode(), f"leerscan backup fingerprint {name}".encode(), "sha256")[:16].hex()


def seal(content: bytes) -> str:
    """Only this installation can make it: a manifest that was damaged or changed has another one."""
    return _seal(known("SECRET_KEY")[0], content)


def is_sealed(content: bytes, seal_: str) -> bool:
    return any(hmac.compare_digest(_seal(key, content), seal_) for key in known("SECRET_KEY"))


def _seal(key: str, content: bytes) -> str:
    return hmac.digest(key.encode(), b"leerscan backup manifest " + content, "sha256").hex()


def missing(of_backup: Mapping[str, Sequence[str]]) -> list[str]:
    """Names of keys that were in use when it was made, and that are not known here."""
    here = fingerprints()
    return [name for name in NAMES if not of_backup.get(name) or of_backup[name][0] not in here[name]]


def missing_earlier(of_backup: Mapping[str, Sequence[str]]) -> list[str]:
    """Names of keys of which an earlier one still counted then, and is not known here."""
    here = fingerprints()
    return [name for name in NAMES if not set(of_backup.get(name, [])[1:]) <= set(here[name])]


def place(name: str) -> str:
    """Where this installation has its key from."""
    setting = f"LEERSCAN_{name}"
    return f"the setting {setting}" if setting in os.environ else str(settings.HOME / "keys" / name.lower())
