"""A migration operation: rows of a table can be added and never changed or deleted, on both databases."""

from __future__ import annotations

from typing import Any

from django.db.migrations.operations.base import Operation

SQLITE = """
CREATE TRIGGER {table}_append_only_{verb} BEFORE {VERB} ON {table}
BEGIN SELECT RAISE(ABORT, 'append-only table: {table}'); END
"""
POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'append-only table: {table}' USING ERRCODE = 'integrity_constraint_violation'; END $$
"""
POSTGRESQL_TRIGGER = """
CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION {table}_append_only()
"""


class AppendOnly(Operation):
    """`AppendOnly("app_model")`: the database itself refuses UPDATE and DELETE on the table, with an IntegrityError.

    SQLite drops triggers with the table that Django remakes for most alterations: a migration that alters the table
    ends with this operation again (it replaces what is there). Emptying the test database is the tests' own affair.
    """

    reversible = True
    reduces_to_sql = False

    def __init__(self, table: str) -> None:
        self.table = table

    def state_forwards(self, app_label: str, state: Any) -> None:
        """The models do not change."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        self.database_backwards(app_label, schema_editor, from_state, to_state)
        if schema_editor.connection.vendor == "sqlite":
            for verb in ("update", "delete"):
                schema_editor.execute(SQLITE.format(table=self.table, verb=verb, VERB=verb.upper()))
        else:
            schema_editor.execute(POSTGRESQL_FUNCTION.format(table=self.table))
            schema_editor.execute(POSTGRESQL_TRIGGER.format(table=self.table))

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        if schema_editor.connection.vendor == "sqlite":
            for verb in ("update", "delete"):
                schema_editor.execute(f"DROP TRIGGER IF EXISTS {self.table}_append_only_{verb}")
        else:
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {self.table}_append_only ON {self.table}")
            schema_editor.execute(f"DROP FUNCTION IF EXISTS {self.table}_append_only()")

    def describe(self) -> str:
        return f"Refuse change and deletion of rows of {self.table}"
