"""Rows by the thousand: ids are taken first, so that what points to them can be made before anything is written."""

from collections.abc import Callable, Sequence
from datetime import UTC
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections, models


def take_ids(model: type[models.Model], count: int) -> list[int]:
    """So many new ids of a table, in order; call inside the transaction that writes the rows."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count]
            )
            return [row[0] for row in cursor.fetchall()]
        # A writing transaction stands alone here (BEGIN IMMEDIATE), and an explicit id moves the sequence on.
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = (cursor.fetchone() or (0,))[0]
    return list(range(last + 1, last + 1 + count))


def write(model: type[models.Model], rows: Sequence[models.Model]) -> None:
    """Inserts rows that may already carry their ids: COPY on PostgreSQL, one prepared statement on SQLite."""
    if not rows:
        return
    columns = [column for column in model._meta.concrete_fields if column.attname != "id" or rows[0].pk is not None]
    names = ", ".join(f'"{column.column}"' for column in columns)
    prepare = [(column.attname, _preparing(column)) for column in columns]
    values = (
        [value if (value := getattr(row, name)) is None or prep is None else prep(value) for name, prep in prepare]
        for row in rows
    )
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f'COPY "{model._meta.db_table}" ({names}) FROM STDIN') as copy:
                for line in values:
                    copy.write_row(line)
        else:
            marks = ", ".join(["%s"] * len(columns))
            sql = f'INSERT INTO "{model._meta.db_table}" ({names}) VALUES ({marks})'  # noqa: S608 - names of our own model
            cursor.executemany(sql, list(values))
    for row in rows:
        row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS


# What both databases take as it is; asking the column each time would cost more than the insert.
_PLAIN = (
    models.BigAutoField, models.BooleanField, models.CharField, models.FloatField, models.ForeignKey,
    models.PositiveIntegerField, models.PositiveSmallIntegerField, models.TextField,
)  # fmt: skip


def _preparing(column: "models.Field[Any, Any]") -> Callable[[Any], Any] | None:
    """How a value of this column becomes one of the database's, or None where it is one already."""
    if type(column) in _PLAIN:
        return None
    if type(column) is models.DateTimeField and connection.vendor == "sqlite":
        return lambda moment: str(moment.astimezone(UTC).replace(tzinfo=None))
    database = connections[DEFAULT_DB_ALIAS]  # itself: the proxy would be asked a million times
    return lambda value: column.get_db_prep_save(value, database)
