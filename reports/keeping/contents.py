"""What a database holds, in figures by which two can be compared: rows of every table, and a hash of every release."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connections
from django.db.migrations.recorder import MigrationRecorder

from jobs.half_restored import MARK
from reports.models import Release, ReleaseUnit
from scan import ballot_box
from scan.models import Response

RESPONSES = Response._meta.db_table  # noqa: SLF001
# By name, so that a column that a later version adds changes no hash of before.
OF_RELEASE = (
    "round_id", "number", "format", "rules_version", "version_id", "advice_number", "inputs_hash", "check_record",
    "content",
)  # fmt: skip
OF_UNIT = ("unit_id", "is_shown", "content")


@dataclass(frozen=True)
class Contents:
    counts: Mapping[str, int]
    """Rows, by table."""
    releases: Mapping[str, str]
    """The hash of each, by its id."""

    @property
    def rows(self) -> int:
        return sum(self.counts.values())


def contents_of(alias: str) -> Contents:
    return Contents(counts(alias), release_hashes(alias))


def tables(alias: str) -> list[str]:
    """All but the mark of a restore, which is no part of what is kept."""
    return sorted(set(connections[alias].introspection.table_names()) - {MARK})


def counts(alias: str) -> dict[str, int]:
    return {table: _count(alias, table) for table in tables(alias)}


def _count(alias: str, table: str) -> int:
    if table == RESPONSES:
        return ballot_box.count(alias)
    with connections[alias].cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {connections[alias].ops.quote_name(table)}")  # noqa: S608 -- its own names
        return int(cursor.fetchone()[0])


def release_hashes(alias: str) -> dict[str, str]:
    if Release._meta.db_table not in tables(alias):  # noqa: SLF001
        return {}
    releases = Release._base_manager.using(alias).order_by("pk")  # noqa: SLF001 -- of all organisations
    return {str(pk): _hash(alias, pk) for pk in releases.values_list("pk", flat=True)}


def _hash(alias: str, pk: Any) -> str:
    """The same on SQLite and PostgreSQL, which keep JSON in another form."""
    digest = hashlib.sha256()
    releases = Release._base_manager.using(alias).filter(pk=pk)  # noqa: SLF001
    units = ReleaseUnit._base_manager.using(alias).filter(release=pk)  # noqa: SLF001
    for row in releases.values(*OF_RELEASE):
        digest.update(canonical(row))
    for row in units.order_by("unit_id").values(*OF_UNIT).iterator(chunk_size=50):
        digest.update(canonical(row))
    return digest.hexdigest()


def canonical(value: Any) -> bytes:
    """One way to write it. PostgreSQL knows no -0.0, so that is 0.0."""
    return json.dumps(_plain(value), sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str).encode()


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value + 0.0 if isinstance(value, float) else value


def applied_migrations(alias: str) -> list[str]:
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connections[alias]).applied_migrations())


def differences(expected: Contents, found: Contents) -> list[str]:
    """In words; none: they are equal."""
    names = sorted({*expected.counts, *found.counts})
    said = [
        f"table {name}: {expected.counts.get(name, 'none')} rows expected, {found.counts.get(name, 'none')} found"
        for name in names
        if expected.counts.get(name) != found.counts.get(name)
    ]
    ids = sorted({*expected.releases, *found.releases})
    changed = [pk for pk in ids if expected.releases.get(pk) != found.releases.get(pk)]
    return [*said, *(f"release {pk}: not the same content" for pk in changed)]
