"""Bring a backup back, into an empty place."""

import sqlite3
from argparse import ArgumentParser
from typing import Any

from django.db import DatabaseError

from jobs.arguments import a_path
from organisations.commands import InputError, OwnCommand
from reports.keeping import keys, placing
from reports.keeping.restoring import Restored, restore


class Command(OwnCommand):
    help = (
        "Restore a backup into an empty place: no SQLite file yet, or an empty PostgreSQL database. "
        "The keys of then have to be here."
    )

    # They look into the database, and make one where there is none.
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=a_path, help="made by manage.py backup")

    def work(self, options: dict[str, Any]) -> None:
        try:
            with placing.cleaned_up_when_stopped():
                done = restore(options["file"].absolute())
        except (OSError, DatabaseError, sqlite3.Error) as fault:
            said = str(fault).partition("\n")[0]  # the first line: the others of a database quote rows
            raise InputError(f"The restore was not finished: {said}. When that is mended, run it again.") from fault
        self._tell(done)

    def _tell(self, done: Restored) -> None:
        made = done.made
        self.stdout.write(f"Restored: the backup of {made.moment:%Y-%m-%d %H:%M} UTC, made by Leerscan {made.version}")
        self.stdout.write(f"Equal to it: all {made.contents.rows} rows of {len(made.counts)} tables")
        self.stdout.write(f"Equal to it: the contents of {len(made.releases)} releases")
        if done.stopped:
            self.stdout.write(_stopped(done.stopped))
        for name in keys.missing_earlier(made.keys):
            self.stdout.write(
                f"An earlier {name} that still counted then is not known here: add it to LEERSCAN_{name}_FALLBACKS, or "
                "what was made with it cannot be used."
            )
        self.stdout.write("As soon as a worker runs, whatever is due for deletion by now is deleted, as was promised.")


def _stopped(mailings: int) -> str:
    if mailings == 1:
        return (
            "1 mailing may have gone out since and was stopped. HR advisers resume or end it on the page of mailings."
        )
    return (
        f"{mailings} mailings may have gone out since and were stopped. HR advisers resume or end them on the page of "
        "mailings."
    )
