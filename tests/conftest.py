"""Test-wide fixtures: fast password hashing aside, everything is the real thing."""
from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from soket.rollup import engine
from tests.support.client import LintingClient


@pytest.fixture(autouse=True)
def _own_storage(settings: object, tmp_path: Path) -> Iterator[None]:
    """Each test has its own data folder; passwords are hashed cheaply because hashing is not under test."""
    settings.DATA = tmp_path  # type: ignore[attr-defined]
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}  # type: ignore[attr-defined]
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # type: ignore[attr-defined]
    yield
    engine.forget()


@pytest.fixture
def client() -> LintingClient:
    """The only test client: every page it fetches is linted."""
    return LintingClient()
