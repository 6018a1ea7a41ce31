"""What the database's planner knows of a table, after many rows came at once."""
from __future__ import annotations

from django.db import connection, models


def refresh_statistics(*tables: type[models.Model]) -> None:
    """Tell PostgreSQL how large the tables now are; SQLite needs no telling.

    PostgreSQL keeps a session's plans for guards and foreign keys from the time a table was still empty, and
    would read the whole table for each row that follows. Counting the tables anew makes it forget those plans.
    """
    if connection.vendor != "postgresql":
        return
    names = ", ".join(connection.ops.quote_name(table._meta.db_table) for table in tables)
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {names}")
