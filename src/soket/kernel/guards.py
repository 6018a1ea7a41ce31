"""Database guards as migration operations, the same rule on SQLite and PostgreSQL.

`append_only(table)` refuses update and delete. `no_overlap(table, keys)` refuses two rows with the
same keys whose half-open ranges [valid_from, valid_to) meet. `gapless(table, keys, column, along=)`
keeps numbers from 1 without gaps. Lifting a guard for a restore is a documented act of the database's
owner (docs/operations).
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
    meet = (
        f"SELECT 1 FROM {table} o WHERE {_same(keys)} AND o.id <> NEW.id "
        "AND (o.valid_to IS NULL OR o.valid_to > NEW.valid_from) "
        "AND (NEW.valid_to IS NULL OR NEW.valid_to > o.valid_from)"
    )
    return _refusing(table, ("overlap", "no_overlap"), f"EXISTS ({meet})", "periods overlap", "exclusion_violation")


def gapless(table: str, keys: Sequence[str], column: str, *, along: str) -> _PerVendor:
    """Refuse a row whose `column` is not 1 when no row equal in `keys` holds the number before it, with an `along` not above its own."""
    before = f"SELECT 1 FROM {table} o WHERE {_same(keys)} AND o.{column} = NEW.{column} - 1 AND o.{along} <= NEW.{along}"
    wrong = f"NEW.{column} <> 1 AND NOT EXISTS ({before})"
    return _refusing(table, ("gapless", "gapless"), wrong, "the number before is missing or later", "integrity_constraint_violation")


def _same(keys: Sequence[str]) -> str:
    return " AND ".join(f"o.{key} = NEW.{key}" for key in keys)


def _refusing(table: str, names: tuple[str, str], wrong: str, message: str, code: str) -> _PerVendor:
    """Refuse a written row of which `wrong` holds; `names` end the names of the guard on SQLite and on PostgreSQL."""
    lite, undo_lite = [], []
    for verb in ("INSERT", "UPDATE"):
        name = f"guard_{table}_{names[0]}_{verb.lower()}"
        lite.append(f"CREATE TRIGGER {name} AFTER {verb} ON {table} WHEN {wrong} BEGIN SELECT RAISE(ABORT, '{table}: {message}'); END")
        undo_lite.append(f"DROP TRIGGER IF EXISTS {name}")
    function = f"guard_{table}_{names[1]}"
    pg = [
        f"CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {wrong} THEN "
        f"RAISE EXCEPTION '{table}: {message}' USING ERRCODE = '{code}'; END IF; RETURN NEW; END $$",
        f"CREATE TRIGGER {function} AFTER INSERT OR UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION {function}()",
    ]
    undo_pg = [f"DROP TRIGGER IF EXISTS {function} ON {table}", f"DROP FUNCTION IF EXISTS {function}()"]
    return _PerVendor({"sqlite": lite, "postgresql": pg}, {"sqlite": undo_lite, "postgresql": undo_pg})
