"""A desk with one article begun on a frozen edition."""
from __future__ import annotations

import os
from pathlib import Path

import pytest

from soket.rollup import engine
from tests.factories import publishing as make

SEED = Path(__file__).resolve().parents[3] / "shared" / "seed"
collect_ignore = [] if SEED.is_dir() or os.environ.get("CI") else ["test_seed_page.py"]
"""The page the product grew from lies beside the project, not in it. A checkout alone leaves its test out; under CI its absence fails."""


@pytest.fixture(autouse=True)
def _plain_static(settings: object) -> None:
    """Pages name their styles without the manifest that only a collected product has."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}  # type: ignore[attr-defined]


@pytest.fixture(autouse=True)
def _own_memory() -> None:
    """Each test's country has the same tree version, so the roll-up's memory of the one before is emptied."""
    engine.forget()


@pytest.fixture
def desk(db: None) -> make.Desk:
    return make.desk()
