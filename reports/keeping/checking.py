"""What both kinds of restore do with the data once it is there: compare, bring up to date, compare again."""

from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connection

from organisations.commands import InputError
from reports.keeping import contents
from reports.keeping.contents import Contents
from reports.keeping.manifest import Manifest


def check_counts(made: Manifest) -> None:
    """Before migrating, for that may add rows."""
    _refuse(contents.differences(Contents(made.counts, {}), Contents(contents.counts(DEFAULT_DB_ALIAS), {})))


def migrate() -> None:
    call_command("migrate", verbosity=0, interactive=False)
    if connection.vendor == "postgresql":
        # Else its first queries are planned for empty tables.
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def check_releases(made: Manifest) -> None:
    """After migrating: what a release says is the same in every version."""
    found = contents.release_hashes(DEFAULT_DB_ALIAS)
    _refuse(contents.differences(Contents({}, made.releases), Contents({}, found)))


def _refuse(said: list[str]) -> None:
    if said:
        raise InputError(
            "What is here now is not what was backed up. Restore it into another empty place.\n  "
            + "\n  ".join(said[:20])
        )
