"""A campaign over the review's world."""
from __future__ import annotations

import pytest

from tests.factories import commendations as make


@pytest.fixture
def world(db: None) -> make.World:
    return make.world()
