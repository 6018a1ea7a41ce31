"""The typed reader of the environment, and the refusal of an unfixed SQLite."""
from __future__ import annotations

from pathlib import Path

import pytest

from soket import config, sqlite

pytestmark = pytest.mark.one_database


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("DATABASE_URL", "mysql://x/y", "DATABASE_URL"),
        ("SOKET_DEMO", "perhaps", "SOKET_DEMO"),
        ("SOKET_LOG_LEVEL", "LOUD", "SOKET_LOG_LEVEL"),
        ("SOKET_SECRET_KEY", "short", "SOKET_SECRET_KEY"),
    ],
)
def test_a_wrong_setting_stops_the_start_and_names_itself(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, value: str, message: str
) -> None:
    monkeypatch.setenv("SOKET_DATA", str(tmp_path))
    monkeypatch.setenv(name, value)
    with pytest.raises(config.ConfigError, match=message):
        config.load()


def test_the_secret_is_made_once_and_kept_private(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SOKET_DATA", str(tmp_path))
    monkeypatch.delenv("SOKET_SECRET_KEY", raising=False)
    first, second = config.load().secret_key, config.load().secret_key
    assert first == second
    assert len(first) >= 48
    assert (tmp_path / "keys" / "secret").stat().st_mode & 0o077 == 0


def test_database_urls() -> None:
    assert config.database("sqlite:////srv/soket.sqlite3")["NAME"] == "/srv/soket.sqlite3"
    found = config.database("postgresql://soket@/review?host=/run/pg")
    assert (found["NAME"], found["USER"], found["HOST"]) == ("review", "soket", "/run/pg")


@pytest.mark.parametrize("version", [(3, 40, 1), (3, 51, 2)])
def test_an_unfixed_sqlite_is_refused(version: tuple[int, ...]) -> None:
    with pytest.raises(sqlite.UnfixedSQLite, match="3.51.3 or newer"):
        sqlite.check(version)


def test_a_fixed_sqlite_is_accepted_and_is_the_one_in_use() -> None:
    import sqlite3

    sqlite.check((3, 51, 3))
    sqlite.check(sqlite3.sqlite_version_info)
