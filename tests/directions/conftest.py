"""Directions over the review's world."""
from __future__ import annotations

import pytest

from tests.factories import directions as make


@pytest.fixture
def world(db: None) -> make.World:
    return make.world()


@pytest.fixture(autouse=True)
def _plain_static_files(settings: object) -> None:
    """Pages name their static files without the manifest that a deployment collects."""
    storages = dict(settings.STORAGES)  # type: ignore[attr-defined]
    storages["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = storages  # type: ignore[attr-defined]
