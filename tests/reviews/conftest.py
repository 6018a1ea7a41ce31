"""A drafted review over a small country."""
from __future__ import annotations

import pytest

from soket.reviews.models import Edition
from tests.factories import reviews as make


@pytest.fixture
def world(db: None) -> make.World:
    """The review with its figures and text, nothing proposed."""
    made = make.world()
    make.draft(made)
    return made


@pytest.fixture
def edition(world: make.World) -> Edition:
    """Edition 1, frozen."""
    return make.frozen(world)


@pytest.fixture(autouse=True)
def _plain_static_files(settings: object) -> None:
    """Pages name their static files without the manifest that a deployment collects."""
    storages = dict(settings.STORAGES)  # type: ignore[attr-defined]
    storages["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = storages  # type: ignore[attr-defined]
