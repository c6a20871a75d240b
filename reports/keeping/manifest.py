"""What a backup says of itself."""

import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.conf import settings

from organisations.commands import InputError
from reports.keeping import keys
from reports.keeping.contents import Contents, canonical

KIND = "leerscan backup"
FORMAT = 1


@dataclass(frozen=True)
class Manifest:
    kind: str
    format: int
    version: str
    """Of Leerscan."""
    made_at: str
    """ISO, UTC, to the second."""
    database: str
    """sqlite or postgresql"""
    program: int
    """The major version of pg_dump; 0 for SQLite."""
    migrations: Sequence[str]
    counts: Mapping[str, int]
    releases: Mapping[str, str]
    keys: Mapping[str, Sequence[str]]
    size: int
    sha256: str
    """Of the database in the archive."""

    @property
    def contents(self) -> Contents:
        return Contents(self.counts, self.releases)

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.made_at)

    def as_json(self) -> bytes:
        content = asdict(self)
        sealed = {**content, "seal": keys.seal(canonical(content))}
        return json.dumps(sealed, indent=1, sort_keys=True).encode()


def read(text: bytes) -> tuple[Manifest, bool]:
    """With whether it is as this installation's key sealed it. Raises InputError when it is no manifest at all."""
    try:
        content: dict[str, Any] = json.loads(text)
        seal = str(content.pop("seal"))
        if content["kind"] != KIND:
            raise InputError("This file is no backup of Leerscan.")
        if content["format"] > FORMAT:
            raise InputError(
                f"This backup has format {content['format']}, and this version of Leerscan reads up to {FORMAT}. "
                "Restore it with the version that made it, or a newer one."
            )
        return Manifest(**content), keys.is_sealed(canonical(content), seal)
    except (ValueError, KeyError, TypeError, AttributeError) as fault:
        raise InputError("This file is damaged: its manifest cannot be read. Take another backup.") from fault


@cache
def version() -> str:
    text = (settings.BASE_DIR / "pyproject.toml").read_text(encoding="utf-8")
    return str(tomllib.loads(text)["project"]["version"])


def is_newer(one: str, other: str) -> bool:
    return _numbers(one) > _numbers(other)


def _numbers(version_: str) -> tuple[int, ...]:
    return tuple(int(part) if part.isdigit() else 0 for part in version_.split("."))
