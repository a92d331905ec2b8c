"""Many small rows in one statement."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models import Model


def rows_insert(model: type[Model], names: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Inserts the values of these fields; a row that is there already, by a unique constraint, is left as it is.

    A piece has some twenty keys and five new words: the ORM, or on PostgreSQL a statement a row, would take longer to
    say them than the database to take them. Fields that are not named need a default in the database.
    """
    if not rows:
        return
    fields = [model._meta.get_field(name) for name in names]
    quoted = connection.ops.quote_name
    into = f"INSERT INTO {quoted(model._meta.db_table)} ({', '.join(quoted(field.column) for field in fields)})"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Without its length: a cast to varchar(24) would cut a text that the column refuses.
            types = [(field.db_type(connection) or "").partition("(")[0] for field in fields]
            arrays = ", ".join(f"%s::{kind}[]" for kind in types)
            cursor.execute(
                f"{into} SELECT * FROM UNNEST({arrays}) ON CONFLICT DO NOTHING",  # noqa: S608 - names of our own models
                [list(column) for column in zip(*rows, strict=True)],
            )
        else:
            marks = ", ".join(["%s"] * len(fields))
            cursor.executemany(f"{into} VALUES ({marks}) ON CONFLICT DO NOTHING", rows)
