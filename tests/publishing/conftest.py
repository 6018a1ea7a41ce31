"""A desk with one article begun on a frozen edition."""
from __future__ import annotations

import pytest

from tests.factories import publishing as make


@pytest.fixture
def desk(db: None) -> make.Desk:
    return make.desk()
