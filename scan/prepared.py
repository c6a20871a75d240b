"""A query that Django puts into SQL once, for what is asked at every request of a participant.

Putting it into SQL takes Django ten times as long as the database takes to answer it (docs/decisions/0022).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Model, QuerySet
from django.db.models.query import get_related_populators


def as_parameter(value: Any) -> Any:
    """As Django hands it to this database."""
    if isinstance(value, UUID):
        return value if connection.features.has_native_uuid_field else value.hex
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    return value


def execute(sql: str, *values: object) -> int:
    """For a statement written by hand. Answers how many rows it changed."""
    with connection.cursor() as cursor:
        cursor.execute(sql, [as_parameter(value) for value in values])
        return int(cursor.rowcount)


def one_row(sql: str, *values: object) -> Sequence[Any] | None:
    """The first row that a statement written by hand gives."""
    with connection.cursor() as cursor:
        cursor.execute(sql, [as_parameter(value) for value in values])
        row: Sequence[Any] | None = cursor.fetchone()
    return row


@dataclass(frozen=True)
class _Compiled:
    sql: str
    parameters: Mapping[str, Any]
    """In which the markers still stand."""
    build: Callable[[Iterable[Sequence[object]]], Iterator[Model]]


class Prepared[Row: Model]:
    """`make` gets a marker for each value that differs between requests, of its type, and answers the query.

    Markers must differ from each other and from every other value in the query.
    """

    def __init__(self, make: Callable[..., QuerySet[Row]], *markers: object) -> None:
        self._make, self._markers = make, markers
        self._compiled: _Compiled | None = None

    def first(self, *values: object) -> Row | None:
        """One of the rows; the query says of itself that there is one at most."""
        compiled = self._compiled or self._compile()
        given = {as_parameter(marker): as_parameter(value) for marker, value in zip(self._markers, values, strict=True)}
        parameters = {name: given.get(value, value) for name, value in compiled.parameters.items()}
        with connection.cursor() as cursor:
            cursor.execute(compiled.sql, parameters)
            row = cursor.fetchone()
        return next(compiled.build([row]), None) if row else None  # type: ignore[return-value]

    def _compile(self) -> _Compiled:
        queryset = self._make(*self._markers)
        compiler = queryset.query.get_compiler(using=DEFAULT_DB_ALIAS)
        sql, parameters = compiler.as_sql()
        missing = [marker for marker in self._markers if as_parameter(marker) not in parameters]
        if missing:
            raise ValueError(f"the query does not ask for {missing}")
        # By name: of a long statement Django's SQLite would look at every sign again for each unnamed one.
        names = [f"p{number}" for number in range(len(parameters))]
        named = sql % tuple(f"%({name})s" for name in names)
        self._compiled = _Compiled(named, dict(zip(names, parameters, strict=True)), _builder(queryset, compiler))
        return self._compiled


def _builder(queryset: Any, compiler: Any) -> Callable[[Iterable[Sequence[object]]], Iterator[Model]]:
    """Rows to objects, with those that were selected along: as ModelIterable in django.db.models.query does it."""
    klass_info, select = compiler.klass_info, compiler.select
    first, last = klass_info["select_fields"][0], klass_info["select_fields"][-1] + 1
    # Looked up once for each field, so no list; its order is not asked for.
    names = frozenset(column[0].target.attname for column in select[first:last])
    fetch_mode = queryset._fetch_mode  # noqa: SLF001 -- as there
    populators = get_related_populators(klass_info, select, DEFAULT_DB_ALIAS, fetch_mode)
    converters = compiler.get_converters([column[0] for column in select])

    def build(rows: Iterable[Sequence[object]]) -> Iterator[Model]:
        for row in compiler.apply_converters(rows, converters):
            found = klass_info["model"].from_db(DEFAULT_DB_ALIAS, names, row[first:last], fetch_mode=fetch_mode)
            for populator in populators:
                populator.populate(row, found)
            yield found

    return build
