"""Test-wide fixtures: fast password hashing aside, everything is the real thing."""
from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings as told_settings
from django.db import connection
from django.utils import translation

from soket.rollup import engine
from tests.support.client import LintingClient


@pytest.fixture(autouse=True)
def _own_storage(settings: object, tmp_path: Path) -> Iterator[None]:
    """Each test has its own data folder; passwords are hashed cheaply because hashing is not under test."""
    settings.DATA = tmp_path  # type: ignore[attr-defined]
    settings.PUBLIC = tmp_path / "public"  # type: ignore[attr-defined]
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}  # type: ignore[attr-defined]
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # type: ignore[attr-defined]
    yield
    engine.forget()
    translation.deactivate()  # a page in English leaves its language to nobody


@pytest.fixture
def client() -> LintingClient:
    """The only test client: every page it fetches is linted."""
    return LintingClient()


@pytest.fixture
def fresh_database(db: None, tmp_path: Path) -> Iterator[str]:
    """The URL of an empty database of the engine under test, committed to by other processes."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path / 'race.sqlite3'}"
        return
    import psycopg

    told = told_settings.DATABASES["default"]
    name = f"race_{os.getpid()}"
    where = {"host": told["HOST"] or None, "port": told["PORT"] or None, "user": told["USER"] or None, "dbname": "postgres", "autocommit": True}
    with psycopg.connect(**where) as server:
        server.execute(f"CREATE DATABASE {name}")
    yield f"postgresql://{told['USER']}@{'' if told['HOST'].startswith('/') else told['HOST']}/{name}?host={told['HOST']}"
    with psycopg.connect(**where) as server:
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


SLOW = {
    "test_workers_and_writers_at_once", "test_the_process_runs_steps_and_jobs_side_by_side_and_leaves_in_order",
    "test_simultaneous_senders_of_one_id_get_one_submission_and_one_receipt", "test_the_country_is_asked_for_in_batches",
}
"""They start processes and wait for them: begun first, the others fill the time."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that opens no database runs once, not once for each engine; the slow begin, those in a browser end."""
    items.sort(key=lambda item: (getattr(item, "originalname", "") not in SLOW, "tests/ui/test_browser.py" in item.nodeid))
    for item in items:
        opens = item.get_closest_marker("django_db") or {"db", "transactional_db", "django_db_setup"} & set(getattr(item, "fixturenames", ()))
        if not opens:
            item.add_marker("one_database")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What a run leaves out is said at its end."""
    if not os.environ.get("CI") and not (Path(__file__).resolve().parents[2] / "shared" / "seed").is_dir():
        terminalreporter.write_line("left out: tests/publishing/test_seed_page.py (the page it rebuilds is not beside this checkout)")
