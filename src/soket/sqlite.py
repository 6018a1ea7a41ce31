"""Put a SQLite that is safe under WAL behind Django's backend, and refuse any other.

Releases before 3.51.3 can lose a committed write when a checkpoint races a writer in WAL mode
(https://sqlite.org/wal.html, section on the WAL-reset bug); Debian 12 ships 3.40.
"""
from __future__ import annotations

import sys

FIXED = (3, 51, 3)


class UnfixedSQLite(Exception):
    """The SQLite library carries the WAL lost-write race; the program refuses to start."""


def check(version: tuple[int, ...]) -> None:
    """Raise UnfixedSQLite when `version` is older than the first fixed release."""
    if version < FIXED:
        found, need = ".".join(map(str, version)), ".".join(map(str, FIXED))
        raise UnfixedSQLite(
            f"SQLite {found} can lose committed writes in WAL mode; {need} or newer is needed. "
            f"Install the locked requirements (pysqlite3), or set DATABASE_URL to PostgreSQL."
        )


def install() -> None:
    """Replace the standard library's sqlite3 by pysqlite3 for this process, once."""
    if "pysqlite3" not in sys.modules:
        import pysqlite3
        import pysqlite3.dbapi2

        sys.modules["sqlite3"] = pysqlite3
        sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
    from pysqlite3 import sqlite_version_info

    check(tuple(sqlite_version_info))
