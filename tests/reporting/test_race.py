"""The same submission sent several times at once is stored once, on the engine under test."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def fresh_database(db: None, tmp_path: Path) -> Iterator[str]:
    """The URL of an empty database of the engine under test, committed to by other processes."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path / 'race.sqlite3'}"
        return
    import psycopg

    told = settings.DATABASES["default"]
    name = f"race_{os.getpid()}"
    where = {"host": told["HOST"] or None, "port": told["PORT"] or None, "user": told["USER"] or None, "dbname": "postgres", "autocommit": True}
    with psycopg.connect(**where) as server:
        server.execute(f"CREATE DATABASE {name}")
    yield f"postgresql://{told['USER']}@{'' if told['HOST'].startswith('/') else told['HOST']}/{name}?host={told['HOST']}"
    with psycopg.connect(**where) as server:
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_simultaneous_senders_of_one_id_get_one_submission_and_one_receipt(fresh_database: str, tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "DATABASE_URL": fresh_database,
        "SOKET_DATA": str(tmp_path),
        "SOKET_LOG_LEVEL": "ERROR",
        "DJANGO_SETTINGS_MODULE": "soket.settings",
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.reporting.race"], env=environment, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert json.loads(done.stdout) == {
        "same": ["again", "again", "again", "first"],
        "other": ["first", "refused:id"],
        "stored": 2,
        "twins": 1,
    }
