"""Thousands of organisations in one PostgreSQL: one is made by the product itself, and copied row by row.

A copy has ids of its own, made from those of the original and its number, so that everything in it still belongs
together. Stored responses are not copied: of a round that is past retention there are none.
"""

from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.db.models import Field, ForeignKey, Model, UUIDField

ROOMS = ("organisations", "scan", "reports", "jobs")
NOT_COPIED = ("scan_response", "jobs_storedfile")
# What one organisation calls its own and another cannot have too.
NUMBERED = {
    ("organisations_organisation", "slug"),
    ("organisations_organisation", "name"),
    ("organisations_user", "email"),
    ("jobs_job", "key"),
}
HASHED = {("scan_invitation", "code_hash"), ("reports_sharedreport", "token_hash")}


def tables() -> list[str]:
    """All that grow with the number of organisations."""
    return [model._meta.db_table for model in _models()]  # noqa: SLF001


def _models() -> list[type[Model]]:
    found = [model for room in ROOMS for model in apps.get_app_config(room).get_models(include_auto_created=True)]
    return [model for model in found if model._meta.db_table not in NOT_COPIED]  # noqa: SLF001


def copy_everything(copies: int) -> None:
    """In one transaction, in which what points at a row may come before it."""
    with transaction.atomic(), connection.cursor() as cursor:
        # What points where is right by itself; looking at each of millions of rows took ten minutes.
        cursor.execute("SET LOCAL session_replication_role = replica")
        for model in _models():
            cursor.execute(_copy(model), [copies])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _copy(model: type[Model]) -> str:
    table = model._meta.db_table  # noqa: SLF001
    fields = [field for field in model._meta.local_concrete_fields if field.get_internal_type() != "BigAutoField"]  # noqa: SLF001
    columns = ", ".join(f'"{field.column}"' for field in fields)
    values = ", ".join(_value(table, field) for field in fields)
    return f'INSERT INTO "{table}" ({columns}) SELECT {values} FROM "{table}" o, generate_series(1, %s) n'  # noqa: S608 -- names of our own


def _value(table: str, field: Field[Any, Any]) -> str:
    column = f'o."{field.column}"'
    if (table, field.column) in NUMBERED:
        return f"{column} || '-' || n"
    if (table, field.column) in HASHED:
        return f"sha256({column} || n::text::bytea)"
    return f"md5({column}::text || n)::uuid" if _is_own_id(field) else column


def _is_own_id(field: Field[Any, Any]) -> bool:
    """A questionnaire is everybody's."""
    while isinstance(field, ForeignKey):
        if field.related_model._meta.app_label not in ROOMS:  # noqa: SLF001
            return False
        field = field.target_field
    return isinstance(field, UUIDField)
