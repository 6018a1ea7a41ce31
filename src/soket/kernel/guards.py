"""Database guards as migration operations, the same rule on SQLite and PostgreSQL.

`append_only(table)` refuses update and delete. `no_overlap(table, keys)` refuses two rows with the
same keys whose half-open ranges [valid_from, valid_to) meet. Lifting a guard for a restore is a
documented act of the database's owner (docs/operations).
"""
from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import migrations


class _PerVendor(migrations.RunSQL):
    """RunSQL that picks its statements by the database's vendor."""

    def __init__(self, by_vendor: dict[str, list[str]], undo: dict[str, list[str]]) -> None:
        self.by_vendor, self.undo = by_vendor, undo
        super().__init__(sql=[], reverse_sql=[])

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        return (type(self).__name__, [self.by_vendor, self.undo], {})

    def database_forwards(self, app_label: Any, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for statement in self.by_vendor[schema_editor.connection.vendor]:
            schema_editor.execute(statement, params=None)

    def database_backwards(self, app_label: Any, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for statement in self.undo[schema_editor.connection.vendor]:
            schema_editor.execute(statement, params=None)


def append_only(table: str, *, again: bool = False) -> _PerVendor:
    """Refuse UPDATE and DELETE on `table` with the message 'TABLE is append-only'.

    `again` puts the guards on a table that had them: SQLite builds a table anew when a column is added, and its guards are lost.
    """
    lite, undo_lite = [], []
    for verb in ("UPDATE", "DELETE"):
        name = f"guard_{table}_{verb.lower()}"
        lite.append(f"CREATE TRIGGER {name} BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END")
        undo_lite.append(f"DROP TRIGGER IF EXISTS {name}")
    function = f"guard_{table}_append_only"
    pg = [
        f"CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"RAISE EXCEPTION '{table} is append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
        f"CREATE TRIGGER {function} BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {function}()",
        f"CREATE TRIGGER {function}_all BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {function}()",
    ]
    undo_pg = [
        f"DROP TRIGGER IF EXISTS {function}_all ON {table}",
        f"DROP TRIGGER IF EXISTS {function} ON {table}",
        f"DROP FUNCTION IF EXISTS {function}()",
    ]
    if again:
        lite, pg = [*undo_lite, *lite], [*undo_pg, *pg]
    return _PerVendor({"sqlite": lite, "postgresql": pg}, {"sqlite": undo_lite, "postgresql": undo_pg})


def no_overlap(table: str, keys: Sequence[str]) -> _PerVendor:
    """Refuse overlapping [valid_from, valid_to) ranges among rows equal in `keys`."""
    message = f"{table}: periods overlap"
    same = " AND ".join(f"o.{key} = NEW.{key}" for key in keys)
    meet = (
        f"SELECT 1 FROM {table} o WHERE {same} AND o.id <> NEW.id "
        "AND (o.valid_to IS NULL OR o.valid_to > NEW.valid_from) "
        "AND (NEW.valid_to IS NULL OR NEW.valid_to > o.valid_from)"
    )
    lite, undo_lite = [], []
    for verb in ("INSERT", "UPDATE"):
        name = f"guard_{table}_overlap_{verb.lower()}"
        lite.append(
            f"CREATE TRIGGER {name} AFTER {verb} ON {table} WHEN EXISTS ({meet}) "
            f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
        )
        undo_lite.append(f"DROP TRIGGER IF EXISTS {name}")
    function = f"guard_{table}_no_overlap"
    pg = [
        f"CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF EXISTS ({meet}) THEN "
        f"RAISE EXCEPTION '{message}' USING ERRCODE = 'exclusion_violation'; END IF; RETURN NEW; END $$",
        f"CREATE TRIGGER {function} AFTER INSERT OR UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION {function}()",
    ]
    undo_pg = [f"DROP TRIGGER IF EXISTS {function} ON {table}", f"DROP FUNCTION IF EXISTS {function}()"]
    return _PerVendor({"sqlite": lite, "postgresql": pg}, {"sqlite": undo_lite, "postgresql": undo_pg})
