"""Delete backups that are older than they may be: only files that this command made, of this installation."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.utils import timezone

from organisations.commands import InputError
from reports.keeping import archive
from reports.keeping.backing_up import NAME, NAMED_AFTER
from reports.keeping.manifest import Manifest


@dataclass(frozen=True)
class Older:
    deleted: list[Path]
    left: list[Path]
    """As old by their names, but nobody can say here that they are ours."""
    stuck: dict[Path, str]
    """Ours, but whoever runs this may not delete them; and why not."""


def delete_older(folder: Path, days: int) -> Older:
    """Whatever has another name or another installation's seal stays."""
    before = timezone.now() - timedelta(days=days)
    older = Older([], [], {})
    for path in _named_like_ours(folder):
        made = _ours(path)
        if made is None and _is_older_by_its_name(path, before):
            older.left.append(path)
        if made is not None and made.moment < before:
            _delete(path, older)
    return older


def _delete(path: Path, older: Older) -> None:
    try:
        path.unlink()
    except OSError as fault:
        older.stuck[path] = fault.strerror or str(fault)
    else:
        older.deleted.append(path)


def _named_like_ours(folder: Path) -> list[Path]:
    named = [path for path in sorted(folder.iterdir()) if NAME.fullmatch(path.name)]
    return [path for path in named if path.is_file() and not path.is_symlink()]


def _ours(path: Path) -> Manifest | None:
    try:
        with archive.opened(path) as content:
            made, is_sealed = archive.read_manifest(content)
    except (InputError, OSError):
        return None
    return made if is_sealed else None


def _is_older_by_its_name(path: Path, before: datetime) -> bool:
    try:
        return datetime.strptime(path.name, NAMED_AFTER).replace(tzinfo=UTC) < before
    except ValueError:  # a month 13: no name that this command gives
        return False
