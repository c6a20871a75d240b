"""One file from which the whole installation can be restored, but for its keys."""

import os
import sqlite3
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.db import DatabaseError

from jobs.arguments import a_number, a_place
from organisations.commands import InputError, OwnCommand
from reports.keeping import keys, placing
from reports.keeping.backing_up import back_up
from reports.keeping.old_backups import delete_older


class Command(OwnCommand):
    help = (
        "Back the database up into one file, while people answer. The keys are not in it: keep them apart, for without "
        "them it cannot be restored."
    )

    # They look into the database, and make one where there is none.
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "place", type=a_place, metavar="FILE", help="a new file, or a folder: then its name is the date"
        )
        parser.add_argument(
            "--keep",
            type=a_number,
            metavar="DAYS",
            help="afterwards delete this command's files in that folder that are older",
        )

    def work(self, options: dict[str, Any]) -> None:
        place, days = _place(options["place"]), options["keep"]
        if days:
            _check_keep(place)
        try:
            with placing.cleaned_up_when_stopped():
                file, made = back_up(place, self.stderr.write)
        except (OSError, DatabaseError, sqlite3.Error) as fault:
            raise InputError(f"No backup was made, and earlier ones are as they were: {_why(fault)}") from fault
        size = file.stat().st_size / 1e6
        self.stdout.write(
            f"Backup: {file} ({size:.1f} MB; {len(made.counts)} tables, {made.contents.rows} rows, "
            f"{len(made.releases)} releases)"
        )
        stuck = self._delete_older(place, days) if days else {}
        self.stdout.write(
            "The keys are not in it, and without them it cannot be restored. Keep a copy of each elsewhere:"
        )
        for name in keys.NAMES:
            self.stdout.write(f"  {name}: {keys.place(name)}")
        if stuck:
            raise InputError(_not_deleted(stuck))

    def _delete_older(self, folder: Path, days: int) -> dict[Path, str]:
        """Which it could not delete, and why."""
        older = delete_older(folder, days)
        for path in older.deleted:
            self.stdout.write(f"Deleted, for it was older than {days} days: {path}")
        for path in older.left:
            self.stdout.write(
                f"Left, though its name says that it is older than {days} days: {path}. No key known here sealed it, "
                "or it is damaged or cannot be read. Delete it yourself if it is yours."
            )
        return older.stuck


def _place(wish: str) -> Path:
    """Whoever writes a slash at the end means a folder, also when it is not there."""
    place = Path(wish).absolute()
    if wish.endswith(os.sep) and not place.is_dir():
        raise placing.no_folder(place)
    return place


def _check_keep(place: Path) -> None:
    if not place.exists() and place.suffix != ".zip":
        raise placing.no_folder(place)
    if not place.is_dir():
        raise InputError("--keep wants a folder instead of a file.")


def _not_deleted(stuck: dict[Path, str]) -> str:
    files = "".join(f"\n  {path} ({reason})" for path, reason in stuck.items())
    return (
        f"The backup was made, but what was older could not be deleted:{files}\n"
        "Delete it yourself, or let the user that runs this command be the owner of those files and of their folder."
    )


def _why(fault: Exception) -> str:
    """Not the words of a database about a row."""
    return str(fault) if isinstance(fault, OSError) else str(fault).partition("\n")[0]
