"""Delete backups that are older than they may be: only files that this command made, of this installation."""

from datetime import datetime, timedelta
from pathlib import Path

from django.utils import timezone

from organisations.commands import InputError
from reports.keeping import archive
from reports.keeping.backing_up import NAME


def delete_older(folder: Path, days: int) -> list[Path]:
    """Answers which. Whatever has another name or another installation's seal stays."""
    before = timezone.now() - timedelta(days=days)
    old = [path for path in sorted(folder.iterdir()) if NAME.fullmatch(path.name) and _is_ours(path, before)]
    for path in old:
        path.unlink()
    return old


def _is_ours(path: Path, before: datetime) -> bool:
    if path.is_symlink() or not path.is_file():
        return False
    try:
        with archive.opened(path) as content:
            made, is_sealed = archive.read_manifest(content)
    except (InputError, OSError):
        return False
    return is_sealed and made.moment < before
