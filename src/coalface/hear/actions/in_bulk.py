"""Many rows at once without an object for each: COPY into PostgreSQL, one prepared statement into SQLite."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db import connection, models


def insert(*, model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write rows down whose values stand in the order of `names` (of columns: `unit_id`).

    What is not named gets its default; the rules of the ledger hold as ever. Raises IntegrityError.
    """
    given = {field.attname: field for field in model._meta.concrete_fields}
    rest = [
        (name, field.get_db_prep_save(field.get_default(), connection))
        for name, field in given.items()
        if name not in names and not field.primary_key
    ]
    columns = [given[name].column for name in names] + [given[name].column for name, _ in rest]
    tail = tuple(value for _, value in rest)
    table = connection.ops.quote_name(model._meta.db_table)
    listed = ", ".join(map(connection.ops.quote_name, columns))
    if connection.vendor == "postgresql":
        _copy(f"COPY {table} ({listed}) FROM STDIN", rows, tail)
        return
    marks = ", ".join(["%s"] * len(columns))
    adapted = _adapted([given[name] for name in names], rows, tail)
    with connection.cursor() as cursor:
        # names of ours; what is written goes beside the statement
        statement = f"INSERT INTO {table} ({listed}) VALUES ({marks})"  # nosec B608
        cursor.executemany(statement, adapted)


def _copy(statement: str, rows: Iterable[Sequence[Any]], tail: tuple[Any, ...]) -> None:
    with connection.cursor() as cursor, connection.wrap_database_errors, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row((*row, *tail))


def _adapted(
    fields: Sequence[models.Field], rows: Iterable[Sequence[Any]], tail: tuple[Any, ...]
) -> list[tuple[Any, ...]]:
    """The values as a database wants them that knows neither times nor ids."""
    ways: list[tuple[int, Callable[[Any], Any]]] = []
    for at, field in enumerate(fields):
        if isinstance(field, models.DateTimeField):
            ways.append((at, connection.ops.adapt_datetimefield_value))
        elif isinstance(field, models.UUIDField) or _refers_by_uuid(field):
            ways.append((at, lambda value: value and value.hex))
    adapted = []
    for row in rows:
        values = [*row, *tail]
        for at, way in ways:
            values[at] = way(values[at])
        adapted.append(tuple(values))
    return adapted


def _refers_by_uuid(field: models.Field) -> bool:
    return field.is_relation and isinstance(field.target_field, models.UUIDField)


def next_ids(*, model: type[models.Model], count: int) -> list[int]:
    """Ids for so many new rows, nobody else's; to be used in the transaction that asked."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count]
            )
            return [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        found = cursor.fetchone()  # the transaction holds the one lock there is from its beginning
        first = (found[0] if found else 0) + 1
        return list(range(first, first + count))
