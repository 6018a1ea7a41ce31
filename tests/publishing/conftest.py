"""A desk with one article begun on a frozen edition."""
from __future__ import annotations

import pytest

from soket.rollup import engine
from tests.factories import publishing as make


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
