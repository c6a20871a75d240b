"""One file from which the whole installation can be restored, but for its keys."""

import sqlite3
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.db import DatabaseError

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
            "place", metavar="FILE", type=Path, help="a new file, or a folder: then its name is the date"
        )
        parser.add_argument(
            "--keep",
            type=int,
            metavar="DAYS",
            help="afterwards delete this command's files in that folder that are older",
        )

    def work(self, options: dict[str, Any]) -> None:
        place, days = options["place"].absolute(), options["keep"]
        if days is not None and (days < 1 or not place.is_dir()):
            raise InputError("--keep wants a number of days, 1 or more, and a folder instead of a file.")
        try:
            with placing.cleaned_up_when_stopped():
                file, made = back_up(place)
        except (OSError, DatabaseError, sqlite3.Error) as fault:
            raise InputError(f"No backup was made, and earlier ones are as they were: {_why(fault)}") from fault
        size = file.stat().st_size / 1e6
        self.stdout.write(
            f"Backup: {file} ({size:.1f} MB; {len(made.counts)} tables, {made.contents.rows} rows, "
            f"{len(made.releases)} releases)"
        )
        for old in delete_older(place, days) if days else []:
            self.stdout.write(f"Deleted, for it was older than {days} days: {old}")
        self.stdout.write(
            "The keys are not in it, and without them it cannot be restored. Keep a copy of each elsewhere:"
        )
        for name in keys.NAMES:
            self.stdout.write(f"  {name}: {keys.place(name)}")


def _why(fault: Exception) -> str:
    """Not the words of a database about a row."""
    return str(fault) if isinstance(fault, OSError) else str(fault).partition("\n")[0]
