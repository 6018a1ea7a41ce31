"""Every sealed model has its database guard, and every table with a guard refuses a raw change."""
from __future__ import annotations

import pytest
from django.apps import apps
from django.db import connection

from soket.kernel.door import SealedModel

SEALED = sorted(model._meta.db_table for model in apps.get_models() if issubclass(model, SealedModel))


@pytest.mark.django_db
@pytest.mark.parametrize("table", SEALED)
def test_a_sealed_table_has_update_and_delete_guards(table: str) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table])
            found = " ".join(row[0] for row in cursor.fetchall())
            assert "BEFORE UPDATE" in found
            assert "BEFORE DELETE" in found
        else:
            cursor.execute("SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal", [table])
            assert f"guard_{table}_append_only" in {row[0] for row in cursor.fetchall()}
