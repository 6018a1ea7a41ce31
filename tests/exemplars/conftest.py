"""A small country with its offices."""
from __future__ import annotations

import pytest

from tests.factories import exemplars as make
from tests.factories import reviews as reviewing


@pytest.fixture
def world(db: None) -> make.World:
    return make.world()


@pytest.fixture
def reviewed(db: None) -> make.World:
    """The same with a review of four figures, nothing frozen yet."""
    review = reviewing.world()
    reviewing.draft(review)
    return make.world(review)
