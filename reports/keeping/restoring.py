"""Restore a backup into an empty place. Everything that can be refused is refused before anything is written."""

from dataclasses import dataclass
from pathlib import Path

from django.db import connection
from django.db.migrations.loader import MigrationLoader

from organisations.commands import InputError
from reports.keeping import archive, keys
from reports.keeping.backing_up import NAME
from reports.keeping.manifest import Manifest, is_newer, version
from reports.keeping.restoring_postgresql import EmptyPostgresql
from reports.keeping.restoring_sqlite import EmptySqlite


@dataclass(frozen=True)
class Restored:
    made: Manifest
    stopped: int
    """Mailings."""


def restore(path: Path) -> Restored:
    """Raises InputError, which says what is wrong and what would be right."""
    _check_is_no_folder(path)
    with archive.opened(path) as file:
        made, is_sealed = archive.read_manifest(file)
        # The place before the keys: nobody is to put other keys where an installation lives.
        _check_database(made)
        place = EmptySqlite() if connection.vendor == "sqlite" else EmptyPostgresql()
        place.check(made)
        _check_keys(made)
        if not is_sealed:
            raise InputError("This file is damaged, or somebody changed it: its seal is wrong. Take another one.")
        _check_version(made)
        archive.check_whole(file, made)
        return Restored(made, place.restore(file, made))


def _check_is_no_folder(path: Path) -> None:
    if not path.is_dir():
        return
    backups = sorted(inside for inside in path.iterdir() if NAME.fullmatch(inside.name))
    newest = f", such as the newest backup: {backups[-1]}" if backups else ", made by manage.py backup."
    raise InputError(f"{path} is a folder. Name a file in it{newest}")


def _check_keys(made: Manifest) -> None:
    wrong = keys.missing(made.keys)
    if not wrong:
        return
    lines = [f"  {name}: {keys.place(name)} holds another one" for name in wrong]
    raise InputError(
        "This backup was made with other keys than are here, and is of no use without its own. Nothing was restored.\n"
        + "\n".join(lines)
        + "\nPut the key that was kept apart there (where there was none, Leerscan has just made a new one; keep any "
        "other elsewhere, for an installation may need it), or set "
        + " and ".join(f"LEERSCAN_{name}" for name in wrong)
        + "."
    )


def _check_version(made: Manifest) -> None:
    if is_newer(made.version, version()) or not set(made.migrations) <= _known_migrations():
        raise InputError(
            f"This backup was made by a newer Leerscan ({made.version}) than is installed here ({version()}). "
            "Install that version, or a newer one, and restore again. Nothing was restored."
        )


def _known_migrations() -> set[str]:
    """Without looking into a database."""
    return {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}


def _check_database(made: Manifest) -> None:
    names = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
    if made.database == connection.vendor:
        return
    then, here = names.get(made.database, made.database), names[connection.vendor]
    right = (
        "Restore it without DATABASE_URL, and then run: manage.py move_to_postgresql"
        if made.database == "sqlite"
        else "Set DATABASE_URL to an empty PostgreSQL database"
    )
    raise InputError(f"This backup is of {then}, and the database here is {here}. {right}.")
