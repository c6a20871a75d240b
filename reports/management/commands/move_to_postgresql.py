"""From SQLite to PostgreSQL, once, when an installation has grown."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.db import DatabaseError

from jobs.arguments import a_path
from organisations.commands import InputError, OwnCommand
from reports.keeping import placing
from reports.keeping.moving import move


class Command(OwnCommand):
    help = (
        "Move everything from a SQLite file into the empty PostgreSQL database that DATABASE_URL names. "
        "Stop Leerscan first. The file stays as it is."
    )

    # They look into the database, and make one where there is none.
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file", metavar="FILE", type=a_path, help="the SQLite database, such as var/leerscan.sqlite3"
        )

    def work(self, options: dict[str, Any]) -> None:
        file = options["file"].absolute()
        try:
            with placing.cleaned_up_when_stopped():
                moved = move(file, self.stdout.write)
        except (OSError, DatabaseError) as fault:
            said = str(fault).partition("\n")[0]  # the others of a database quote rows
            raise InputError(f"Nothing was moved: {said}. When that is mended, run it again.") from fault
        self.stdout.write(f"Moved: {moved.rows} rows of {len(moved.counts)} tables; counted on both sides, and equal")
        self.stdout.write(f"The contents of {len(moved.releases)} releases are equal too (their hashes):")
        for release, sha256 in moved.releases.items():
            self.stdout.write(f"  {release} {sha256}")
        self.stdout.write(
            "Now set DATABASE_URL for good and start Leerscan again, with the keys it had "
            f"({settings.HOME / 'keys'}, or the settings). When it works, make a backup and delete {file}: "
            "until its scans are closed it holds the order in which people answered."
        )
